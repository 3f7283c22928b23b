"""What can be done to visits and their teams; every function takes keywords only."""

from communitas.visits.actions.answers import change_seat, chase_answers, extend_answer, withdraw
from communitas.visits.actions.clearance import change_site_clearance, chase_papers, record_clearance
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
from communitas.visits.actions.hosting import accept_day, ask_host, decline_day, remind_hosts
from communitas.visits.actions.interests import declare_interest, follow_organisations, withdraw_interest
from communitas.visits.actions.meeting import change_needs, change_participants
from communitas.visits.actions.objections import decide_objection, raise_objection
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
    "accept_day",
    "accept_place",
    "acknowledge_concern",
    "add_concern_step",
    "appoint_team",
    "ask",
    "ask_host",
    "cancel",
    "change_needs",
    "change_participants",
    "change_practical",
    "change_safeguarding",
    "change_seat",
    "change_settings",
    "change_site_clearance",
    "change_template",
    "change_timetable",
    "chase_answers",
    "chase_papers",
    "close",
    "close_concern",
    "confirm",
    "copy_timetable",
    "decide_objection",
    "declare_interest",
    "decline_day",
    "decline_place",
    "end_team_access",
    "escalate_concern",
    "escalate_due_concerns",
    "extend_answer",
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
    "raise_objection",
    "record_clearance",
    "remind_hosts",
    "remove",
    "reopen_concern",
    "restart_timetable",
    "send_feedback",
    "set_date",
    "withdraw",
    "withdraw_interest",
]
