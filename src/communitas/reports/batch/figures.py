"""The national figures as JSON: exact for the office, protected for everyone."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Group
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, Subject
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease, as_plain
from communitas.benchmarking.rules.figures import BothCounts, GroupFigures, NationalFigures
from communitas.reports.rules.documents.national_parts import Audience, rough_number
from communitas.standards.rules.edition import Edition

OFFICE_WORDS = "For the office only: exact figures. Not for passing on."
PUBLIC_WORDS = "Protected figures. Where a figure could tell how a single community did, it is hidden."


def counts(c: Counts) -> dict[str, int | float | None]:
    """C of the exchange format: n is scored and applicable, percent_met is 100 x met / n, unrounded, or null."""
    return {
        "n": c.n,
        "met": c.met,
        "partly_met": c.partly_met,
        "not_met": c.not_met,
        "not_applicable": c.not_applicable,
        "not_scored": c.not_scored,
        "percent_met": c.percent_met,
    }


def head(*, network: str, cycle: str, edition: Edition, dated_on: date, audience: Audience) -> dict[str, Any]:
    """What a file of figures says about itself."""
    return {
        "audience": audience,
        "notice": OFFICE_WORDS if audience == "office" else PUBLIC_WORDS,
        "network": network,
        "cycle": cycle,
        "date": dated_on.isoformat(),
        "edition": {"title": edition.title, "number": edition.number},
    }


def office_figures(figures: NationalFigures) -> dict[str, Any]:
    """Criteria and sections over the whole network, then the same for each service type and region."""
    return {
        "communities": figures.network.communities,
        "overall": _both(figures.network.overall),
        "criteria": [
            {"code": row.code, "section": row.section, "level": int(row.level), **_both(row.counts)}
            for row in figures.network.criteria
        ],
        "sections": _sections(figures.network),
        "groups": [
            {
                "dimension": group.group.dimension,
                "name": group.group.name,
                "communities": group.communities,
                "overall": _both(group.overall),
                "criteria": [{"code": row.code, **_both(row.counts)} for row in group.criteria],
                "sections": _sections(group),
            }
            for group in figures.groups[1:]
        ],
    }


def public_figures(edition: Edition, release: ProtectedRelease, took_part: Mapping[Group, int]) -> dict[str, Any]:
    """The same shape, read from protected cells alone. Numbers of communities are rounded words."""

    def cells(subject: Subject, group: Group) -> dict[str, Any] | None:
        own, agreed = (release.values.get(CellKey(kind, subject, group)) for kind in KINDS)
        return {"self": as_plain(own), "agreed": as_plain(agreed)} if own and agreed else None

    def of_group(group: Group, number: int) -> dict[str, Any]:
        """Cells that were not declared for this dimension are not there: nobody computed them."""
        criteria = [
            {"code": criterion.code, "section": section.title, "level": int(criterion.level), **found}
            for section in edition.sections
            for criterion in section.criteria
            if (found := cells(Subject("criterion", criterion.code), group))
        ]
        sections = [
            {"title": section.title, **found}
            for section in edition.sections
            if (found := cells(Subject("section", section.title), group))
        ]
        found = {"communities": rough_number(number), "overall": cells(OVERALL, group)}
        return found | {name: rows for name, rows in (("criteria", criteria), ("sections", sections)) if rows}

    groups = [
        {"dimension": group.dimension, "name": group.name, **of_group(group, number)}
        for group, number in took_part.items()
        if group != NETWORK
    ]
    return of_group(NETWORK, took_part[NETWORK]) | {"groups": groups}


def to_json(data: Mapping[str, Any]) -> bytes:
    """Readable, in the order given, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _both(both: BothCounts) -> dict[str, Any]:
    return {"self": counts(both.self_review), "agreed": counts(both.agreed)}


def _sections(group: GroupFigures) -> list[dict[str, Any]]:
    return [{"title": row.title, **_both(row.counts)} for row in group.sections]
