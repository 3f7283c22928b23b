"""What may be published for a cycle, what it would have given last time, and who stands in each group."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from communitas.benchmarking.models import FactSet, Lattice, Release
from communitas.benchmarking.queries.cohorts import community_of, scores_of
from communitas.benchmarking.queries.counting import parameters_of
from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.declared import Declaration, from_plain, groups_of, lay
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells, Subject
from communitas.benchmarking.rules.disclosure.protect import gather, protect
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Hidden
from communitas.cycles.models import Cycle
from communitas.members.models import Community, Network


@dataclass(frozen=True, slots=True)
class GroupSize:
    """One group of a declaration with the number of communities enrolled in it now."""

    group: Group
    communities: int


def signed(cycle: Cycle) -> int:
    """How many communities of the cycle have signed or imported scores."""
    return FactSet.objects.filter(enrolment__cycle=cycle, current=True).count()


def lattice_of(cycle: Cycle) -> Lattice | None:
    """What the office declared, or what was locked; None where neither has happened."""
    found = Lattice.objects.select_related("declared_by", "locked_by", "cycle__network__tenant")
    return found.filter(cycle=cycle).first()


def codes_of(network: Network) -> dict[str, str]:
    """The code of each community of the network by its code in small letters."""
    return {code.lower(): code for code in Community.objects.filter(network=network).values_list("code", flat=True)}


def sizes_now(cycle: Cycle, declaration: Declaration) -> list[GroupSize]:
    """The groups of a declaration, counted from those who are enrolled and still take part."""
    enrolments = cycle.enrolments.exclude(stage__in=("withdrawn", "closed", "merged"))
    rows = list(enrolments.select_related("community", "service_type", "organisation").order_by("pk"))
    communities = [community_of(each) for each in rows]
    return [GroupSize(each.group, len(each.members)) for each in groups_of(communities, declaration)]


def trial_of(lattice: Lattice, *, say: Callable[[str], None]) -> dict[str, Any]:
    """What these cells would have published of the last cycle with scores, with exact numbers for the office."""
    say(_("Reading the scores"))
    cycle = lattice.cycle
    last = _last_with_scores(cycle)
    if last is None:
        return {"cycle": "", "tables": [], "groups": []}
    declaration = from_plain(lattice.declared)
    cells = lay(scores_of(last).cohort, declaration)
    say(_("Protecting small groups"))
    release = protect(cells, parameters_of(cycle.network))
    return {"cycle": last.name, "tables": _tables(release), "groups": list(_groups(cells, release))}


def _last_with_scores(cycle: Cycle) -> Cycle | None:
    """The latest cycle before with released figures, which is whole; else the latest with any scores."""
    before = Cycle.objects.filter(network=cycle.network, opens_on__lt=cycle.opens_on)
    found = before.filter(enrolments__fact_sets__current=True).select_related("network__tenant", "edition").distinct()
    ordered = found.order_by("-opens_on")
    return ordered.filter(releases__state=Release.State.RELEASED).first() or ordered.first()


def _tables(release: ProtectedRelease) -> list[dict[str, Any]]:
    shown: Counter[tuple[str, str]] = Counter()
    banded: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for key, value in release.values.items():
        place = key.group.dimension, key.subject.level
        total[place] += 1
        shown[place] += not isinstance(value, Hidden)
        banded[place] += isinstance(value, AlmostAll)
    return [
        {
            "table": table,
            "level": level,
            "cells": total[table, level],
            "shown": shown[table, level],
            "banded": banded[table, level],
        }
        for table, level in total
    ]


def _groups(cells: Cells, release: ProtectedRelease) -> Iterable[dict[str, Any]]:
    overall = Subject("overall")
    by_group: dict[Group, Counter[str]] = {}
    for key, value in release.values.items():
        if key.kind == "agreed" and not isinstance(value, Hidden):
            by_group.setdefault(key.group, Counter())[key.subject.level] += 1
    for declared in cells.groups:
        found = by_group.get(declared.group, Counter())
        met, answered = _exact(cells, declared.group, overall)
        yield {
            "dimension": declared.group.dimension,
            "name": declared.group.name,
            "communities": len(declared.members),
            "met": met,
            "answered": answered,
            "overall": found["overall"],
            "sections": found["section"],
            "criteria": found["criterion"],
        }


def _exact(cells: Cells, group: Group, subject: Subject) -> tuple[int, int]:
    totals = gather(cells, CellKey("agreed", subject, group)).totals
    return totals[2], sum(totals)
