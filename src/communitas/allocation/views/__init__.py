"""The pages of allocation."""

from communitas.allocation.views.deciding import allow_again, forbid, pin, swap, unpin
from communitas.allocation.views.fairness import fairness, give_and_take, ledger, load_of_reviewers
from communitas.allocation.views.importing import import_reviewers
from communitas.allocation.views.overriding import lift, override
from communitas.allocation.views.plans import accept, plan, visit
from communitas.allocation.views.preparing import base, days, point, reviewer, reviewers, settings
from communitas.allocation.views.reviewing import ask_for_days, come, my_base, my_days, my_reviewing, take_back
from communitas.allocation.views.studio import cycle, explained, now, plans, propose, stop, what_if

__all__ = [
    "accept",
    "allow_again",
    "ask_for_days",
    "base",
    "come",
    "cycle",
    "days",
    "explained",
    "fairness",
    "forbid",
    "give_and_take",
    "import_reviewers",
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
    "reviewer",
    "reviewers",
    "settings",
    "stop",
    "swap",
    "take_back",
    "unpin",
    "visit",
    "what_if",
]
