"""From the rows of a cycle to its problem, host by host and person by person, with what is missing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from communitas.allocation.queries.facts import Facts, Grant, Home, Hosting, Place
from communitas.allocation.queries.gaps import Gap
from communitas.allocation.queries.naming import sentence
from communitas.allocation.rules.problem import PATHWAYS
from communitas.allocation.rules.reading import SCHEMA
from communitas.allocation.rules.saying import visits_wanted
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries import shape_for
from communitas.visits.queries.candidates import APPROVALS
from communitas.visits.rules.clearance import papers_by
from communitas.visits.rules.team import LEAD

TOOK_PLACE = ("held", "closed")
APPOINTED = ("team_appointed", "confirmed")
_PINNED = re.compile(r"pinned\[([0-9]+)\]")
Json = dict[str, Any]


class Building:
    """The problem of a cycle on a day; `left_out` are hosts whose visits stay as they are, with why.

    With `only`, the problem is about that one visit, whether its team is appointed or not: all others stay as they are.
    """

    def __init__(self, facts: Facts, on: date, left_out: Mapping[str, str], *, only: int | None = None) -> None:
        self.facts, self.on, self._left_out, self._only = facts, on, left_out, only
        self.gaps: list[Gap] = []
        self.names: dict[str, str] = {}
        self.visits: dict[str, int] = {}  # by the id of the host
        self._hosts: list[Json] = []
        self._persons: list[Json] = []
        self._run_by = defaultdict[str, list[str]](list)  # hosts by organisation
        self._conflicts: set[tuple[str, str]] = set()
        self._for_good: set[tuple[str, str]] = set()  # conflicts that nobody sets aside
        self._pins: list[Json] = []
        self._settled: list[str] = []  # beside each pin: the host, where its date is set or its person was asked
        self._unknown: dict[str, str] = {}
        self._day_of_team: dict[int, date] = {}  # by visit, where people were asked and no date is set
        self._asked_days = defaultdict[int, set[date]](set)  # by account: they were asked, and count as free

    def content(self) -> Json:
        for hosting in self.facts.hosts:
            self._add_host(hosting)
        self._add_pins()
        self._add_people()
        hosts, persons = {row["id"] for row in self._hosts}, {row["id"] for row in self._persons}
        limits, travel = self.facts.limits, self.facts.travel
        overridden = list(self._overridden(persons))
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
        } | ({"overridden": overridden} if overridden else {})

    def settled_against_rules(self, lines: Sequence[str]) -> dict[str, str]:
        """Visits that plans must leave as they are, with a sentence: people chose their date or team against a rule."""
        found = dict(self._unknown)
        for line in lines:
            for number in map(int, _PINNED.findall(line)):
                if self._settled[number]:
                    found.setdefault(self._settled[number], sentence(line.partition(": ")[2], self.names))
        return found

    def _overridden(self, persons: set[str]) -> Iterator[Json]:
        """Rules that two people set aside; never that somebody belongs to the host or is kept off by the office."""
        hosts = {visit: host for host, visit in self.visits.items()}
        for one in self.facts.overrides:
            person, host = f"p{one.account_id}", hosts.get(one.visit_id, "")
            for_good = {"conflict"} if (person, host) in self._for_good else set[str]()
            rules = [rule for rule in one.rules if rule not in for_good]
            if host and person in persons and rules:
                yield {"reviewer": person, "host": host, "rules": rules}

    def _known_pins(self, persons: set[str]) -> list[Json]:
        """The pins of people whom the problem knows; a visit with somebody else asked is left as it is."""
        pairs = list(zip(self._pins, self._settled, strict=True))
        known = [pair for pair in pairs if pair[0].get("reviewer", "") in persons | {""}]
        words = _("%(name)s was asked, and no plan knows where they set out from.")
        self._unknown = {
            host: words % {"name": self.names.get(pin["reviewer"], _("Somebody"))}
            for pin, host in pairs
            if host and pin.get("reviewer", "") not in persons | {""}
        }
        self._settled = [host for _pin, host in known]
        return [pin for pin, _host in known]

    def _add_host(self, hosting: Hosting) -> None:
        host, name, pk = f"c{hosting.community}", hosting.name, hosting.community
        if hosting.visit is None:
            self._miss("no_visit", hosting, _("%(name)s: no visit is planned yet.") % {"name": name})
            return
        if (not hosting.is_open and self._only is None) or self._only not in (None, hosting.visit):
            return
        if why := self._left_out.get(host):
            self._miss("as_it_is", hosting, _("%(name)s is left as it is. %(why)s") % {"name": name, "why": why})
            return
        dates, point = self._dates(hosting), self.facts.point_of(pk)
        if point is None:
            words = _("%(name)s has no place on the map. An approximate point is enough.") % {"name": name}
            self._miss("no_point", hosting, words)
        if not dates or point is None:
            return
        self.visits[host] = hosting.visit
        self._run_by[f"o{hosting.organisation}"].append(host)
        self.names[host] = name
        self._hosts.append(
            {
                "id": host,
                "organisation": f"o{hosting.organisation}" if hosting.organisation else None,
                "type": f"t{hosting.service_type}",
                "lat": point[0],
                "lon": point[1],
                "pathway": hosting.pathway,
                "dates": [day.isoformat() for day in dates],
            }
        )

    def _dates(self, hosting: Hosting) -> list[date]:
        """The days on which the visit could be: with people asked already, the first one that suits them all."""
        if hosting.on:
            return [hosting.on]
        offered = sorted(day for day in self.facts.offered.get(hosting.visit or 0, ()) if day >= self.on)
        if not offered:
            words = _("%(name)s has offered no date that is still to come.") % {"name": hosting.name}
            self._miss("no_dates", hosting, words)
        asked = [place.account for place in self.facts.places if place.visit == hosting.visit]
        if not asked or not offered:
            return self._with_time_for_papers(hosting, offered)
        for day in offered:
            if all(day in self.facts.free.get(account, ()) for account in asked):
                self._day_of_team[hosting.visit or 0] = day
                return [day]
        words = _("%(name)s is left as it is. No date that it offers suits everybody who was asked already.")
        self._miss("as_it_is", hosting, words % {"name": hosting.name})
        return []

    def _with_time_for_papers(self, hosting: Hosting, offered: list[date]) -> list[date]:
        """The days that are far enough ahead for the papers that a secure site wants of people who are yet to ask."""
        weeks = self.facts.homes[hosting.community].papers or 0
        kept = [day for day in offered if papers_by(day, weeks) >= self.on]
        if len(kept) < len(offered):
            words = _("%(name)s wants papers %(weeks)d weeks before a visit: dates that are sooner are left out.")
            self._miss("no_papers", hosting, words % {"name": hosting.name, "weeks": weeks})
        return kept

    def _miss(self, kind: str, hosting: Hosting, words: str) -> None:
        self.gaps.append(Gap(kind, hosting.name, words, hosting.community, None, hosting.visit))

    def _add_pins(self) -> None:
        """The office's pins, dates that are set, and people who were asked already."""
        hosts = {visit: host for host, visit in self.visits.items()}
        for hosting in self.facts.hosts:
            if hosting.on and hosting.visit in hosts:
                self._add_pin({"host": hosts[hosting.visit], "date": hosting.on.isoformat()}, settled=True)
        asked = set[tuple[str, str]]()
        for place in self.facts.places:
            host, on = hosts.get(place.visit, ""), place.on or self._day_of_team.get(place.visit)
            if host and on:
                asked.add((host, f"p{place.account}"))
                self._asked_days[place.account].add(on)
                self._pin(host, on, place.account, place.seat, settled=True)
        for pin in self.facts.pins:
            host = hosts.get(pin.visit_id, "")
            if host and pin.account_id is None:
                self._add_pin({"host": host, "date": pin.on.isoformat()})
            elif host and pin.account_id and (host, f"p{pin.account_id}") not in asked:
                self._pin(host, pin.on, pin.account_id, pin.seat)
        self._for_good |= {
            (f"p{one.account_id}", hosts[one.visit_id]) for one in self.facts.forbidden if one.visit_id in hosts
        }
        self._conflicts |= self._for_good

    def _pin(self, host: str, on: date, account_id: int, seat: str, *, settled: bool = False) -> None:
        pin: Json = {"host": host, "date": on.isoformat(), "reviewer": f"p{account_id}"}
        self._add_pin(pin | ({"as": seat} if seat else {}), settled=settled)

    def _add_pin(self, pin: Json, *, settled: bool = False) -> None:
        self._pins.append(pin)
        self._settled.append(pin["host"] if settled else "")

    def _add_people(self) -> None:
        wanted = {date.fromisoformat(day) for host in self._hosts for day in host["dates"]}
        done = [place for place in self.facts.places if place.visit_state in TOOK_PLACE]
        visits_done = Counter(place.account for place in done)
        seen = defaultdict[int, set[int]](set)
        for place in done:
            seen[place.account].add(place.service_type)
        elsewhere = [place for place in self.facts.places if self._is_fixed(place)]
        visits_now = Counter(place.account for place in elsewhere)
        asked_for = Counter(
            pin.get("reviewer", "") for pin, host in zip(self._pins, self._settled, strict=True) if host
        )
        busy = defaultdict[int, set[date]](set)
        for place in elsewhere:
            if place.on:
                busy[place.account].add(place.on)
        at_home = {one.community: one.on for one in self.facts.hosts if self._stays(one) and one.on}
        for account_id, grants in self.facts.grants.items():
            row = self._person(account_id, grants)
            if row is None:
                continue
            known = seen[account_id] | {home.service_type for home in self._homes(grants)}
            taken = busy[account_id] | self.facts.kept.get(account_id, frozenset())
            taken |= {at_home[home.pk] for home in self._homes(grants) if home.pk in at_home}
            free = self.facts.free.get(account_id, frozenset()) - taken
            free = (free if not grants[0].none else frozenset()) | self._asked_days[account_id]
            row["types"] = [f"t{pk}" for pk in sorted(known)]
            row["experience"] = visits_done[account_id]
            row["available"] = [day.isoformat() for day in sorted(free & wanted)]
            now, settled = visits_now[account_id], asked_for[f"p{account_id}"]
            most = visits_wanted(
                limit=self.facts.limits.visits_per_reviewer, wish=grants[0].most, asked_already=now + settled
            )
            row["max_visits"] = max(0, most - now)
            self._persons.append(row)

    def _homes(self, grants: Sequence[Grant]) -> list[Home]:
        return [self.facts.homes[grant.community] for grant in grants if grant.community]

    def _person(self, account_id: int, grants: Sequence[Grant]) -> Json | None:
        """Who somebody is, without what they have done; None when nobody knows where they set out from."""
        homes, name, person = self._homes(grants), grants[0].name, f"p{account_id}"
        home = homes[0] if homes else None
        point = self.facts.bases.get(account_id) or (self.facts.point_of(home.pk) if home else None)
        self.names[person] = name
        if home is not None:
            self.names.setdefault(f"c{home.pk}", home.name)
        if grants[0].none:
            words = _("%(name)s cannot review in this cycle: %(reason)s")
            self.gaps.append(Gap("none", name, words % {"name": name, "reason": grants[0].reason}, None, account_id))
        elif account_id not in self.facts.free and account_id not in self._asked_days:
            words = _("%(name)s has not said on which days they could visit.") % {"name": name}
            self.gaps.append(Gap("no_days", name, words, None, account_id))
        if point is None:
            words = _("%(name)s has no home base, and neither has their community.") % {"name": name}
            self.gaps.append(Gap("no_base", name, words, None, account_id))
            return None
        declared = self.facts.interests.get(account_id, frozenset())
        former = [self.facts.homes[pk] for pk in self.facts.former.get(account_id, ())]
        for_good = {(person, f"c{pk}") for pk in {one.pk for one in homes} | declared}
        self._for_good |= for_good
        self._conflicts |= for_good | {(person, host) for host in self._derived(homes, former)}
        levels = {approval for grant in grants for approval in APPROVALS.get(grant.role, ())}
        return {
            "id": person,
            "community": f"c{home.pk}" if home else None,
            "organisation": f"o{home.organisation}" if home and home.organisation else None,
            "kind": "client_member" if any(grant.role == "client_member" for grant in grants) else "staff",
            "levels": sorted(levels | ({"reviewer"} if LEAD in levels else set())),  # as visits.rules.conflicts
            "lat": point[0],
            "lon": point[1],
        }

    def _stays(self, hosting: Hosting) -> bool:
        """Whether the visit to a host has its team and this problem does not decide it."""
        return hosting.state in APPOINTED and f"c{hosting.community}" not in self.visits

    def _derived(self, homes: Sequence[Home], former: Sequence[Home]) -> Iterator[str]:
        """Hosts that somebody is tied to by where they belong or belonged not long ago, not by their own word.

        Two people may set that aside.
        """
        told = (None, homes[0].organisation if homes else None)  # its own stands beside the person
        for owner in {one.organisation for one in (*homes, *former) if one.organisation not in told}:
            yield from self._run_by[f"o{owner}"]
        for one in former:
            yield from (f"c{pk}" for pk in (one.pk, one.merged_into) if pk)

    def _is_fixed(self, place: Place) -> bool:
        """Whether the place belongs to a visit of this cycle that the plan does not decide."""
        return place.cycle == self.facts.cycle.pk and f"c{place.host}" not in self.visits

    def _history(self) -> Iterator[Json]:
        rows = {
            (place.home, place.host, place.cycle)
            for place in self.facts.places
            if place.home and (place.cycle != self.facts.cycle.pk or self._is_fixed(place))
        }
        for community, host, cycle in sorted(rows):
            yield {"community": f"c{community}", "host": f"c{host}", "cycle": self.facts.cycles[cycle]}

    def _ledger(self) -> dict[str, int]:
        """Reviewer-days given less received, over all visits that are closed: see rules.fairness.ledger.

        It counts when it closes, not on its day: until then it can turn out who was there. Whoever declined, withdrew
        or could not come gave no day.
        """
        balance = Counter[str]()
        for place in self.facts.places:
            if place.visit_state == Visit.State.CLOSED and place.state == TeamPlace.State.ACCEPTED:
                balance[f"c{place.host}"] -= 1
                if place.home:
                    balance[f"c{place.home}"] += 1
        return {community: days for community, days in sorted(balance.items()) if days}
