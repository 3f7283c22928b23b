"""Forms of reports and action plans."""

from communitas.reports.forms.local import DecideForm, PointForm, ReasonForm, SummaryForm
from communitas.reports.forms.plan import ActionForm, BackForm, CarryForm, MoveForm, NoteForm, PracticeForm, ProofForm

__all__ = [
    "ActionForm",
    "BackForm",
    "CarryForm",
    "DecideForm",
    "MoveForm",
    "NoteForm",
    "PointForm",
    "PracticeForm",
    "ProofForm",
    "ReasonForm",
    "SummaryForm",
]
