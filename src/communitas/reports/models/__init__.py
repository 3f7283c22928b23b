"""Local reports with their factual check, action plans, and national reports: one room a noun."""

from communitas.reports.models.local import FactPoint, LocalReport, ReportEdit
from communitas.reports.models.national import NationalReport
from communitas.reports.models.plans import Action, ActionEvidence, ActionNote, ActionReminder
from communitas.reports.models.practice import Practice, PracticeStep

__all__ = [
    "Action",
    "ActionEvidence",
    "ActionNote",
    "ActionReminder",
    "FactPoint",
    "LocalReport",
    "NationalReport",
    "Practice",
    "PracticeStep",
    "ReportEdit",
]
