"""Local reports with their factual check, action plans, and national reports: one room a noun."""

from communitas.reports.models.design import DesignUse, ReportDesign
from communitas.reports.models.errata import Erratum
from communitas.reports.models.local import FactPoint, LocalReport, ReportEdit
from communitas.reports.models.national import NationalReport
from communitas.reports.models.outline import Outline
from communitas.reports.models.plans import Action, ActionEvidence, ActionNote, ActionReminder
from communitas.reports.models.practice import Practice, PracticeStep
from communitas.reports.models.quotes import Quote, QuoteStep
from communitas.reports.models.sharing import LinkOpening, ReportLink
from communitas.reports.models.themes import Codebook, Coding, Remark, Settling

__all__ = [
    "Action",
    "ActionEvidence",
    "ActionNote",
    "ActionReminder",
    "Codebook",
    "Coding",
    "DesignUse",
    "Erratum",
    "FactPoint",
    "LinkOpening",
    "LocalReport",
    "NationalReport",
    "Outline",
    "Practice",
    "PracticeStep",
    "Quote",
    "QuoteStep",
    "Remark",
    "ReportDesign",
    "ReportEdit",
    "ReportLink",
    "Settling",
]
