"""Input of visits into clean values."""

from communitas.visits.forms.answers import ClearanceForm, DecisionForm, SiteClearanceForm
from communitas.visits.forms.meeting import (
    ConcernForm,
    DatesForm,
    FeedbackForm,
    NeedsForm,
    ParticipantsForm,
    SafeguardingForm,
    StepForm,
)
from communitas.visits.forms.timetable import RowForm, bound, changed_rows, posted_rows, raw_rows, unbound
from communitas.visits.forms.visit import (
    AskForm,
    DateForm,
    ExtendForm,
    InterestForm,
    PlanForm,
    PracticalForm,
    ReasonForm,
    SearchForm,
    SeatForm,
    SettingsForm,
)

__all__ = [
    "AskForm",
    "ClearanceForm",
    "ConcernForm",
    "DateForm",
    "DatesForm",
    "DecisionForm",
    "ExtendForm",
    "FeedbackForm",
    "InterestForm",
    "NeedsForm",
    "ParticipantsForm",
    "PlanForm",
    "PracticalForm",
    "ReasonForm",
    "RowForm",
    "SafeguardingForm",
    "SearchForm",
    "SeatForm",
    "SettingsForm",
    "SiteClearanceForm",
    "StepForm",
    "bound",
    "changed_rows",
    "posted_rows",
    "raw_rows",
    "unbound",
]
