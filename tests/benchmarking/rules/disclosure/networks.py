"""Small lattices by hand and synthetic networks by seed."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

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


def with_regions(cells: Cells, seed: int, *, regions: int = 3) -> Cells:
    """The same network with regions of very different size, which cross its types."""
    chance = random.Random(seed)
    of = [min(int(chance.paretovariate(1.1)) - 1, regions - 1) for _ in cells.operators]
    more = [
        DeclaredGroup(
            Group("region", str(region)), frozenset(i for i, each in enumerate(of) if each == region), NETWORK
        )
        for region in sorted(set(of))
    ]
    return replace(cells, groups=(*cells.groups, *more))


def history(seed: int, *, communities: int, cycles: int = 4, types: int = 3, regions: int = 0) -> list[Cells]:
    """A network over several cycles with churn: some leave, join or change their type, most marks stay."""
    chance = random.Random(seed)
    known = [_Service(chance, types) for _ in range(communities)]
    titles = [(f"Section {s}", tuple(f"{s}.{c}" for c in range(3))) for s in range(2)]
    ease = {code: chance.choice((2.6, 1.9, 0.9)) for _, codes in titles for code in codes}
    found = []
    for cycle in range(cycles):
        if cycle:
            known = [each for each in known if chance.random() > 0.08]
            known += [_Service(chance, types) for _ in range(round(communities * chance.uniform(0, 0.16)))]
            for each in known:
                each.moves_on(chance, types)
        for each in known:
            each.answers(chance, ease)
        cells = _cells(known, titles)
        found.append(with_regions(cells, seed, regions=regions) if regions else cells)
    return found


class _Service:
    """One community of a history."""

    def __init__(self, chance: random.Random, types: int) -> None:
        self.type = min(int(chance.paretovariate(1.1)) - 1, types - 1)
        self.quality = chance.gauss(0, 0.5)
        self.operator = f"operator {chance.randrange(10_000)}"
        self.marks: dict[str, int | None] = {}

    def moves_on(self, chance: random.Random, types: int) -> None:
        if chance.random() < 0.03:
            self.type = chance.randrange(types)

    def answers(self, chance: random.Random, ease: Mapping[str, float]) -> None:
        for code, each in ease.items():
            if code not in self.marks or chance.random() > 0.8:
                self.marks[code] = _mark(chance, each + self.quality)


def _cells(known: Sequence[_Service], titles: Sequence[tuple[str, tuple[str, ...]]]) -> Cells:
    groups = [DeclaredGroup(NETWORK, frozenset(range(len(known))), None)]
    for service in sorted({each.type for each in known}):
        members = frozenset(i for i, each in enumerate(known) if each.type == service)
        groups.append(DeclaredGroup(Group("type", str(service)), members, NETWORK))
    return Cells(
        operators=tuple(each.operator for each in known),
        groups=tuple(groups),
        sections=tuple(titles),
        marks={("agreed", code): tuple(each.marks[code] for each in known) for _, codes in titles for code in codes},
        kinds=("agreed",),
    )


def _mark(chance: random.Random, strength: float) -> int | None:
    if chance.random() < 0.045:
        return None
    if chance.random() < 1 / (1 + math.exp(-strength)):
        return 2
    return 1 if chance.random() < 0.7 else 0
