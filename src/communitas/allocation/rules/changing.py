"""Changes of a plan by hand, and what differs between two plans."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from communitas.allocation.rules.alternatives import Alternatives
from communitas.allocation.rules.counting import count
from communitas.allocation.rules.plan import Empty, Seated, Unplaced, Visit
from communitas.allocation.rules.problem import Host, Problem, Seat
from communitas.allocation.rules.reasons import Reasons

Json = dict[str, Any]


class Refused(ValueError):
    """The change breaks rules; `sentences` say which."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for one host. A date is None where it is not placed; people stand as (reviewer, seat)."""

    host: str
    was_on: date | None
    on: date | None
    left: tuple[tuple[str, str], ...]
    joined: tuple[tuple[str, str], ...]


def visits_of(plan: Json) -> tuple[Visit, ...]:
    """The visits of a plan as it was written."""
    return tuple(
        Visit(
            row["host"],
            date.fromisoformat(row["date"]),
            tuple(Seated(one["reviewer"], one["as"]) for one in row["team"]),
            tuple(Empty(one["as"], one["reason"]) for one in row["unfilled"]),
        )
        for row in plan["visits"]
    )


def previous_of(plan: Json) -> list[Json]:
    """The visits of a plan as the problem of the next one names them, so that little changes."""
    return [{"host": row["host"], "date": row["date"], "team": row["team"]} for row in plan["visits"]]


def swapped(
    problem: Problem, content: Json, plan: Json, *, host: str, seat: Seat, leaving: str | None, joining: str
) -> Json:
    """The plan with another person in a seat, counted anew; Refused with the rules that it would break.

    `content` is the problem as it was written. The bound of the plan holds for the new one too: it answers the same.
    """
    visits = visits_of(plan)
    row = next((one for one in visits if one.host == host), None)
    seated = [one for one in row.team if one.reviewer == leaving and one.seat == seat] if row else []
    empty = [one for one in row.unfilled if one.seat == seat] if row else []
    if row is None or not (seated if leaving is not None else empty):
        raise Refused(["This seat has changed meanwhile."])
    if joining not in {one.id for one in problem.reviewers}:
        raise Refused(["This person was not known when the plan was made: have one proposed again."])
    broken = Alternatives(problem, visits).of_person(joining, host, seat, leaving).broken
    if broken:
        raise Refused(broken)
    team = (*(one for one in row.team if one.reviewer != leaving), Seated(joining, seat))
    return rewritten(problem, content, plan, [replace(one, team=team) if one.host == host else one for one in visits])


def rewritten(problem: Problem, content: Json, plan: Json, visits: Sequence[Visit]) -> Json:
    """The plan with other visits: reasons of its holes told anew, cost and gap counted anew."""
    hosts: dict[str, Host] = {one.id: one for one in problem.hosts}
    reasons = Reasons(problem, [(hosts[one.host], one.date, one.team) for one in visits])
    told = [reasons.visit(hosts[one.host], one.date, one.team) for one in visits]
    placed = {one.host for one in told}
    unplaced: list[Unplaced] = [reasons.unplaced(one) for one in problem.hosts if one.id not in placed]
    new = plan | {
        "visits": [
            {
                "host": one.host,
                "date": one.date.isoformat(),
                "team": [{"reviewer": person.reviewer, "as": person.seat} for person in one.team],
                "unfilled": [{"as": hole.seat, "reason": hole.reason} for hole in one.unfilled],
            }
            for one in told
        ],
        "unplaced": [{"host": one.host, "reason": one.reason} for one in unplaced],
    }
    counted = count(content, new)
    bound = min(plan["bound"], counted.cost)
    return new | {
        "parts": counted.parts,
        "cost": sum(counted.parts.values()),
        "bound": bound,
        "gap": counted.gap(bound),
    }


def changes(before: Json, after: Json) -> list[Change]:
    """What differs from one plan to another, host by host in the order of the first; what stays is left out."""
    was = {row["host"]: row for row in before["visits"]}
    now = {row["host"]: row for row in after["visits"]}
    found = [_change(host, was.get(host), now.get(host)) for host in dict.fromkeys([*was, *now])]
    return [one for one in found if one.left or one.joined or one.was_on != one.on]


def _change(host: str, was: Json | None, now: Json | None) -> Change:
    before = Counter((one["reviewer"], one["as"]) for one in was["team"]) if was else Counter[tuple[str, str]]()
    after = Counter((one["reviewer"], one["as"]) for one in now["team"]) if now else Counter[tuple[str, str]]()
    return Change(
        host,
        date.fromisoformat(was["date"]) if was else None,
        date.fromisoformat(now["date"]) if now else None,
        tuple((before - after).elements()),
        tuple((after - before).elements()),
    )
