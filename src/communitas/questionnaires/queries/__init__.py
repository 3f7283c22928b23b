"""Reads of questionnaires, openings and what was released."""

from communitas.questionnaires.queries.openings import (
    came_back,
    of_enrolment,
    opening,
    openings,
    settings_of,
    today_in_cycle,
    today_of,
)
from communitas.questionnaires.queries.results import Said, results_of, said_about, said_of_criterion
from communitas.questionnaires.queries.sheets import AskedPart, asked, languages, sheet_of, titles

__all__ = [
    "AskedPart",
    "Said",
    "asked",
    "came_back",
    "languages",
    "of_enrolment",
    "opening",
    "openings",
    "results_of",
    "said_about",
    "said_of_criterion",
    "settings_of",
    "sheet_of",
    "titles",
    "today_in_cycle",
    "today_of",
]
