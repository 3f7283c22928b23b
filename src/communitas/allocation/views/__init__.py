"""The pages of allocation."""

from communitas.allocation.views.deciding import allow_again, forbid, pin, swap, unpin
from communitas.allocation.views.fairness import fairness, give_and_take, ledger, load_of_reviewers
from communitas.allocation.views.importing import import_reviewers
from communitas.allocation.views.overriding import lift, override
from communitas.allocation.views.plans import accept, plan, visit
from communitas.allocation.views.preparing import base, days, point, reviewer, reviewers, settings
from communitas.allocation.views.studio import cycle, explained, now, plans, propose, stop, what_if

__all__ = [
    "accept",
    "allow_again",
    "base",
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
    "unpin",
    "visit",
    "what_if",
]
