"""Forms of reports and action plans."""

from communitas.reports.forms.local import DecideForm, PointForm, ReasonForm, SummaryForm
from communitas.reports.forms.plan import ActionForm, CarryForm, MoveForm, NoteForm

__all__ = [
    "ActionForm",
    "CarryForm",
    "DecideForm",
    "MoveForm",
    "NoteForm",
    "PointForm",
    "ReasonForm",
    "SummaryForm",
]
