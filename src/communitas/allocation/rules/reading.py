"""Read a problem from JSON, or refuse it with everything that is wrong at once."""

from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Final

from communitas.allocation.rules.fields import Object, Refusals, shown
from communitas.allocation.rules.pins import broken_pins
from communitas.allocation.rules.problem import (
    DEFAULT_SEATS,
    DEFAULT_WEIGHTS,
    KINDS,
    LEVELS,
    OVERRIDABLE,
    PATHWAYS,
    SEATS,
    WEIGHTS,
    Host,
    Overridable,
    Past,
    PastVisit,
    Pathway,
    Pin,
    Problem,
    Reviewer,
    Seat,
    Settings,
    Weight,
)

SCHEMA: Final = 1
_SETTINGS: Final = ("seats", "no_swap", "no_repeat_cycles", "max_distance_km", "max_same_community", "weights")


class ProblemRefused(ValueError):
    """The problem can't be solved as it stands; `lines` say why, each as `path: message`."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


def read_problem(content: bytes) -> Problem:
    """The problem in a file of JSON. Raises ProblemRefused."""
    refusals = Refusals()
    document = refusals.document(content)
    if document is None:
        raise ProblemRefused(refusals.lines)
    problem = _Reading(refusals).problem(document)
    refusals.lines += broken_pins(problem, sound=not refusals.lines)
    if refusals.lines:
        raise ProblemRefused(refusals.lines)
    return problem


class _Reading:
    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals
        self._hosts: set[str] = set()
        self._reviewers: set[str] = set()

    def problem(self, document: Object) -> Problem:
        say = self._refusals.say
        if document.get("schema") != SCHEMA or isinstance(document.get("schema"), bool):
            say("schema", f"must be {SCHEMA}")
        settings = self._settings(document.get("settings", {}))
        hosts = [self._host(path, item) for path, item in self._refusals.mappings(document, "hosts", needed=True)]
        reviewers = [
            self._reviewer(path, item) for path, item in self._refusals.mappings(document, "reviewers", needed=True)
        ]
        return Problem(
            cycle=self._refusals.count(document.get("cycle"), "cycle"),
            settings=settings,
            hosts=tuple(host for host in hosts if host is not None),
            reviewers=tuple(reviewer for reviewer in reviewers if reviewer is not None),
            conflicts=frozenset(self._conflicts(document)),
            history=tuple(self._history(document)),
            ledger=self._ledger(document.get("ledger", {})),
            pinned=tuple(self._pins(document)),
            previous=tuple(self._previous(document)),
            overridden=self._overridden(document),
        )

    def _settings(self, value: object) -> Settings:
        refusals, path = self._refusals, "settings"
        given = refusals.mapping(value, path)
        if given is None:
            return Settings()
        for name in given:
            refusals.known(name, f"{path}.{name}", "setting", _SETTINGS)
        default = Settings()
        no_swap = given.get("no_swap", default.no_swap)
        if not isinstance(no_swap, bool):
            refusals.say(f"{path}.no_swap", "must be true or false")
        weights = self._weights(given["weights"]) if "weights" in given else default.weights
        return Settings(
            seats=self._seats(given["seats"]) if "seats" in given else default.seats,
            no_swap=no_swap is True,
            no_repeat_cycles=refusals.count(
                given.get("no_repeat_cycles", default.no_repeat_cycles), f"{path}.no_repeat_cycles"
            ),
            max_distance_km=refusals.number(
                given.get("max_distance_km", default.max_distance_km), f"{path}.max_distance_km"
            ),
            max_same_community=refusals.count(
                given.get("max_same_community", default.max_same_community), f"{path}.max_same_community"
            ),
            weights=weights,
        )

    def _seats(self, value: object) -> Mapping[Pathway, Mapping[Seat, int]]:
        path = "settings.seats"
        seats = dict(DEFAULT_SEATS)
        for name, counts in (self._refusals.mapping(value, path) or {}).items():
            pathway = self._refusals.known(name, f"{path}.{name}", "pathway", PATHWAYS)
            found: dict[Seat, int] = {}
            for word, count in (self._refusals.mapping(counts, f"{path}.{name}") or {}).items():
                seat = self._refusals.known(word, f"{path}.{name}.{word}", "seat", SEATS)
                number = self._refusals.count(count, f"{path}.{name}.{word}")
                if seat is not None:
                    found[seat] = number
            if pathway is not None:
                seats[pathway] = found
        return seats

    def _weights(self, value: object) -> Mapping[Weight, float]:
        path = "settings.weights"
        weights = dict(DEFAULT_WEIGHTS)
        for name, number in (self._refusals.mapping(value, path) or {}).items():
            weight = self._refusals.known(name, f"{path}.{name}", "setting", WEIGHTS)
            found = self._refusals.number(number, f"{path}.{name}")
            if weight is not None:
                weights[weight] = found
        return weights

    def _new_id(self, item: Object, path: str, seen: set[str]) -> str:
        found = self._refusals.text(item, "id", path)
        if found and found in seen:
            self._refusals.say(f"{path}.id", f"duplicate id {shown(found)}")
        seen.add(found)
        return found

    def _place(self, item: Object, path: str) -> tuple[float, float]:
        lat = self._refusals.number(item.get("lat"), f"{path}.lat", least=-90, most=90)
        return lat, self._refusals.number(item.get("lon"), f"{path}.lon", least=-180, most=180)

    def _host(self, path: str, item: Object) -> Host | None:
        refusals = self._refusals
        name = self._new_id(item, path, self._hosts)
        organisation = refusals.text_or_nothing(item, "organisation", path)
        kind_of_house = refusals.text(item, "type", path)
        lat, lon = self._place(item, path)
        pathway = refusals.one_of(item, "pathway", path, PATHWAYS)
        dates = refusals.days(item, "dates", path)
        if pathway is None:
            return None
        return Host(name, organisation, kind_of_house, lat, lon, pathway, tuple(dates))

    def _reviewer(self, path: str, item: Object) -> Reviewer | None:
        refusals = self._refusals
        name = self._new_id(item, path, self._reviewers)
        community = refusals.text_or_nothing(item, "community", path)
        organisation = refusals.text_or_nothing(item, "organisation", path)
        kind = refusals.one_of(item, "kind", path, KINDS)
        words = enumerate(refusals.texts(item, "levels", path))
        levels = [refusals.known(word, f"{path}.levels[{number}]", "level", LEVELS) for number, word in words]
        types = refusals.texts(item, "types", path)
        experience = refusals.number(item.get("experience"), f"{path}.experience")
        available = refusals.days(item, "available", path)
        max_visits = refusals.count(item.get("max_visits"), f"{path}.max_visits")
        lat, lon = self._place(item, path)
        if kind is None:
            return None
        return Reviewer(
            id=name,
            community=community,
            organisation=organisation,
            kind=kind,
            levels=frozenset(level for level in levels if level is not None),
            types=frozenset(types),
            experience=experience,
            available=frozenset(available),
            max_visits=max_visits,
            lat=lat,
            lon=lon,
        )

    def _of(self, item: Object, key: str, path: str) -> str:
        """The id of a host or reviewer that must stand in the problem."""
        known = self._hosts if key == "host" else self._reviewers
        found = self._refusals.text(item, key, path)
        if found and found not in known:
            self._refusals.say(f"{path}.{key}", f"unknown id {shown(found)}: no {key} of the problem has it")
        return found

    def _conflicts(self, document: Object) -> list[tuple[str, str]]:
        return [
            (self._of(item, "reviewer", path), self._of(item, "host", path))
            for path, item in self._refusals.mappings(document, "conflicts")
        ]

    def _overridden(self, document: Object) -> dict[tuple[str, str], frozenset[Overridable]]:
        """The rules that two people set aside, by the pair of reviewer and host."""
        refusals = self._refusals
        found = dict[tuple[str, str], frozenset[Overridable]]()
        for path, item in refusals.mappings(document, "overridden"):
            pair = self._of(item, "reviewer", path), self._of(item, "host", path)
            if all(pair) and pair in found:
                refusals.say(path, f"{shown(pair[0])} at {shown(pair[1])} stands here twice")
            words = refusals.texts(item, "rules", path)
            if item.get("rules") == []:
                refusals.say(f"{path}.rules", "must name at least one rule")
            rules = set[Overridable]()
            for number, word in enumerate(words):
                rule = refusals.known(word, f"{path}.rules[{number}]", "rule to set aside", OVERRIDABLE)
                if rule in rules:
                    refusals.say(f"{path}.rules[{number}]", f"duplicate rule {shown(word)}")
                elif rule is not None:
                    rules.add(rule)
            found[pair] = frozenset(rules)
        return found

    def _history(self, document: Object) -> list[Past]:
        refusals = self._refusals
        return [
            Past(
                refusals.text(item, "community", path),
                refusals.text(item, "host", path),
                refusals.count(item.get("cycle"), f"{path}.cycle"),
            )
            for path, item in refusals.mappings(document, "history")
        ]

    def _ledger(self, value: object) -> dict[str, float]:
        given = self._refusals.mapping(value, "ledger") or {}
        return {name: self._refusals.number(days, f"ledger.{name}", least=-inf) for name, days in given.items()}

    def _pins(self, document: Object) -> list[Pin]:
        refusals = self._refusals
        found = []
        for path, item in refusals.mappings(document, "pinned"):
            host = self._of(item, "host", path)
            day = refusals.day(item.get("date"), f"{path}.date")
            reviewer = self._of(item, "reviewer", path) if item.get("reviewer") is not None else None
            seat = refusals.one_of(item, "as", path, SEATS, what="seat") if item.get("as") is not None else None
            if seat is not None and reviewer is None:
                refusals.say(f"{path}.as", "a seat can only be pinned together with a reviewer")
            found.append(Pin(host, day or date.min, reviewer, seat))  # the smallest date stands for none
        return found

    def _previous(self, document: Object) -> list[PastVisit]:
        refusals = self._refusals
        found, hosts = [], set[str]()
        for path, item in refusals.mappings(document, "previous"):
            host = self._of(item, "host", path)
            if host and host in hosts:
                refusals.say(f"{path}.host", f"duplicate id {shown(host)}")
            hosts.add(host)
            day = refusals.day(item.get("date"), f"{path}.date")
            found.append(PastVisit(host, day or date.min, tuple(self._team(item, path))))
        return found

    def _team(self, item: Object, path: str) -> list[str]:
        """The people of a previous visit; whoever has left the problem may still stand here."""
        team: list[str] = []
        if "team" not in item:
            self._refusals.say(f"{path}.team", "is missing")
        for where, member in self._refusals.mappings({f"{path}.team": item.get("team", [])}, f"{path}.team"):
            reviewer = self._refusals.text(member, "reviewer", where)
            if reviewer and reviewer in team:
                self._refusals.say(f"{where}.reviewer", f"duplicate id {shown(reviewer)}")
            team.append(reviewer)
            self._refusals.one_of(member, "as", where, SEATS, what="seat")
        return team
