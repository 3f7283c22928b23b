"""The proof: look at every team that could be in a better plan, when these are few enough.

In a plan that is cheaper than the best one, no team's reduced cost lies further above its host's share of the bound
than the bound lies below the best plan. So an integer program over these teams alone decides (Baldacci, Christofides
and Mingozzi 2008 for routes).
"""

from dataclasses import dataclass
from typing import Final

from communitas.allocation.rules.solver.bounding import Bounding
from communitas.allocation.rules.solver.instance import Column
from communitas.allocation.rules.solver.pricing import Pricing, Wanted
from communitas.allocation.rules.solver.search import BETTER, Effort, choose
from communitas.allocation.rules.solver.state import State

MOST_TEAMS: Final = 30_000
MOST_OF_AN_OPTION: Final = 2_000
NODES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Proof:
    """A plan at least as good as the best one, and a bound under every plan."""

    plan: State
    bound: float


def prove(pricing: Pricing, bounding: Bounding, best: State, bound: float, seconds: float) -> Proof | None:
    """Decide among all teams that matter; None when they are too many."""
    instance = pricing.instance
    above = best.cost - bounding.bound + BETTER
    columns = _every_team(pricing, bounding, above)
    if columns is None:
        return None
    start = [column for column in best.chosen if column is not None]
    known = {(column.option, column.team): column for column in (*columns, *start)}
    every = list(known.values())
    optional = [
        host
        for host, cost in enumerate(instance.unplaced)
        if host not in instance.pinned and (cost <= bounding.hosts[host] + above or best.chosen[host] is None)
    ]
    answer = choose(instance, every, State(instance), start, Effort(nodes=NODES, seconds=seconds), optional)
    if answer is None:
        return None
    plan = State(instance, answer.columns)
    return Proof(plan, plan.cost if answer.proven else max(bound, min(best.cost, answer.bound)))


def _every_team(pricing: Pricing, bounding: Bounding, above: float) -> list[Column] | None:
    """All teams whose reduced cost lies at most so far above the share of their host."""
    instance = pricing.instance
    found: list[Column] = []
    priced = pricing.price(range(len(instance.options)), Wanted(bounding.prices))
    for one in priced:
        within = bounding.hosts[instance.options[one.option].host] + above - one.bound
        if within < 0:
            continue
        wanted = Wanted(bounding.prices, teams=MOST_OF_AN_OPTION, within=float(within))
        (every,) = pricing.price([one.option], wanted)
        if every.short or len(every.teams) >= MOST_OF_AN_OPTION:
            return None
        found += [column for _, column in every.teams]
        if len(found) > MOST_TEAMS:
            return None
    return found
