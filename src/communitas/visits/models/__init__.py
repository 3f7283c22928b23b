"""The rows of visits, a file for each noun."""

from communitas.visits.models.answers import Clearance, Objection, SiteClearance
from communitas.visits.models.concerns import Concern, ConcernStep, SafeguardingSettings
from communitas.visits.models.feedback import Feedback
from communitas.visits.models.hosting import HostAnswer
from communitas.visits.models.meeting import OfferedDate, Participants, SpeakingSheet, TeamNeeds
from communitas.visits.models.timetables import TimetableLook, TimetableTemplate, TimetableVersion
from communitas.visits.models.visits import Interest, TeamPlace, Visit, VisitMove, VisitSettings

__all__ = [
    "Clearance",
    "Concern",
    "ConcernStep",
    "Feedback",
    "HostAnswer",
    "Interest",
    "Objection",
    "OfferedDate",
    "Participants",
    "SafeguardingSettings",
    "SiteClearance",
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
