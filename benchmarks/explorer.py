"""How quickly does a member compare the own community with the groups of a very large network?"""

import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from benchmarks.ground.site import application, installation, p95, queries_of, signed_in, times_of
from benchmarks.results import Result, at_most, for_information

COMMUNITIES, QUICK = 25_000, 2_500
CRITERIA = 15  # in each of ten sections
CYCLES = 10
OTHERS = 200  # communities with facts beside the own one, a cycle
PAGE_MS = 150
_SHOWN = ("percent_met", "percent_partly_met", "percent_not_met", "rounded_to")


def run(full: bool) -> list[Result]:
    """Everything, sections, standards, crossing groups and the file, through the whole of WSGI in one process."""
    communities = COMMUNITIES if full else QUICK
    count = 60 if full else 15
    with installation():
        from benchmarks.ground import network  # models are ready only inside an installation
        from communitas.kit.addresses import path_of

        made = network.make("large", communities=communities, criteria=CRITERIA)
        _release_cells(made)
        visitor = signed_in(made.lead, application())
        here = path_of("large", "benchmarking:explorer", made.enrolment.community_id)
        times = {wish: times_of(visitor, f"{here}?{wish}", count=count) for wish in _wishes(made)}
        slowest = max(times, key=lambda wish: p95(times[wish]))
        asked = queries_of(visitor, f"{here}?{slowest}")
    every = [took for each in times.values() for took in each]
    note = f"{communities:,} communities, {CYCLES} cycles, 150 standards, {len(times)} kinds of questions, {count} each"
    return [
        at_most("explorer, p95", p95(every), "ms", PAGE_MS, note),
        at_most("explorer, slowest question, p95", p95(times[slowest]), "ms", PAGE_MS, slowest or "no filter"),
        for_information("explorer, queries of the slowest", asked, "queries", "session and menu included"),
    ]


def _wishes(made: Any) -> list[str]:
    from communitas.standards.queries import edition_data

    sections = edition_data(made.edition).sections
    first, last = sections[0], sections[-1]
    asked: list[dict[str, str]] = [
        {},
        {"section": first.title},
        {"section": last.title, "group": "region:North"},
        {"section": first.title, "standard": first.criteria[0].code},
        {"section": last.title, "standard": last.criteria[-1].code, "group": "type × region:adult × South"},
        {"marks": "self", "group": "type × region:prison × East"},
        {"section": first.title, "format": "csv"},
    ]
    return [urlencode(each) for each in asked]


def _release_cells(made: Any) -> None:
    """A released cycle for each of ten years with cells for forty groups, and facts of some communities."""
    from benchmarks.ground.network import AT
    from communitas.benchmarking import actions
    from communitas.benchmarking.models import Release
    from communitas.cycles.models import Enrolment
    from communitas.standards.queries import edition_data
    from tests import factories

    chance = random.Random(7)
    data = edition_data(made.edition)
    keys = [criterion.key for criterion in data.criteria()]
    enrolments = [made.enrolment, *made.cycle.enrolments.exclude(pk=made.enrolment.pk).order_by("pk")[:OTHERS]]
    for year in range(CYCLES):
        opens_on = date(2016 + year, 9, 1)
        cycle = factories.make_cycle(
            made.network,
            made.edition,
            name=f"{2016 + year}",
            opens_on=opens_on,
            closes_on=opens_on + timedelta(days=364),
        )
        for each in enrolments:
            held = Enrolment.objects.create(
                cycle=cycle,
                community_id=each.community_id,
                edition=made.edition,
                service_type_id=each.service_type_id,
                community_name=each.community_name,
                region=each.region,
                stage="completed",
                enrolled_at=AT,
            )
            factories.make_facts(held, {(key, kind): chance.choice((2, 2, 2, 1, 0)) for key in keys for kind in _KINDS})
        release = Release.objects.create(
            cycle=cycle,
            state=Release.State.RELEASED,
            exact={},
            protected=_protected(data, chance),
            hash=f"{year:064}",
            code_version="0",
            frozen_at=AT,
            frozen_by=made.office,
            released_at=AT,
            released_by=made.office,
        )
        actions.cut_figures(release=release, by=None, at=AT)


_KINDS = ("self", "agreed")


def _protected(data: Any, chance: random.Random) -> dict[str, Any]:
    from communitas.benchmarking.rules.disclosure.parameters import Parameters

    types, regions = (
        ("adult", "prison", "addiction", "children", "learning"),
        ("North", "South", "East", "West", "Mid", ""),
    )
    groups = [("network", "", "", ""), *(("type", name, "network", "") for name in types)]
    groups += [("region", name, "network", "") for name in regions if name]
    groups += [("type × region", f"{a} × {b}", "type", a) for a in types for b in regions if b]
    subjects = [("overall", ""), *(("section", section.title) for section in data.sections)]
    codes = [("criterion", criterion.code) for criterion in data.criteria()]
    return {
        "algorithm": "1",
        "parameters": asdict(Parameters()),
        "parents": [list(group) for group in groups],
        "took_part": [[*group[:2], 100] for group in groups],
        "cells": [
            [kind, level, name, *group[:2], _value(chance)]
            for kind in _KINDS
            for level, name in (*codes, *subjects)
            for group in groups
        ],
        "spreads": [[*subject, *group[:2], 71, 60, 82] for subject in subjects for group in groups],
        "densities": [[*subject, *group[:2], list(_bins())] for subject in subjects for group in groups],
    }


def _value(chance: random.Random) -> dict[str, Any]:
    met = chance.randint(30, 95)
    if met < 36:
        return {"hidden": True}
    if met > 93:
        return {"almost_all": "met", "all_but_at_most": 3}
    return dict(zip(_SHOWN, (met, (100 - met) // 2, 100 - met - (100 - met) // 2, 1), strict=True))


def _bins() -> Iterator[list[int]]:
    for low, high, percent in ((0, 40, 5), (40, 50, 10), (50, 60, 15), (60, 70, 20), (70, 80, 25), (80, 100, 25)):
        yield [low, high, percent]
