"""Small lattices by hand and synthetic networks by seed."""

import math
import random
from collections.abc import Mapping, Sequence

from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells, DeclaredGroup, Subject

CRITERION = Subject("criterion", "1.1")
SECTION = Subject("section", "Care")


def one_criterion(
    marks: Sequence[int | None],
    groups: Mapping[Group, Sequence[int]] | None = None,
    *,
    operators: Sequence[str] | None = None,
) -> Cells:
    """A lattice of a single criterion, agreed scores only; `groups` lists members by position."""
    return section({"1.1": marks}, groups, operators=operators)


def section(
    marks: Mapping[str, Sequence[int | None]],
    groups: Mapping[Group, Sequence[int]] | None = None,
    *,
    operators: Sequence[str] | None = None,
) -> Cells:
    """A lattice of one section."""
    size = len(next(iter(marks.values())))
    declared = [DeclaredGroup(NETWORK, frozenset(range(size)), None)]
    declared += [DeclaredGroup(group, frozenset(members), NETWORK) for group, members in (groups or {}).items()]
    return Cells(
        operators=tuple(operators or (f"operator {i}" for i in range(size))),
        groups=tuple(declared),
        sections=(("Care", tuple(marks)),),
        marks={("agreed", code): tuple(row) for code, row in marks.items()},
        kinds=("agreed",),
    )


def key(subject: Subject, group: Group = NETWORK) -> CellKey:
    """The agreed cell."""
    return CellKey("agreed", subject, group)


def synthetic(
    seed: int, *, communities: int, sections: int = 2, criteria: int = 4, types: int = 3, even: bool = False
) -> Cells:
    """A network as they are: types of very different size unless `even`, mostly met, some not applicable."""
    chance = random.Random(seed)
    kinds_of_service = [
        i % types if even else min(int(chance.paretovariate(1.1)) - 1, types - 1) for i in range(communities)
    ]
    groups = [DeclaredGroup(NETWORK, frozenset(range(communities)), None)]
    for service in sorted(set(kinds_of_service)):
        members = frozenset(i for i in range(communities) if kinds_of_service[i] == service)
        groups.append(DeclaredGroup(Group("type", str(service)), members, NETWORK))
    quality = [chance.gauss(0, 0.5) for _ in range(communities)]
    titles = [(f"Section {s}", tuple(f"{s}.{c}" for c in range(criteria))) for s in range(sections)]
    marks = {}
    for _, codes in titles:
        for code in codes:
            ease = chance.choice((2.6, 1.9, 0.9))
            for kind in KINDS:
                marks[kind, code] = tuple(_mark(chance, ease + each) for each in quality)
    operators = tuple(f"operator {i // 2}" for i in range(communities))
    return Cells(operators, tuple(groups), tuple(titles), marks)


def _mark(chance: random.Random, strength: float) -> int | None:
    if chance.random() < 0.045:
        return None
    if chance.random() < 1 / (1 + math.exp(-strength)):
        return 2
    return 1 if chance.random() < 0.7 else 0
