"""What the pages of a plan show, as plain values."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.models import Forbidden, Override, Pin, Plan
from communitas.allocation.queries.naming import named, names_in
from communitas.allocation.queries.overriding import in_words, never_for, overrides_in
from communitas.allocation.queries.plans import hosts_of
from communitas.allocation.queries.problem import Stated
from communitas.allocation.rules.alternatives import Alternatives
from communitas.allocation.rules.changing import Change, changes, visits_of
from communitas.allocation.rules.mapping import WIDTH, draw
from communitas.allocation.rules.problem import SEATS, Seat
from communitas.allocation.rules.reading import read_problem
from communitas.allocation.rules.telling import Told, tell
from communitas.visits.rules.team import SEATS as SEAT_WORDS

PARTS = {
    "km": gettext_lazy("Kilometres"),
    "date_rank": gettext_lazy("A later one of the offered dates"),
    "unknown_type": gettext_lazy("People who do not know this type of community"),
    "ledger": gettext_lazy("Communities that have given more than they received"),
    "no_experience": gettext_lazy("Nobody with experience"),
    "unfilled_seat": gettext_lazy("Empty seats"),
    "unplaced_host": gettext_lazy("No visit"),
    "changed_date": gettext_lazy("Another date than before"),
    "changed_seat": gettext_lazy("Other people than before"),
}
NAMED = 12  # dots that a drawing has room to name
MOST = 30  # alternatives that a page lists of either kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could sit in the seat, what it would cost more (less, below zero), and what stands against it."""

    id: str
    account_id: int
    name: str
    home: str
    difference: int
    km: int
    broken: tuple[str, ...]
    worth_asking: bool
    may_be_set_aside: bool  # what stands against it: by two people

    @property
    def saves(self) -> int:
        """By how much the plan would cost less; below zero it would cost more."""
        return -self.difference


@dataclass(frozen=True, slots=True)
class Choice:
    """A seat of a visit, with who could sit there: whom no rule keeps away, who is worth asking, and the others."""

    seat: Seat
    words: str
    leaving: str | None
    leaving_name: str
    fitting: tuple[Candidate, ...]
    worth_asking: tuple[Candidate, ...]  # only their days speak against them
    kept_away: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What differs for one host between two plans, by name."""

    community: str
    was_on: date | None
    on: date | None
    left: tuple[str, ...]
    joined: tuple[str, ...]


def told_of(plan: Plan) -> tuple[dict[str, Told], dict[str, str]]:
    """Each host of the plan, and the names of all ids in it. Two queries."""
    return tell(plan.problem.content, plan.content), names_in(plan.problem.content)


def choice_for(
    plan: Plan, host: str, seat: str, leaving: str | None, names: Mapping[str, str], *, at: datetime
) -> Choice | None:
    """Who could sit in a seat of a visit; None when the plan has no such seat there. Three queries."""
    row = next((one for one in plan.content["visits"] if one["host"] == host), None)
    kind = next((one for one in SEATS if one == seat), None)
    if row is None or kind is None:
        return None
    there = [one["reviewer"] for one in row["team"] if one["as"] == kind]
    if leaving not in there and (leaving is not None or kind not in {one["as"] for one in row["unfilled"]}):
        return None
    problem = read_problem(json.dumps(plan.problem.content).encode())
    settled = [one.account_id for one in overrides_in(plan.cycle, int(host[1:])) if one.lifted_at is None]
    never = {*settled, *never_for(plan.cycle, int(host[1:]), at=at)}
    homes = {one.id: one.community for one in problem.reviewers}
    found = [
        Candidate(
            id=one.reviewer,
            account_id=int(one.reviewer[1:]),
            name=names.get(one.reviewer, one.reviewer),
            home=names.get(homes[one.reviewer] or "", ""),
            difference=round(one.difference),
            km=round(one.km),
            broken=tuple(named(sentence, names) for sentence in one.broken),
            worth_asking=one.worth_asking,
            may_be_set_aside=bool(one.overridable) and int(one.reviewer[1:]) not in never,
        )
        for one in Alternatives(problem, visits_of(plan.content)).of_seat(host, kind, leaving)
    ]
    return Choice(
        kind,
        SEAT_WORDS[kind],
        leaving,
        names.get(leaving or "", ""),
        tuple([one for one in found if not one.broken][:MOST]),
        tuple([one for one in found if one.worth_asking][:MOST]),
        tuple([one for one in found if one.broken and not one.worth_asking][:MOST]),
    )


def moved(before: Plan, after: Plan, names: Mapping[str, str]) -> list[Moved]:
    """What differs from one plan to another, host by host, for the hosts that both plans are about."""

    def told(people: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        return tuple(f"{names.get(name, name)} ({SEAT_WORDS[seat]})" for name, seat in people)

    def one(change: Change) -> Moved:
        return Moved(
            names.get(change.host, change.host), change.was_on, change.on, told(change.left), told(change.joined)
        )

    both = hosts_of(before) & hosts_of(after)
    return [one(change) for change in changes(before.content, after.content) if change.host in both]


def settled_between(before: Plan, after: Plan) -> int:
    """How many hosts of the first plan the second is not about: they were settled in between."""
    return len(hosts_of(before) - hosts_of(after))


def supposition(plan: Plan, names: Mapping[str, str]) -> str:
    """What a plan supposes, in words; nothing for one that may be accepted."""
    what = plan.supposed
    if what is None:
        return ""
    if what["kind"] == "travel":
        return _("What if nobody travelled more than %(km)s km?") % {"km": what["km"]}
    if what["kind"] == "dates":
        return _("What if every host offered one date fewer?")
    return _("What if %(name)s led reviews too?") % {"name": names.get(what["reviewer"], what["reviewer"])}


def who_might_lead(stated: Stated) -> list[tuple[str, str]]:
    """The reviewers who do not lead yet, as pairs of id and name."""
    others = [one["id"] for one in stated.content["reviewers"] if "lead" not in one["levels"]]
    return sorted(((one, stated.names[one]) for one in others), key=lambda pair: (pair[1].casefold(), pair[0]))


def pins_of(plan: Plan, community_id: int | None = None) -> list[Pin]:
    """What the office has pinned, also what it took back: in the cycle, or for one host. One query."""
    found = Pin.objects.filter(visit__enrolment__cycle=plan.cycle_id)
    found = found if community_id is None else found.filter(visit__enrolment__community=community_id)
    return list(found.select_related("account", "by", "lifted_by"))


def forbidden_of(plan: Plan, community_id: int) -> list[Forbidden]:
    """Whom the office keeps off the visit to a host, or did so before. One query."""
    found = Forbidden.objects.filter(visit__enrolment__cycle=plan.cycle_id)
    return list(found.filter(visit__enrolment__community=community_id).select_related("account", "by", "lifted_by"))


def figures(plan: Plan, told: Mapping[str, Told]) -> list[tuple[str, str]]:
    """The plan in figures, as pairs of words."""
    placed = [one for one in told.values() if one.on is not None]
    seats = sum(len(one.team) for one in placed)
    residents = {one["id"] for one in plan.problem.content["reviewers"] if one["kind"] == "client_member"}
    shared = sum(any(person in residents for person, _seat, _km in one.team) for one in placed)
    away = sum(one.km for one in placed)
    return [
        (_("Visits with a date"), f"{len(placed)} / {len(told)}"),
        (_("Seats taken"), f"{seats} / {seats + sum(len(one.empty) for one in placed)}"),
        (_("Visits with a client member"), f"{shared} / {len(placed)}"),
        (_("Kilometres for each person"), f"{away / seats:.0f}" if seats else "0"),
        (_("Cost"), f"{plan.cost:,.0f}"),
        (_("No plan can cost less than"), f"{plan.bound:,.0f}"),
    ]


def visit_in(plan: Plan, community_id: int, told: Told, names: Mapping[str, str]) -> dict[str, Any]:
    """One visit of a plan as its page shows it, with what was decided beforehand. Three queries."""
    pins, forbidden = pins_of(plan, community_id), forbidden_of(plan, community_id)
    standing = [one for one in pins if one.lifted_at is None]
    decided: list[Pin | Forbidden] = [*pins, *forbidden]
    return {
        "told": told,
        "why": named(told.why, names),
        "empty": [(seat, SEAT_WORDS[seat], named(reason, names)) for seat, reason in told.empty],
        "team": seated(told, names, {one.account_id for one in standing}),
        "parts": parts_in_words(told),
        "pins": standing,
        "forbidden": [one for one in forbidden if one.lifted_at is None],
        "overrides": told_overrides(overrides_in(plan.cycle, community_id)),
        "lifted": [one for one in decided if one.lifted_at is not None],
    }


def told_overrides(found: Sequence[Override]) -> list[tuple[Override, str]]:
    """Each with what is so of the person in spite of the rules; those that hold or wait stand first."""
    return [(one, in_words(one.rules)) for one in sorted(found, key=lambda one: one.lifted_at is not None)]


def seated(told: Told, names: Mapping[str, str], pinned: Collection[int | None]) -> list[dict[str, Any]]:
    """The people of a visit: id, name, seat and its words, whole kilometres, and whether they are pinned."""
    return [
        {
            "id": one,
            "account_id": int(one[1:]),
            "name": names.get(one, one),
            "seat": seat,
            "words": SEAT_WORDS[seat],
            "km": round(km),
            "pinned": int(one[1:]) in pinned,
        }
        for one, seat, km in told.team
    ]


def parts_in_words(told: Told) -> list[tuple[str, str]]:
    """What the cost of a visit is made of; parts of nothing are left out."""
    return [(str(PARTS[name]), f"{part:,.0f}") for name, part in told.parts.items() if round(part)]


def drawn(plan: Plan, names: Mapping[str, str]) -> dict[str, Any]:
    """The plan as a drawing: numbers as an SVG takes them, and names. Hidden addresses lie roughly."""
    found = draw(plan.problem.content, plan.content)
    dots = [(str(one.x), str(one.y), names.get(one.host, one.host), one.placed) for one in found.dots]
    ways = [tuple(str(end) for end in (one.x1, one.y1, one.x2, one.y2)) for one in found.ways]
    labels = [_label(one.x, one.y, names.get(one.host, one.host)) for one in found.dots]
    return {
        "box": f"0 0 {found.width:g} {found.height:g}",
        "dots": dots,
        "ways": ways,
        "labels": labels if len(labels) <= NAMED else [],
    }


def _label(x: float, y: float, name: str) -> tuple[str, str, str, str]:
    """Where a name stands beside its dot: towards the middle of the drawing."""
    to_the_left = x > WIDTH / 2
    return (
        str(round(x - 14 if to_the_left else x + 14, 1)),
        str(round(y + 5, 1)),
        "end" if to_the_left else "start",
        name,
    )
