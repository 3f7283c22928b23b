"""The pages of allocation."""

from communitas.allocation.views.deciding import allow_again, forbid, pin, swap, unpin
from communitas.allocation.views.fairness import fairness, give_and_take, ledger, load_of_reviewers
from communitas.allocation.views.following import (
    ask_next,
    ask_reserve,
    go_on_asking,
    release_reserve,
    seats,
    stop_asking,
)
from communitas.allocation.views.importing import import_reviewers
from communitas.allocation.views.overriding import lift, override
from communitas.allocation.views.plans import accept, go_on, plan, visit
from communitas.allocation.views.preparing import base, days, point, reviewer, reviewers, settings
from communitas.allocation.views.reserves import answer_reserve, reserve
from communitas.allocation.views.reviewing import ask_for_days, come, my_base, my_days, my_reviewing, take_back
from communitas.allocation.views.studio import cycle, explained, now, plans, propose, stop, what_if
from communitas.allocation.views.travelling import cycle_travel, journey, settle_journey, travel

__all__ = [
    "accept",
    "allow_again",
    "answer_reserve",
    "ask_for_days",
    "ask_next",
    "ask_reserve",
    "base",
    "come",
    "cycle",
    "cycle_travel",
    "days",
    "explained",
    "fairness",
    "forbid",
    "give_and_take",
    "go_on",
    "go_on_asking",
    "import_reviewers",
    "journey",
    "ledger",
    "lift",
    "load_of_reviewers",
    "my_base",
    "my_days",
    "my_reviewing",
    "now",
    "override",
    "pin",
    "plan",
    "plans",
    "point",
    "propose",
    "release_reserve",
    "reserve",
    "reviewer",
    "reviewers",
    "seats",
    "settings",
    "settle_journey",
    "stop",
    "stop_asking",
    "swap",
    "take_back",
    "travel",
    "unpin",
    "visit",
    "what_if",
]
