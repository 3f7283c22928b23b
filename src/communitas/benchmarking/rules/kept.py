"""National figures as they are kept: plain JSON, from which the same figures are read again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import rfc8785

from communitas.benchmarking.rules.changes import ChangeFigures, CriterionChange
from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Cohort, Group
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.courses import Course
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells, Subject
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.release import Audit, ProtectedRelease, as_plain
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Hidden, Percent, Protected, Quarters
from communitas.benchmarking.rules.figure import Figure
from communitas.benchmarking.rules.figures import (
    BothCounts,
    CriterionFigures,
    GroupFigures,
    NationalFigures,
    SectionFigures,
    least_met,
    most_met,
    total,
)
from communitas.benchmarking.rules.lineage import Lineage, Trend
from communitas.benchmarking.rules.paired import Paired
from communitas.benchmarking.rules.peers import distribution, ground
from communitas.benchmarking.rules.statistics.values import Interval
from communitas.standards.rules.edition import Edition

LISTED: Final = 10
SMALL: Final = 10  # below, the number of communities is not said
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Protection:
    """What everybody may see of a cycle, as it was frozen.

    `took_part` holds rounded numbers, 5 for any below ten; `spreads` the middle of the communities' shares where it
    may be shown.
    """

    release: ProtectedRelease
    took_part: Mapping[Group, int]
    spreads: Mapping[tuple[Subject, Group], Quarters]
    densities: Mapping[tuple[Subject, Group], tuple[Bin, ...]]

    def value(self, key: CellKey) -> Protected:
        """A cell, hidden when it was never declared."""
        return self.release.values.get(key, HIDDEN)

    def spread(self, subject: Subject, group: Group) -> Quarters | Hidden:
        """The middle of a group's shares."""
        return self.spreads.get((subject, group), HIDDEN)


@dataclass(frozen=True, slots=True)
class KeptChange:
    """The exact change since an earlier cycle. For the office."""

    since: str
    figures: ChangeFigures


@dataclass(frozen=True, slots=True)
class KeptStatistics:
    """Agreement over the network, and the course of each criterion over `reviews`, oldest first. For the office.

    `made` says how the likely ranges were made.
    """

    agreement: tuple[Figure, ...] = ()
    made: str = ""
    reviews: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()


def plain_hash(data: Mapping[str, Any]) -> str:
    """sha256 of the canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(data))).hexdigest()


def exact_plain(
    figures: NationalFigures, change: KeptChange | None = None, statistics: KeptStatistics | None = None
) -> Plain:
    """The counts of every criterion in every group; everything else is their sum."""
    groups = [
        {
            "dimension": each.group.dimension,
            "name": each.group.name,
            "communities": each.communities,
            **{kind: {row.code: _counts(row.counts.of(kind)) for row in each.criteria} for kind in KINDS},
        }
        for each in figures.groups
    ]
    plain: Plain = {"groups": groups, "change": _change_plain(change) if change else None}
    if statistics is None:
        return plain
    return plain | {"statistics": json.loads(json.dumps(asdict(statistics)))}  # tuples become the lists that are kept


def exact_figures(data: Mapping[str, Any], edition: Edition) -> NationalFigures:
    """The national figures that `exact_plain` kept, in the same edition."""
    groups = tuple(_group(row, edition) for row in data["groups"])
    network = groups[0].criteria
    return NationalFigures(groups, most_met(network, listed=LISTED), least_met(network, listed=LISTED))


def exact_change(data: Mapping[str, Any]) -> KeptChange | None:
    """The change that `exact_plain` kept; None where there was no cycle to compare with."""
    kept = data.get("change")
    if not kept:
        return None
    rows = tuple(
        CriterionChange(
            Lineage(row["kind"], tuple(row["earlier"]), tuple(row["later"]), row["same_meaning"]),
            Paired(*row["pairs"]),
        )
        for row in kept["criteria"]
    )
    overall = Trend(Paired(*kept["equivalent_only"]), Paired(*kept["comparable"]))
    return KeptChange(kept["since"], ChangeFigures(kept["communities"], rows, overall))


def exact_statistics(data: Mapping[str, Any]) -> KeptStatistics:
    """The statistics that `exact_plain` kept; the first releases have none."""
    kept = data.get("statistics")
    if not kept:
        return KeptStatistics()
    return KeptStatistics(
        tuple(_figure(row) for row in kept["agreement"]),
        kept["made"],
        tuple(kept["reviews"]),
        tuple(_course(row) for row in kept["courses"]),
    )


def protected_plain(cohort: Cohort, cells: Cells, release: ProtectedRelease) -> Plain:
    """The protected cells, and nothing that was not protected."""
    took_part = {declared.group: len(declared.members) for declared in cells.groups}
    spreads = [
        [*_subject(subject), *_name(declared.group), found.median, found.lower, found.upper]
        for subject in cells.subjects()
        if subject.level != "criterion"
        for declared in cells.groups
        if isinstance(found := distribution(cells, release, subject, declared.group), Quarters)
    ]
    densities = [
        [*_subject(subject), *_name(NETWORK), [[each.low, each.high, each.percent] for each in bins]]
        for subject in cells.subjects()
        if not isinstance(bins := ground(cells, release, subject), Hidden)
    ]
    return {
        "algorithm": release.algorithm,
        "parameters": asdict(release.parameters),
        "parents": [
            [*_name(group), *(_name(parent) if parent else ("", ""))] for group, parent in release.parents.items()
        ],
        "cells": [
            [key.kind, *_subject(key.subject), *_name(key.group), as_plain(value)]
            for key, value in release.values.items()
        ],
        "took_part": [[*_name(group), rough(number)] for group, number in took_part.items()],
        "spreads": spreads,
        "densities": densities,
    }


def protection(data: Mapping[str, Any]) -> Protection:
    """What `protected_plain` kept. Its audit is empty: that of the release stays with the office."""
    values = {
        CellKey(kind, Subject(level, name), Group(dimension, group)): _value(value)
        for kind, level, name, dimension, group, value in data["cells"]
    }
    parents = {
        Group(dimension, name): Group(above, parent) if above else None
        for dimension, name, above, parent in data["parents"]
    }
    nothing = Audit(len(values), 0, 0, 0, 0, ())
    release = ProtectedRelease(values, parents, Parameters(**data["parameters"]), nothing, data["algorithm"])
    return Protection(
        release,
        {Group(dimension, name): number for dimension, name, number in data["took_part"]},
        {
            (Subject(level, name), Group(dimension, group)): Quarters(median, lower, upper)
            for level, name, dimension, group, median, lower, upper in data["spreads"]
        },
        {
            (Subject(level, name), Group(dimension, group)): tuple(Bin(*each) for each in bins)
            for level, name, dimension, group, bins in data.get("densities", ())  # not kept in the first releases
        },
    )


def rough(communities: int) -> int:
    """A number of communities rounded to fives, halves up; any number below ten is 5."""
    return 5 * ((communities * 2 + 5) // 10) if communities >= SMALL else 5


def _figure(row: Mapping[str, Any]) -> Figure:
    interval = row["interval"]
    return Figure(**{**row, "interval": Interval(**interval) if interval else None})


def _course(row: Mapping[str, Any]) -> Course:
    fields: dict[str, Any] = {name: tuple(kept) if isinstance(kept, list) else kept for name, kept in row.items()}
    return Course(**fields)


def _group(row: Mapping[str, Any], edition: Edition) -> GroupFigures:
    criteria: list[CriterionFigures] = []
    sections: list[SectionFigures] = []
    for section in edition.sections:
        found = [
            CriterionFigures(
                criterion.code,
                section.title,
                criterion.level,
                criterion.statement,
                BothCounts(Counts(*row["self"][criterion.code]), Counts(*row["agreed"][criterion.code])),
            )
            for criterion in section.criteria
        ]
        criteria += found
        sections.append(SectionFigures(section.title, total(each.counts for each in found)))
    overall = total(section.counts for section in sections)
    group = Group(row["dimension"], row["name"])
    return GroupFigures(group, row["communities"], tuple(criteria), tuple(sections), overall)


def _change_plain(change: KeptChange) -> Plain:
    figures = change.figures
    return {
        "since": change.since,
        "communities": figures.communities,
        "criteria": [
            {
                "kind": row.lineage.kind,
                "earlier": list(row.lineage.earlier),
                "later": list(row.lineage.later),
                "same_meaning": row.lineage.same_meaning,
                "pairs": _pairs(row.pairs),
            }
            for row in figures.criteria
        ],
        "equivalent_only": _pairs(figures.overall.equivalent_only),
        "comparable": _pairs(figures.overall.comparable),
    }


def _counts(counts: Counts) -> list[int]:
    return [counts.met, counts.partly_met, counts.not_met, counts.not_applicable, counts.not_scored]


def _pairs(pairs: Paired) -> list[int]:
    return [pairs.both, pairs.first_only, pairs.second_only, pairs.neither]


def _subject(subject: Subject) -> tuple[str, str]:
    return subject.level, subject.name


def _name(group: Group) -> tuple[str, str]:
    return group.dimension, group.name


def _value(plain: Mapping[str, Any]) -> Protected:
    if "almost_all" in plain:
        return AlmostAll(plain["almost_all"], plain["all_but_at_most"])
    if "percent_met" in plain:
        return Percent(plain["percent_met"], plain["percent_partly_met"], plain["percent_not_met"], plain["rounded_to"])
    return HIDDEN
