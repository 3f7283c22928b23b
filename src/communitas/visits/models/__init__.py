"""The rows of visits, a file for each noun."""

from communitas.visits.models.concerns import Concern, ConcernStep, SafeguardingSettings
from communitas.visits.models.feedback import Feedback
from communitas.visits.models.meeting import OfferedDate, Participants, SpeakingSheet, TeamNeeds
from communitas.visits.models.timetables import TimetableLook, TimetableTemplate, TimetableVersion
from communitas.visits.models.visits import Interest, TeamPlace, Visit, VisitMove, VisitSettings

__all__ = [
    "Concern",
    "ConcernStep",
    "Feedback",
    "Interest",
    "OfferedDate",
    "Participants",
    "SafeguardingSettings",
    "SpeakingSheet",
    "TeamNeeds",
    "TeamPlace",
    "TimetableLook",
    "TimetableTemplate",
    "TimetableVersion",
    "Visit",
    "VisitMove",
    "VisitSettings",
]
