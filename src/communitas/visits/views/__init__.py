"""The pages of visits."""

from communitas.visits.views.clearance import record_clearance, site_clearance
from communitas.visits.views.concerns import (
    answer_concern,
    concern,
    concern_raised,
    concerns,
    raise_concern,
    safeguarding,
)
from communitas.visits.views.dates import dates, lock_date
from communitas.visits.views.feedback import all_feedback, give_feedback, place_feedback, team_feedback
from communitas.visits.views.hosting import accept_day, decline_day
from communitas.visits.views.interests import all_interests, interests, withdraw_interest
from communitas.visits.views.lists import mine, visit_list, visit_settings
from communitas.visits.views.meeting import needs, participants
from communitas.visits.views.objections import decide_objection, object_to
from communitas.visits.views.pack import pack, pack_file
from communitas.visits.views.team import (
    appoint,
    ask,
    candidates,
    change_seat,
    confirm,
    extend_answer,
    mark_absent,
    remove,
)
from communitas.visits.views.timetable import (
    change_template,
    change_timetable,
    restart_timetable,
    templates,
    timetable,
    timetable_print,
    timetable_read,
)
from communitas.visits.views.visit import cancel, hold, plan, postpone, practical, set_date, visit
from communitas.visits.views.yours import accept, decline, withdraw

__all__ = [
    "accept",
    "accept_day",
    "all_feedback",
    "all_interests",
    "answer_concern",
    "appoint",
    "ask",
    "cancel",
    "candidates",
    "change_seat",
    "change_template",
    "change_timetable",
    "concern",
    "concern_raised",
    "concerns",
    "confirm",
    "dates",
    "decide_objection",
    "decline",
    "decline_day",
    "extend_answer",
    "give_feedback",
    "hold",
    "interests",
    "lock_date",
    "mark_absent",
    "mine",
    "needs",
    "object_to",
    "pack",
    "pack_file",
    "participants",
    "place_feedback",
    "plan",
    "postpone",
    "practical",
    "raise_concern",
    "record_clearance",
    "remove",
    "restart_timetable",
    "safeguarding",
    "set_date",
    "site_clearance",
    "team_feedback",
    "templates",
    "timetable",
    "timetable_print",
    "timetable_read",
    "visit",
    "visit_list",
    "visit_settings",
    "withdraw",
    "withdraw_interest",
]
