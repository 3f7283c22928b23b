"""Plans to begin with: the pins, what can be kept of the previous plan, then host by host the best that is left."""

from collections.abc import Iterable

import numpy as np

from communitas.allocation.rules.completing import complete_pins
from communitas.allocation.rules.problem import SEATS
from communitas.allocation.rules.solver.highs import Floats
from communitas.allocation.rules.solver.instance import NOBODY, Column, Instance
from communitas.allocation.rules.solver.search import Searcher
from communitas.allocation.rules.solver.state import State


def pinned_core(instance: Instance) -> State:
    """Pinned hosts with their pinned people and a lead; their other seats empty."""
    state = State(instance)
    problem = instance.problem
    pinned = list(dict.fromkeys(pin.host for pin in problem.pinned))
    for number in (instance.host_number[name] for name in pinned):
        team = {r: s for h, r, s in complete_pins(problem, pinned) or () if h == instance.hosts[number].id}
        seated = {instance.reviewer_number[name]: SEATS.index(seat) for name, seat in team.items()}
        state.put(_fitting(instance, number, seated))
    return state


def _fitting(instance: Instance, host: int, seated: dict[int, int]) -> Column:
    """The column of an option whose forced people sit as they are seated."""
    for number in instance.options_of[host]:
        option = instance.options[number]
        forced = {p: s for p, s in zip(option.forced, option.seats, strict=True) if p != NOBODY}
        if all(seated.get(person) == seat for person, seat in forced.items()):
            others = [(person, seat) for person, seat in seated.items() if person not in forced]
            team = []
            for person, seat in zip(option.forced, option.seats, strict=True):
                match = next((pair for pair in others if person == NOBODY and pair[1] == seat), None)
                if match is not None:
                    others.remove(match)
                team.append(match[0] if match else person)
            return instance.column(number, team)
    raise LookupError(f"no option of {instance.hosts[host].id} fits its pins")


def keep_previous(state: State) -> None:
    """Put back the visits of the previous plan as far as their people still may come, seat by seat."""
    one = state.instance
    for visit in one.problem.previous:
        host = one.host_number[visit.host]
        if state.chosen[host] is not None:
            continue
        people = [one.reviewer_number[name] for name in visit.team if name in one.reviewer_number]
        day = one.day_number.get(visit.date, NOBODY)
        for number in one.options_of[host]:
            if one.options[number].day == day:
                column = _seated(state, number, people)
                if column is not None:
                    state.put(column)
                break


def _seated(state: State, number: int, people: Iterable[int]) -> Column | None:
    """As many of the people as find a seat, scarce seats first; None without a lead."""
    one = state.instance
    option = one.options[number]
    left = [p for p in people if one.may[option.host, p] and one.free[p, option.day]]
    team = [NOBODY] * len(option.seats)
    for place, seat in enumerate(option.seats):
        able = [person for person in left if one.fills[seat, person]]
        for person in sorted(able, key=lambda p: (sum(one.fills[s, p] for s in range(len(SEATS))), p)):
            trial = [*team[:place], person, *team[place + 1 :]]
            communities = [one.community[p] for p in trial if p != NOBODY and one.community[p] != NOBODY]
            crowded = any(communities.count(community) > one.max_same for community in communities)
            if not crowded and state.allows(one.column(number, trial)):
                team = trial
                left.remove(person)
                break
    lead = SEATS.index("lead")
    if any(person == NOBODY and seat == lead for person, seat in zip(team, option.seats, strict=True)):
        return None
    column = one.column(number, team)
    return column if state.allows(column) else None


def fill(state: State, searcher: Searcher, hosts: Iterable[int]) -> None:
    """Give each host in turn the cheapest team beside all others, unless it has a cheaper one."""
    for host in hosts:
        before = state.take(host)
        best = searcher.best_alone(state, host)
        if best is not None and (before is None or best.cost < before.cost):
            state.put(best)
        elif before is not None:
            state.put(before)


def rounded(instance: Instance, columns: list[Column], shares: Floats) -> State:
    """Beside the pins, teams of the relaxation in the order of their shares, as long as they fit."""
    state = pinned_core(instance)
    for number in np.argsort(-shares, kind="stable").tolist():
        if shares[number] < 1e-4:
            break
        column = columns[number]
        host = instance.options[column.option].host
        if state.chosen[host] is None and state.allows(column):
            state.put(column)
    return state
