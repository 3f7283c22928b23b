"""What the office does: prepare, propose, decide beforehand, change by hand, accept. And what reviewers say."""

from communitas.allocation.actions.accepting import accept, carry_out
from communitas.allocation.actions.deciding import allow_again, forbid, pin, unpin
from communitas.allocation.actions.importing import import_reviewers
from communitas.allocation.actions.overriding import (
    confirm_override,
    decline_override,
    lift_override,
    propose_override,
)
from communitas.allocation.actions.preparing import (
    change_settings,
    clear_home_base,
    set_available_days,
    set_home_base,
    set_point,
)
from communitas.allocation.actions.proposing import begin, fail, finish, propose, stop
from communitas.allocation.actions.saying import ask_for_days, offer_to_come, say_availability, take_back_offer
from communitas.allocation.actions.swapping import swap

__all__ = [
    "accept",
    "allow_again",
    "ask_for_days",
    "begin",
    "carry_out",
    "change_settings",
    "clear_home_base",
    "confirm_override",
    "decline_override",
    "fail",
    "finish",
    "forbid",
    "import_reviewers",
    "lift_override",
    "offer_to_come",
    "pin",
    "propose",
    "propose_override",
    "say_availability",
    "set_available_days",
    "set_home_base",
    "set_point",
    "stop",
    "swap",
    "take_back_offer",
    "unpin",
]
