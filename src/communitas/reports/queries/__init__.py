"""Reads of reports and action plans."""

from communitas.reports.queries.checking import (
    agreed_score,
    as_score,
    as_text,
    authors_of,
    check_until,
    codes_by_key,
    criteria_by_key,
    reports,
    scale_of,
    unscored,
    window_open,
)
from communitas.reports.queries.document import build, document_of, facts_of
from communitas.reports.queries.planned import (
    Area,
    Plan,
    actions,
    areas_of,
    entry_of,
    final_report,
    is_overdue,
    plan_of,
)

__all__ = [
    "Area",
    "Plan",
    "actions",
    "agreed_score",
    "areas_of",
    "as_score",
    "as_text",
    "authors_of",
    "build",
    "check_until",
    "codes_by_key",
    "criteria_by_key",
    "document_of",
    "entry_of",
    "facts_of",
    "final_report",
    "is_overdue",
    "plan_of",
    "reports",
    "scale_of",
    "unscored",
    "window_open",
]
