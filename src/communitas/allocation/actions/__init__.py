"""What the office does: prepare, propose, decide beforehand, change by hand, accept. And what reviewers say."""

from communitas.allocation.actions.accepting import accept, carry_out, go_on
from communitas.allocation.actions.deciding import allow_again, forbid, pin, unpin
from communitas.allocation.actions.following import ask_next, go_on_asking, offer_on, stop_asking
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
from communitas.allocation.actions.reserving import (
    answer_reserve,
    ask_reserve,
    call_reserve,
    release_reserve,
    release_reserves,
)
from communitas.allocation.actions.saying import ask_for_days, offer_to_come, say_availability, take_back_offer
from communitas.allocation.actions.swapping import swap
from communitas.allocation.actions.travelling import enter_journey, settle_journey

__all__ = [
    "accept",
    "allow_again",
    "answer_reserve",
    "ask_for_days",
    "ask_next",
    "ask_reserve",
    "begin",
    "call_reserve",
    "carry_out",
    "change_settings",
    "clear_home_base",
    "confirm_override",
    "decline_override",
    "enter_journey",
    "fail",
    "finish",
    "forbid",
    "go_on",
    "go_on_asking",
    "import_reviewers",
    "lift_override",
    "offer_on",
    "offer_to_come",
    "pin",
    "propose",
    "propose_override",
    "release_reserve",
    "release_reserves",
    "say_availability",
    "set_available_days",
    "set_home_base",
    "set_point",
    "settle_journey",
    "stop",
    "stop_asking",
    "swap",
    "take_back_offer",
    "unpin",
]
