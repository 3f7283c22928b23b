"""From a problem to its plan: solve, name, explain and count."""

from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from math import fsum
from typing import Final

from communitas.allocation.rules.plan import ALMOST_NOTHING, Plan, Seated
from communitas.allocation.rules.problem import EXPERIENCED, SEATS, WEIGHTS, Host, Problem, Weight, kilometres
from communitas.allocation.rules.reasons import Reasons
from communitas.allocation.rules.solver.instance import NOBODY, Column, Instance
from communitas.allocation.rules.solver.solving import Solver, Standing, nobody_asks

SPARE: Final = 0.02  # of the time, kept for writing down what was found, and this much in seconds
SPARE_SECONDS: Final = 0.2


def allocate(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    workers: int,
    clock: Callable[[], float],
    say: Callable[[str], None] = lambda line: None,
    begun: float | None = None,
    standing: Standing = nobody_asks,
) -> Plan:
    """The best plan that is found in the time, with a bound under every plan.

    `clock` tells seconds since any moment, and `begun` what it told when the time began; `say` takes lines of progress,
    and `standing` the cost of the best plan so far with the bound, which is minus infinity while nothing is known.
    """
    begun = clock() if begun is None else begun
    end = begun + seconds * (1 - SPARE) - SPARE_SECONDS
    outcome = Solver(problem, seed, workers, lambda: end - clock(), say, standing).run()
    chosen = [column for column in outcome.chosen if column is not None]
    parts = _parts(outcome.instance, outcome.chosen)
    cost = sum(parts[weight] for weight in WEIGHTS)
    rounding = ALMOST_NOTHING * max(1.0, fsum(abs(part) for part in parts.values()) * ALMOST_NOTHING)
    bound = cost if outcome.cost - outcome.bound <= rounding else min(float(outcome.bound), cost)
    visits = [
        (_host(outcome.instance, one), _day(outcome.instance, one), _team(outcome.instance, one)) for one in chosen
    ]
    reasons = Reasons(problem, visits)
    placed = {host.id for host, _, _ in visits}
    return Plan(
        visits=tuple(reasons.visit(*visit) for visit in visits),
        unplaced=tuple(reasons.unplaced(host) for host in problem.hosts if host.id not in placed),
        parts=parts,
        bound=bound,
        seconds=clock() - begun,
        seed=seed,
        workers=workers,
        solver=f"whole teams by column generation and neighbourhood search, HiGHS {version('highspy')}",
    )


def _host(instance: Instance, column: Column) -> Host:
    return instance.hosts[instance.options[column.option].host]


def _day(instance: Instance, column: Column) -> date:
    return instance.days[instance.options[column.option].day]


def _team(instance: Instance, column: Column) -> tuple[Seated, ...]:
    seats = instance.options[column.option].seats
    return tuple(
        Seated(instance.reviewers[person].id, SEATS[seat])
        for person, seat in zip(column.team, seats, strict=True)
        if person != NOBODY
    )


def _parts(instance: Instance, chosen: list[Column | None]) -> dict[Weight, float]:
    """The cost by weights, counted from the plan and not from what the solver added up."""
    amounts: dict[Weight, float] = dict.fromkeys(WEIGHTS, 0.0)
    ledger = instance.problem.ledger
    for number, column in enumerate(chosen):
        host = instance.hosts[number]
        missed = instance.missed.get(number, [])
        if column is None:
            amounts["unplaced_host"] += 1
            amounts["changed_seat"] += len(missed)
            continue
        option = instance.options[column.option]
        people = [instance.reviewers[person] for person in column.people]
        for one in people:
            amounts["km"] += kilometres(one.lat, one.lon, host.lat, host.lon)
            amounts["unknown_type"] += host.type not in one.types
            amounts["ledger"] += ledger.get(one.community, 0.0) if one.community is not None else 0.0
        amounts["date_rank"] += host.dates.index(instance.days[option.day])
        amounts["no_experience"] += not any(one.experience >= EXPERIENCED for one in people)
        amounts["unfilled_seat"] += len(option.seats) - len(people)
        amounts["changed_date"] += number in instance.before and instance.before[number] != option.day
        amounts["changed_seat"] += len(set(missed) - set(column.people))
    weights = instance.problem.settings.weights
    return {weight: weights[weight] * amount for weight, amount in amounts.items()}
