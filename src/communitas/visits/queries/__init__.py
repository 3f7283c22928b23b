"""Reads for visits."""

from communitas.visits.queries.candidates import Candidate, candidates, case_for, reviewers
from communitas.visits.queries.screens import (
    NEXT_FIRST,
    TeamMember,
    empty_seat_words,
    in_time,
    my_places,
    on_team,
    team_of,
    visits,
)
from communitas.visits.queries.settings import limits_of, shape_for

__all__ = [
    "NEXT_FIRST",
    "Candidate",
    "TeamMember",
    "candidates",
    "case_for",
    "empty_seat_words",
    "in_time",
    "limits_of",
    "my_places",
    "on_team",
    "reviewers",
    "shape_for",
    "team_of",
    "visits",
]
