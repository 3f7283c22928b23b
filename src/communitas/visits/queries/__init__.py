"""Reads for visits."""

from communitas.visits.queries.candidates import Candidate, candidates, case_for, reviewers
from communitas.visits.queries.clearance import site_clearance_of
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
from communitas.visits.queries.hosting import declined, host_answer, host_last_day, unanswered
from communitas.visits.queries.objections import kept_apart, objected_pairs, objection, objections_of
from communitas.visits.queries.openings import Opening, needy_days, openings
from communitas.visits.queries.overriding import in_spite_of
from communitas.visits.queries.pack import Pack, needs_of, pack_of, participant_lines
from communitas.visits.queries.screens import (
    NEXT_FIRST,
    TeamMember,
    empty_seat_words,
    empty_words,
    in_time,
    leads_team,
    missing_words,
    my_places,
    on_team,
    short_of_people,
    team_of,
    visit,
    visits,
)
from communitas.visits.queries.settings import asking_of, limits_of, settings_of, shape_for
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
    "asking_of",
    "candidates",
    "case_for",
    "concerns",
    "concerns_about",
    "counting",
    "declined",
    "derived_of",
    "derived_rows",
    "empty_seat_words",
    "empty_words",
    "feedback_of",
    "feedback_state",
    "free_on",
    "has_ended",
    "holders",
    "host_answer",
    "host_last_day",
    "hours_of",
    "in_spite_of",
    "in_time",
    "kept_apart",
    "leads_team",
    "limits_of",
    "lines_of",
    "missing_words",
    "my_places",
    "needs_of",
    "needy_days",
    "objected_pairs",
    "objection",
    "objections_of",
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
    "short_of_people",
    "shown_link",
    "site_clearance_of",
    "slots_of",
    "steps_of",
    "summary",
    "team_of",
    "timetable_of",
    "unanswered",
    "version_of",
    "versions_of",
    "visit",
    "visits",
    "visits_to_name",
]
