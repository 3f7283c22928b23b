"""What can be done to visits and their teams; every function takes keywords only."""

from communitas.visits.actions.concerns import (
    acknowledge_concern,
    add_concern_step,
    change_safeguarding,
    close_concern,
    escalate_concern,
    escalate_due_concerns,
    raise_concern,
    reopen_concern,
)
from communitas.visits.actions.dates import lock_date, offer_dates
from communitas.visits.actions.days import cancel, change_practical, close, hold, plan, plan_again, postpone, set_date
from communitas.visits.actions.feedback import send_feedback
from communitas.visits.actions.interests import declare_interest, follow_organisations, withdraw_interest
from communitas.visits.actions.meeting import change_needs, change_participants
from communitas.visits.actions.settings import change_settings
from communitas.visits.actions.speaking import keep_sheet
from communitas.visits.actions.teams import (
    accept_place,
    appoint_team,
    ask,
    confirm,
    decline_place,
    end_team_access,
    mark_absent,
    remove,
)
from communitas.visits.actions.timetables import (
    change_template,
    change_timetable,
    copy_timetable,
    note_looked,
    restart_timetable,
)

__all__ = [
    "accept_place",
    "acknowledge_concern",
    "add_concern_step",
    "appoint_team",
    "ask",
    "cancel",
    "change_needs",
    "change_participants",
    "change_practical",
    "change_safeguarding",
    "change_settings",
    "change_template",
    "change_timetable",
    "close",
    "close_concern",
    "confirm",
    "copy_timetable",
    "declare_interest",
    "decline_place",
    "end_team_access",
    "escalate_concern",
    "escalate_due_concerns",
    "follow_organisations",
    "hold",
    "keep_sheet",
    "lock_date",
    "mark_absent",
    "note_looked",
    "offer_dates",
    "plan",
    "plan_again",
    "postpone",
    "raise_concern",
    "remove",
    "reopen_concern",
    "restart_timetable",
    "send_feedback",
    "set_date",
    "withdraw_interest",
]
