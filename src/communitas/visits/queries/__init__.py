"""Reads for visits."""

from communitas.visits.queries.candidates import Candidate, candidates, case_for, reviewers
from communitas.visits.queries.concerns import (
    concerns,
    concerns_about,
    holders,
    people_named,
    safeguarding_of,
    steps_of,
    visits_to_name,
)
from communitas.visits.queries.dates import offered_dates, offering_of, shown_link
from communitas.visits.queries.derived import counting, derived_of, derived_rows, free_on, has_ended
from communitas.visits.queries.feedback import all_feedback, feedback_of, feedback_state, own_feedback, summary
from communitas.visits.queries.openings import Opening, needy_days, openings
from communitas.visits.queries.overriding import in_spite_of
from communitas.visits.queries.pack import Pack, needs_of, pack_of, participant_lines
from communitas.visits.queries.screens import (
    NEXT_FIRST,
    TeamMember,
    empty_seat_words,
    in_time,
    leads_team,
    my_places,
    on_team,
    team_of,
    visit,
    visits,
)
from communitas.visits.queries.settings import limits_of, settings_of, shape_for
from communitas.visits.queries.timetables import (
    hours_of,
    lines_of,
    rows_of_template,
    slots_of,
    timetable_of,
    version_of,
    versions_of,
)

__all__ = [
    "NEXT_FIRST",
    "Candidate",
    "Opening",
    "Pack",
    "TeamMember",
    "all_feedback",
    "candidates",
    "case_for",
    "concerns",
    "concerns_about",
    "counting",
    "derived_of",
    "derived_rows",
    "empty_seat_words",
    "feedback_of",
    "feedback_state",
    "free_on",
    "has_ended",
    "holders",
    "hours_of",
    "in_spite_of",
    "in_time",
    "leads_team",
    "limits_of",
    "lines_of",
    "my_places",
    "needs_of",
    "needy_days",
    "offered_dates",
    "offering_of",
    "on_team",
    "openings",
    "own_feedback",
    "pack_of",
    "participant_lines",
    "people_named",
    "reviewers",
    "rows_of_template",
    "safeguarding_of",
    "settings_of",
    "shape_for",
    "shown_link",
    "slots_of",
    "steps_of",
    "summary",
    "team_of",
    "timetable_of",
    "version_of",
    "versions_of",
    "visit",
    "visits",
    "visits_to_name",
]
