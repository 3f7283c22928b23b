"""The pages of the cycle: its list and settings, the cockpit, enrolling, reminding, and one enrolment."""

from communitas.cycles.views.changing import change, extend, modules, move, withdraw
from communitas.cycles.views.cockpit import cockpit, now, open_self_reviews
from communitas.cycles.views.due_reminders import reminders
from communitas.cycles.views.enrolling import enrol
from communitas.cycles.views.enrolment import enrolment
from communitas.cycles.views.reminding import remind
from communitas.cycles.views.rounds import cycles, new, settings, turn

__all__ = [
    "change",
    "cockpit",
    "cycles",
    "enrol",
    "enrolment",
    "extend",
    "modules",
    "move",
    "new",
    "now",
    "open_self_reviews",
    "remind",
    "reminders",
    "settings",
    "turn",
    "withdraw",
]
