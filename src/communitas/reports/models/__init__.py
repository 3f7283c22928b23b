"""Local reports with their factual check, action plans, and national reports: one room a noun."""

from communitas.reports.models.local import FactPoint, LocalReport, ReportEdit
from communitas.reports.models.national import NationalReport
from communitas.reports.models.plans import Action, ActionNote

__all__ = ["Action", "ActionNote", "FactPoint", "LocalReport", "NationalReport", "ReportEdit"]
