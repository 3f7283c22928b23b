"""A cycle's problem as the solver takes it, from the database, with a list in words of what is missing."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785
from django.utils.translation import gettext as _

from communitas.allocation.queries.facts import Facts, open_visit, read_facts
from communitas.allocation.queries.gaps import Gap
from communitas.allocation.rules.problem import PATHWAYS, Problem
from communitas.allocation.rules.reading import SCHEMA, ProblemRefused, read_problem
from communitas.allocation.rules.supposing import suppose
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Community, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries import shape_for
from communitas.visits.queries.candidates import APPROVALS
from communitas.visits.rules.team import LEAD

TOOK_PLACE = ("held", "closed")
_NAMED = re.compile(r"\b([cop])([0-9]+)\b")
_PINNED = re.compile(r"pinned\[([0-9]+)\]")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """A problem in the words of the file. `problem` is None when it can't be solved as it stands: `gaps` say why."""

    content: Json
    problem: Problem | None
    gaps: tuple[Gap, ...]
    names: Mapping[str, str]  # of the ids in it
    visits: Mapping[str, Visit]  # by the id of the host

    @property
    def hash(self) -> str:
        """sha256 of all of it."""
        return hash_of(self.content)

    @property
    def facts_hash(self) -> str:
        """sha256 of what a plan must keep to: without the weights and without the plan before."""
        settings = {name: part for name, part in self.content["settings"].items() if name != "weights"}
        return hash_of(
            {name: part for name, part in self.content.items() if name != "previous"} | {"settings": settings}
        )


def hash_of(content: Json) -> str:
    """sha256 of the canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def state_problem(
    cycle: Cycle,
    *,
    on: date,
    at: datetime,
    previous: list[Json] | None = None,
    supposed: Json | None = None,
) -> Stated:
    """What there is to solve in a cycle, on a day; dates before it are gone. Thirteen queries.

    `previous` are visits of the plan that should change as little as possible; `supposed` is what is not so.
    """
    facts, left_out = read_facts(cycle, at=at), dict[str, str]()
    while True:
        building = _Building(facts, on, left_out)
        content = building.content()
        if supposed:
            content = suppose(content, supposed)
        if previous:
            content["previous"] = [row for row in previous if row["host"] in building.visits]
        problem, lines = _read(content)
        more = building.settled_against_rules(lines)
        if not more:
            break
        left_out |= more
    building.gaps += [Gap("refused", "", _sentence(line.partition(": ")[2], building.names)) for line in lines]
    return Stated(content, problem, tuple(building.gaps), building.names, building.visits)


def _read(content: Json) -> tuple[Problem | None, tuple[str, ...]]:
    """The problem, or nothing and what is wrong with it."""
    try:
        return read_problem(json.dumps(content).encode()), ()
    except ProblemRefused as refused:
        return None, tuple(refused.lines)


def _sentence(words: str, names: Mapping[str, str]) -> str:
    told = named(words, names)
    return f"{told[:1].upper()}{told[1:]}."


def named(words: str, names: Mapping[str, str]) -> str:
    """The words with names in place of the ids of a problem."""
    return _NAMED.sub(lambda found: names.get(found[0], found[0]), words)


def names_in(content: Json) -> dict[str, str]:
    """Names for the ids of a problem that was stated before, as people and communities are called now. Two queries."""
    hosts = [int(one["id"][1:]) for one in content["hosts"]]
    homes = [int(one["community"][1:]) for one in content["reviewers"] if one["community"]]
    persons = [int(one["id"][1:]) for one in content["reviewers"]]
    communities = Community.objects.filter(pk__in={*hosts, *homes}).values_list("pk", "name")
    people = Account.objects.filter(pk__in=persons).values_list("pk", "display_name")
    return {f"c{pk}": name for pk, name in communities} | {f"p{pk}": name for pk, name in people}


class _Building:
    def __init__(self, facts: Facts, on: date, left_out: Mapping[str, str]) -> None:
        self.facts, self.on, self._left_out = facts, on, left_out
        self.gaps: list[Gap] = []
        self.names: dict[str, str] = {}
        self.visits: dict[str, Visit] = {}
        self._hosts: list[Json] = []
        self._persons: list[Json] = []
        self._run_by = defaultdict[str, list[str]](list)  # hosts by organisation
        self._conflicts: set[tuple[str, str]] = set()
        self._pins: list[Json] = []
        self._settled: list[str] = []  # beside each pin: the host, where its date is set or its person was asked
        self._unknown: dict[str, str] = {}
        self._asked_days = defaultdict[int, set[date]](set)  # by account: they were asked, and count as free

    def content(self) -> Json:
        for enrolment in self.facts.enrolments:
            self._add_host(enrolment)
        self._add_pins()
        self._add_people()
        hosts, persons = {row["id"] for row in self._hosts}, {row["id"] for row in self._persons}
        limits, travel = self.facts.limits, self.facts.travel
        return {
            "schema": SCHEMA,
            "cycle": self.facts.cycles[self.facts.cycle.pk],
            "settings": {
                "seats": {pathway: dict(shape_for(limits, pathway).seats) for pathway in PATHWAYS},
                "no_repeat_cycles": max(0, limits.repeat_after - 1),  # a pair rests for the cycles in between
                "max_distance_km": travel.max_distance_km,
                "max_same_community": travel.max_same_community,
                "weights": dict(travel.weights),
            },
            "hosts": self._hosts,
            "reviewers": self._persons,
            "conflicts": [
                {"reviewer": person, "host": host}
                for person, host in sorted(self._conflicts)
                if person in persons and host in hosts
            ],
            "history": list(self._history()),
            "ledger": self._ledger(),
            "pinned": self._known_pins(persons),
        }

    def settled_against_rules(self, lines: Sequence[str]) -> dict[str, str]:
        """Visits that plans must leave as they are, with a sentence: people chose their date or team against a rule."""
        found = dict(self._unknown)
        for line in lines:
            for number in map(int, _PINNED.findall(line)):
                if self._settled[number]:
                    found.setdefault(self._settled[number], _sentence(line.partition(": ")[2], self.names))
        return found

    def _known_pins(self, persons: set[str]) -> list[Json]:
        """The pins of people whom the problem knows; a visit with somebody else asked is left as it is."""
        pairs = list(zip(self._pins, self._settled, strict=True))
        known = [pair for pair in pairs if pair[0].get("reviewer", "") in persons | {""}]
        words = _("Somebody was asked of whom no plan knows where they set out from.")
        self._unknown = {host: words for pin, host in pairs if host and pin.get("reviewer", "") not in persons | {""}}
        self._settled = [host for _pin, host in known]
        return [pin for pin, _host in known]

    def _add_host(self, enrolment: Enrolment) -> None:
        community, name = enrolment.community, enrolment.community_name
        if not hasattr(enrolment, "visit"):
            self.gaps.append(
                Gap("no_visit", name, _("%(name)s: no visit is planned yet.") % {"name": name}, community.pk)
            )
            return
        visit = open_visit(enrolment)
        if visit is None:
            return
        if why := self._left_out.get(f"c{community.pk}"):
            words = _("%(name)s is left as it is. %(why)s") % {"name": name, "why": why}
            self.gaps.append(Gap("as_it_is", name, words, community.pk, None, visit.pk))
            return
        offered = [one.on for one in visit.offered.all() if one.on >= self.on]
        dates = [visit.on] if visit.on else sorted(offered)
        point = self.facts.point_of(community)
        if not dates:
            words = _("%(name)s has offered no date that is still to come.") % {"name": name}
            self.gaps.append(Gap("no_dates", name, words, community.pk, None, visit.pk))
        if point is None:
            words = _("%(name)s has no place on the map. An approximate point is enough.") % {"name": name}
            self.gaps.append(Gap("no_point", name, words, community.pk, None, visit.pk))
        if not dates or point is None:
            return
        self.visits[f"c{community.pk}"] = visit
        self._run_by[f"o{enrolment.organisation_id}"].append(f"c{community.pk}")
        self.names[f"c{community.pk}"] = name
        self._hosts.append(
            {
                "id": f"c{community.pk}",
                "organisation": f"o{enrolment.organisation_id}" if enrolment.organisation_id else None,
                "type": f"t{enrolment.service_type_id}",
                "lat": point[0],
                "lon": point[1],
                "pathway": enrolment.pathway,
                "dates": [day.isoformat() for day in dates],
            }
        )

    def _add_pins(self) -> None:
        """The office's pins, dates that are set, and people who were asked already."""
        for host, visit in self.visits.items():
            if visit.on:
                self._add_pin({"host": host, "date": visit.on.isoformat()}, settled=True)
        hosts = {visit.pk: host for host, visit in self.visits.items()}
        asked = set[tuple[str, str]]()
        for place in self.facts.places:
            host, on = hosts.get(place.visit_id, ""), place.visit.on
            if host and on:
                asked.add((host, f"p{place.account_id}"))
                self._asked_days[place.account_id].add(on)
                self._pin(host, on, place.account_id, place.seat, settled=True)
        for pin in self.facts.pins:
            host = hosts.get(pin.visit_id, "")
            if host and pin.account_id is None:
                self._add_pin({"host": host, "date": pin.on.isoformat()})
            elif host and pin.account_id and (host, f"p{pin.account_id}") not in asked:
                self._pin(host, pin.on, pin.account_id, pin.seat)
        self._conflicts |= {
            (f"p{one.account_id}", hosts[one.visit_id]) for one in self.facts.forbidden if one.visit_id in hosts
        }

    def _pin(self, host: str, on: date, account_id: int, seat: str, *, settled: bool = False) -> None:
        pin: Json = {"host": host, "date": on.isoformat(), "reviewer": f"p{account_id}"}
        self._add_pin(pin | ({"as": seat} if seat else {}), settled=settled)

    def _add_pin(self, pin: Json, *, settled: bool = False) -> None:
        self._pins.append(pin)
        self._settled.append(pin["host"] if settled else "")

    def _add_people(self) -> None:
        wanted = {date.fromisoformat(day) for host in self._hosts for day in host["dates"]}
        done = [place for place in self.facts.places if place.visit.state in TOOK_PLACE]
        visits_done = Counter(place.account_id for place in done)
        seen = defaultdict[int, set[int]](set)
        for place in done:
            seen[place.account_id].add(place.visit.enrolment.service_type_id)
        elsewhere = [place for place in self.facts.places if self._is_fixed(place)]
        visits_now = Counter(place.account_id for place in elsewhere)
        busy = defaultdict[int, set[date]](set)
        for place in elsewhere:
            if place.visit.on:
                busy[place.account_id].add(place.visit.on)
        for account_id, grants in self.facts.grants.items():
            row = self._person(account_id, grants)
            if row is None:
                continue
            known = seen[account_id] | {grant.community.service_type_id for grant in grants if grant.community}
            free = self.facts.free.get(account_id, frozenset()) - busy[account_id] | self._asked_days[account_id]
            row["types"] = [f"t{pk}" for pk in sorted(known)]
            row["experience"] = visits_done[account_id]
            row["available"] = [day.isoformat() for day in sorted(free & wanted)]
            row["max_visits"] = max(0, self.facts.limits.visits_per_reviewer - visits_now[account_id])
            self._persons.append(row)

    def _person(self, account_id: int, grants: list[RoleGrant]) -> Json | None:
        """Who somebody is, without what they have done; None when nobody knows where they set out from."""
        account: Account = grants[0].account
        homes = [grant.community for grant in grants if grant.community]
        home = homes[0] if homes else None
        point = self.facts.bases.get(account_id) or (self.facts.point_of(home) if home else None)
        name, person = account.display_name, f"p{account_id}"
        self.names[person] = name
        if home is not None:
            self.names.setdefault(f"c{home.pk}", home.name)
        if account_id not in self.facts.free and account_id not in self._asked_days:
            words = _("%(name)s has not said on which days they could visit.") % {"name": name}
            self.gaps.append(Gap("no_days", name, words, None, account_id))
        if point is None:
            words = _("%(name)s has no home base, and neither has their community.") % {"name": name}
            self.gaps.append(Gap("no_base", name, words, None, account_id))
            return None
        declared = self.facts.interests.get(account_id, frozenset())
        self._conflicts |= {(person, f"c{pk}") for pk in declared | {one.pk for one in homes}}
        organisations = {f"o{one.organisation_id}" for one in homes if one.organisation_id}
        self._conflicts |= {(person, host) for name in organisations for host in self._run_by[name]}
        levels = {approval for grant in grants for approval in APPROVALS.get(grant.role, ())}
        return {
            "id": person,
            "community": f"c{home.pk}" if home else None,
            "organisation": f"o{home.organisation_id}" if home and home.organisation_id else None,
            "kind": "client_member" if any(grant.role == "client_member" for grant in grants) else "staff",
            "levels": sorted(levels | ({"reviewer"} if LEAD in levels else set())),  # as visits.rules.conflicts
            "lat": point[0],
            "lon": point[1],
        }

    def _is_fixed(self, place: TeamPlace) -> bool:
        """Whether the place belongs to a visit of this cycle that the plan does not decide."""
        enrolment = place.visit.enrolment
        return enrolment.cycle_id == self.facts.cycle.pk and f"c{enrolment.community_id}" not in self.visits

    def _history(self) -> Iterator[Json]:
        rows = {
            (place.from_community_id, place.visit.enrolment.community_id, place.visit.enrolment.cycle_id)
            for place in self.facts.places
            if place.from_community_id
            and (place.visit.enrolment.cycle_id != self.facts.cycle.pk or self._is_fixed(place))
        }
        for community, host, cycle in sorted(rows):
            yield {"community": f"c{community}", "host": f"c{host}", "cycle": self.facts.cycles[cycle]}

    def _ledger(self) -> dict[str, int]:
        """Reviewer-days given less received, over all visits that took place."""
        balance = Counter[str]()
        for place in self.facts.places:
            if place.visit.state in TOOK_PLACE and place.state == TeamPlace.State.ACCEPTED:
                balance[f"c{place.visit.enrolment.community_id}"] -= 1
                if place.from_community_id:
                    balance[f"c{place.from_community_id}"] += 1
        return {community: days for community, days in sorted(balance.items()) if days}
