"""The rows of allocation: what a plan is made from, and the plans."""

from communitas.allocation.models.following import AskingStop, Offer, Reserve
from communitas.allocation.models.knowing import AllocationSettings, ApproximatePoint, AvailableDay, HomeBase
from communitas.allocation.models.overriding import Override
from communitas.allocation.models.plans import Acceptance, Forbidden, Pin, Plan, Run, StatedProblem
from communitas.allocation.models.saying import Availability, DaysAsked, Willing
from communitas.allocation.models.travelling import Journey

__all__ = [
    "Acceptance",
    "AllocationSettings",
    "ApproximatePoint",
    "AskingStop",
    "Availability",
    "AvailableDay",
    "DaysAsked",
    "Forbidden",
    "HomeBase",
    "Journey",
    "Offer",
    "Override",
    "Pin",
    "Plan",
    "Reserve",
    "Run",
    "StatedProblem",
    "Willing",
]
