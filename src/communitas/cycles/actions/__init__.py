"""What can be done to cycles and enrolments. Higher apps call these; every function takes keywords only.

Moves of an enrolment: `open_self_review`, `self_review_sent`, `reopen_self_review`, `visit_closed`, `visit_reopened`,
`report_delivered`, `fact_check_ended`, `report_final`, `action_plan_sent` (which completes the cycle; `complete` is the
same move made by the office), `reinstate`. Dates: `set_anchor`, `extend`.
"""

from communitas.cycles.actions.changes import change_type, close_community, follow_change, merge, rename, withdraw
from communitas.cycles.actions.dates import extend, set_anchor
from communitas.cycles.actions.due_reminders import send_due_reminders, set_reminders
from communitas.cycles.actions.enrolling import enrol, enrol_many, set_modules
from communitas.cycles.actions.moving import (
    action_plan_sent,
    complete,
    fact_check_ended,
    open_due_self_reviews,
    open_self_review,
    reinstate,
    reopen_self_review,
    report_delivered,
    report_final,
    self_review_sent,
    visit_closed,
    visit_reopened,
)
from communitas.cycles.actions.past import enrol_imported, record_past_cycle, undo_imported
from communitas.cycles.actions.reminding import remind
from communitas.cycles.actions.rounds import begin_cycle, close_cycle, open_cycle, reopen_cycle, set_windows

__all__ = [
    "action_plan_sent",
    "begin_cycle",
    "change_type",
    "close_community",
    "close_cycle",
    "complete",
    "enrol",
    "enrol_imported",
    "enrol_many",
    "extend",
    "fact_check_ended",
    "follow_change",
    "merge",
    "open_cycle",
    "open_due_self_reviews",
    "open_self_review",
    "record_past_cycle",
    "reinstate",
    "remind",
    "rename",
    "reopen_cycle",
    "reopen_self_review",
    "report_delivered",
    "report_final",
    "self_review_sent",
    "send_due_reminders",
    "set_anchor",
    "set_modules",
    "set_reminders",
    "set_windows",
    "undo_imported",
    "visit_closed",
    "visit_reopened",
    "withdraw",
]
