"""The rows of allocation: what a plan is made from, and the plans."""

from communitas.allocation.models.knowing import AllocationSettings, ApproximatePoint, AvailableDay, HomeBase
from communitas.allocation.models.overriding import Override
from communitas.allocation.models.plans import Acceptance, Forbidden, Pin, Plan, Run, StatedProblem

__all__ = [
    "Acceptance",
    "AllocationSettings",
    "ApproximatePoint",
    "AvailableDay",
    "Forbidden",
    "HomeBase",
    "Override",
    "Pin",
    "Plan",
    "Run",
    "StatedProblem",
]
