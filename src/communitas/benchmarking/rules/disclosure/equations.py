"""What a reader of the published cells knows: sums of marks over sets of answers, brought to their simplest form.

Sets of communities are the bits of whole numbers, so that a difference of two sets costs one operation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells, Subject
from communitas.benchmarking.rules.facts import ScoreKind


@dataclass(frozen=True, slots=True)
class Equation:
    """A published cell less all published cells it contains: per criterion, whose answers are still summed in it."""

    key: CellKey
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Answers that stand in exactly the same equations, so that no sum tells them apart.

    `signature` has a bit for each equation of the part; `by_mark[m]` holds the communities that gave mark m here.
    """

    signature: int
    by_mark: tuple[int, int, int]

    @property
    def communities(self) -> int:
        """Everyone who gave an answer in this block."""
        return self.by_mark[0] | self.by_mark[1] | self.by_mark[2]

    def others(self, mark: int) -> int:
        """Those who gave some other mark."""
        return self.by_mark[mark - 1] | self.by_mark[mark - 2]  # negative positions count from the end

    def only(self, mark: int) -> int:
        """Those who gave this mark here and no other."""
        return self.by_mark[mark] & ~self.others(mark)


@dataclass(frozen=True, slots=True)
class Part:
    """Equations that share answers, directly or through others, with the blocks they cut these answers into."""

    equations: tuple[Equation, ...]
    blocks: tuple[Block, ...]
    nested: bool  # any two equations are apart or one within the other: each block is then a known sum


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The true marks of one kind of score as bits: `marks[criterion][m]` and `members[group]`."""

    kind: ScoreKind
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    marks: Mapping[str, tuple[int, int, int]]
    members: Mapping[Group, int]

    def valid(self, criterion: str) -> int:
        """Everyone with a valid mark."""
        first, second, third = self.marks[criterion]
        return first | second | third

    def equations(self, published: Iterable[CellKey]) -> list[Equation]:
        """The published cells of this kind in simplest form; those that add nothing to smaller ones are left out."""
        shown = {key for key in published if key.kind == self.kind}
        found = (Equation(key, self._rest(key, shown)) for key in sorted(shown))
        return [equation for equation in found if equation.parts]

    def _rest(self, key: CellKey, shown: set[CellKey]) -> dict[str, int]:
        def is_shown(subject: Subject) -> bool:
            return CellKey(key.kind, subject, key.group) in shown

        level, name = key.subject.level, key.subject.name
        if level == "criterion":
            codes: Sequence[str] = (name,)
        else:
            codes = [
                code
                for title, inside in self.sections
                if (title == name if level == "section" else not is_shown(Subject("section", title)))
                for code in inside
                if not is_shown(Subject("criterion", code))
            ]
        group = self.members[key.group]
        return {code: bits for code in codes if (bits := self.valid(code) & group)}

    def part(self, equations: tuple[Equation, ...]) -> Part:
        """Equations that are `connected`, and the blocks into which they cut the answers."""
        touching: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for position, equation in enumerate(equations):
            for code, bits in equation.parts.items():
                touching[code].append((1 << position, bits))
        blocks: dict[int, list[int]] = {}
        for code, cuts in touching.items():
            marks = self.marks[code]
            for signature, bits in divide(self.valid(code), cuts).items():
                by_mark = blocks.setdefault(signature, [0, 0, 0])
                for mark in range(3):
                    by_mark[mark] |= marks[mark] & bits
        return Part(
            equations,
            tuple(Block(signature, (row[0], row[1], row[2])) for signature, row in sorted(blocks.items())),
            nested=_is_nested(blocks, len(equations)),
        )


def divide(everyone: int, cuts: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Divide a set by the sets that cut it: signature to members, without those that no cut touches."""
    pieces = {0: everyone}
    for bit, inside in cuts:
        finer: dict[int, int] = {}
        for signature, members in pieces.items():
            if within := members & inside:
                finer[signature | bit] = within
            if without := members & ~inside:
                finer[signature] = without
        pieces = finer
    pieces.pop(0, None)
    return pieces


def connected(equations: Sequence[Equation]) -> list[tuple[Equation, ...]]:
    """Group the equations that share answers, in the order of their first equation."""
    leader = list(range(len(equations)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    by_criterion: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, equation in enumerate(equations):
        for code, bits in equation.parts.items():
            for j, seen in by_criterion[code]:
                if bits & seen:
                    low, high = sorted((find(i), find(j)))
                    leader[high] = low
            by_criterion[code].append((i, bits))
    parts: defaultdict[int, list[Equation]] = defaultdict(list)
    for i, equation in enumerate(equations):
        parts[find(i)].append(equation)
    return [tuple(part) for part in parts.values()]


def _is_nested(signatures: Iterable[int], equations: int) -> bool:
    inside = [0] * equations  # for each equation, the blocks in it as bits
    for position, signature in enumerate(signatures):
        for bit in bits_of(signature):
            inside[bit.bit_length() - 1] |= 1 << position
    return all(
        not (first & second) or not (first & ~second) or not (second & ~first)
        for i, first in enumerate(inside)
        for second in inside[:i]
    )


def bits_of(bits: int) -> Iterator[int]:
    """Each bit of a whole number by itself, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest


def knowledge(cells: Cells, kind: ScoreKind) -> Knowledge:
    """The marks and groups of a lattice as bits."""
    marks: dict[str, tuple[int, int, int]] = {}
    for _, codes in cells.sections:
        for code in codes:
            found = [0, 0, 0]
            for i, mark in enumerate(cells.marks[kind, code]):
                if mark is not None:
                    found[mark] |= 1 << i
            marks[code] = (found[0], found[1], found[2])
    members = {declared.group: sum(1 << i for i in declared.members) for declared in cells.groups}
    return Knowledge(kind, cells.sections, marks, members)
