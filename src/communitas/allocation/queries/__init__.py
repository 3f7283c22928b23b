"""Reads for allocation."""

from communitas.allocation.queries.gaps import Gap, grouped
from communitas.allocation.queries.overriding import in_words, overrides_in, rules_in_the_way, set_aside_at
from communitas.allocation.queries.plans import (
    UNDER_WAY,
    acceptance_of,
    day_of,
    hosts_of,
    is_arranging,
    is_in,
    is_lost,
    last_run,
    left_to_arrange,
    newest_of,
    plan_named,
    plans_of,
    under_way,
    visit_of,
)
from communitas.allocation.queries.problem import Stated, state_problem

__all__ = [
    "UNDER_WAY",
    "Gap",
    "Stated",
    "acceptance_of",
    "day_of",
    "grouped",
    "hosts_of",
    "in_words",
    "is_arranging",
    "is_in",
    "is_lost",
    "last_run",
    "left_to_arrange",
    "newest_of",
    "overrides_in",
    "plan_named",
    "plans_of",
    "rules_in_the_way",
    "set_aside_at",
    "state_problem",
    "under_way",
    "visit_of",
]
