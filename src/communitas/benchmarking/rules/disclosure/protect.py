"""Disclosure control for one cycle: from the declared cells to a release that determines nobody's mark."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from communitas.benchmarking.rules.cohort import NETWORK, Dimension
from communitas.benchmarking.rules.disclosure.equations import Knowledge, Part, bits_of, connected, knowledge
from communitas.benchmarking.rules.disclosure.exchange import unsafe_blocks
from communitas.benchmarking.rules.disclosure.lattice import LEVEL_ORDER, CellKey, Cells, Subject
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.primary import (
    Answers,
    answers,
    is_steady,
    percentages,
    publishable,
)
from communitas.benchmarking.rules.disclosure.release import Audit, ProtectedRelease
from communitas.benchmarking.rules.disclosure.values import (
    HIDDEN,
    MARK_NAMES,
    AlmostAll,
    Hidden,
    Percent,
    Protected,
)
from communitas.kit.rulebook import rule

FLOORS = Parameters()


@rule
def protect(
    cells: Cells, parameters: Parameters = FLOORS, *, published: Mapping[CellKey, Protected] | None = None
) -> ProtectedRelease:
    """Nobody outside the office can work out another community's mark from what is published.

    Each cell is first judged alone (`primary`). Then cells are hidden, at each level those with the fewest communities
    first and the network's total last, until neither the difference of two groups nor any combination of cells tells
    too much, even to `parameters.colluders` communities that pool their own marks. The order of cells and hence the
    result depends on nothing but the input.

    `published` are values that are already known and cannot be taken back, such as those of last cycle when the
    communities of both cycles are added to it as a group: then only other cells are hidden, and what they cannot mend
    stands in the audit's failures.
    """
    gathered = {key: gather(cells, key) for key in cells.declared()}
    values: dict[CellKey, Protected] = {
        key: publishable(
            found,
            cells.operators,
            parameters,
            pooled=key.subject.level != "criterion" and not found.is_single,
        )
        for key, found in gathered.items()
    }
    fixed = dict(published or {})
    values.update((key, value) for key, value in fixed.items() if key in values)
    by_rule = sum(isinstance(value, Hidden) for value in values.values())
    for kind in cells.kinds:
        _Check(cells, knowledge(cells, kind), gathered, values, parameters, frozenset(fixed)).hide_until_safe()
    hidden = sum(isinstance(value, Hidden) for value in values.values())
    audit = Audit(
        cells=len(values),
        shown=len(values) - hidden,
        banded=sum(isinstance(value, AlmostAll) for value in values.values()),
        hidden_by_rule=by_rule,
        hidden_by_differencing=hidden - by_rule,
        failures=tuple(
            failure.why
            for kind in cells.kinds
            for failure in _Check(cells, knowledge(cells, kind), gathered, values, parameters).failures()
        ),
    )
    parents = {declared.group: declared.parent for declared in cells.groups}
    return ProtectedRelease(values, parents, parameters, audit)


def gather(cells: Cells, key: CellKey) -> Answers:
    """The valid answers of a declared cell."""
    members = next(declared.members for declared in cells.groups if declared.group == key.group)
    return answers((cells.marks[key.kind, code] for code in cells.criteria_of(key.subject)), members)


@dataclass(frozen=True, slots=True)
class _Failure:
    """Something that could be worked out, and the cells of which one must go."""

    why: str
    candidates: tuple[CellKey, ...]


# For each block that is not safe: the cells whose sums it stands in, and those of which one must go.
_Unsafe = tuple[tuple[tuple[CellKey, ...], tuple[CellKey, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Check:
    """One kind of score under control; `values` is changed in place as cells are hidden."""

    cells: Cells
    known: Knowledge
    gathered: dict[CellKey, Answers]
    values: dict[CellKey, Protected]
    parameters: Parameters
    fixed: frozenset[CellKey] = frozenset()
    looked_at: dict[tuple[object, ...], _Unsafe] = field(default_factory=dict)

    def hide_until_safe(self) -> None:
        """Hide one cell for each failure found, look again, and stop when nothing fails or nothing can be hidden."""
        while True:
            changed: set[CellKey] = set()
            for failure in self.failures():
                free = [key for key in failure.candidates if key not in self.fixed]
                if free and changed.isdisjoint(failure.candidates):
                    changed.add(min(free, key=self._order))
            if not changed:
                return
            for key in changed:
                self.values[key] = self._coarser(key)

    def _coarser(self, key: CellKey) -> Protected:
        """Whole fives instead of whole numbers where these give nothing away; otherwise the cell is hidden."""
        value, step = self.values[key], self.parameters.rounding
        fine = isinstance(value, Percent) and value.rounded_to < step
        if fine and is_steady(self.gathered[key], step):
            return percentages(self.gathered[key], step)
        return HIDDEN

    def _order(self, key: CellKey) -> tuple[bool, bool, int, int, CellKey]:
        """Which cell goes first: of a crossing breakdown, then the finer level, then the one with fewest communities.

        Criteria before sections keeps half as many sections again readable in networks with regions. The network's
        totals go last.
        """
        n = self.gathered[key].communities
        crossing = key.group.dimension not in self.cells.by_criterion
        level = 0 if self.gathered[key].is_single else LEVEL_ORDER[key.subject.level]
        return (key.group == NETWORK, not crossing, level, n, key)

    def failures(self) -> Iterator[_Failure]:
        """Everything that fails at this moment."""
        shown = [
            key for key, value in self.values.items() if key.kind == self.known.kind and not isinstance(value, Hidden)
        ]
        yield from self._small_differences(shown)
        sums = [key for key in shown if not self._is_steady(key)]
        slack = [key for key in sums if self._has_slack(key)]
        loose = set(slack)
        yield from self._worked_out([key for key in sums if key not in loose], slack=[])
        yield from self._worked_out(sums, slack=slack)

    def _is_steady(self, key: CellKey) -> bool:
        value = self.values[key]
        return isinstance(value, Percent) and is_steady(self.gathered[key], value.rounded_to)

    def _has_slack(self, key: CellKey) -> bool:
        """Whether a band holds fewer exceptions than it may, so that it fixes no sum."""
        value = self.values[key]
        if not isinstance(value, AlmostAll):
            return False
        return self.gathered[key].exceptions(MARK_NAMES.index(value.mark)) < value.at_most

    def _small_differences(self, shown: list[CellKey]) -> Iterator[_Failure]:
        by_subject: dict[Subject, list[tuple[CellKey, int]]] = {}
        for key in shown:
            bits = sum(1 << i for i in self.gathered[key].by_community)
            by_subject.setdefault(key.subject, []).append((key, bits))
        for cells in by_subject.values():
            for key, bits in cells:
                for other, seen in cells:
                    if 1 <= (bits & ~seen).bit_count() < self.parameters.communities:
                        yield _Failure(f"{_name(key)} less {_name(other)} is a small group", (key, other))

    def _worked_out(self, published: list[CellKey], *, slack: list[CellKey]) -> Iterator[_Failure]:
        """What sums determine. Answers inside a band with slack are spared: its own sum is not really known.

        Equations that are still the same as in an earlier look fail, or not, as they did then.
        """
        loose, known = set(slack), set(published)
        for equations in connected(self.known.equations(published)):
            same = tuple((each.key, each.key in loose, *each.parts.items()) for each in equations)
            found = self.looked_at.get(same)
            if found is None:
                found = self.looked_at[same] = self._within(self.known.part(equations), loose)
            for sums, candidates in found:
                inside = self._inside_of(sums, known)
                yield _Failure(f"marks within {_name(candidates[0])} can be worked out", (*candidates, *inside))

    def _within(self, part: Part, loose: set[CellKey]) -> _Unsafe:
        signatures = frozenset(block.signature for block in part.blocks)
        unsafe = unsafe_blocks(
            part,
            colluders=self.parameters.colluders,
            smallest=self.parameters.communities,
            spared=self._inside(part, loose),
        )
        return tuple(
            (
                tuple(part.equations[bit.bit_length() - 1].key for bit in bits_of(block.signature)),
                _candidates(part, block.signature, signatures, self.cells.by_criterion),
            )
            for block in unsafe
        )

    def _inside_of(self, sums: tuple[CellKey, ...], published: set[CellKey]) -> Iterator[CellKey]:
        """The cells that were taken from pooled cells: without one, more is left in the sum.

        So a section stays when a single standard of it is for few communities, and one more standard goes.
        """
        for key in sums:
            if key.subject.level == "criterion":
                continue
            for code in self.cells.criteria_of(key.subject):
                inside = CellKey(key.kind, Subject("criterion", code), key.group)
                if inside in published:
                    yield inside

    def _inside(self, part: Part, loose: set[CellKey]) -> int:
        bits = sum(1 << i for i, equation in enumerate(part.equations) if equation.key in loose)
        return sum(1 << i for i, block in enumerate(part.blocks) if block.signature & bits)


def _candidates(
    part: Part, signature: int, blocks: Collection[int], by_criterion: Collection[Dimension]
) -> tuple[CellKey, ...]:
    """The cells of which one must go to join a block with others.

    Best are those without which the block has the same signature as another one, and those of a breakdown that
    crosses the criteria's own. Where the network's totals alone
    would do that, all cells around the block are named too, so that a total goes last.
    """
    direct = [
        i
        for i, equation in enumerate(part.equations)
        if signature ^ (1 << i) in blocks
        or signature == 1 << i
        or (signature >> i & 1 and equation.key.group.dimension not in by_criterion)
    ]
    if all(part.equations[i].key.group == NETWORK for i in direct):
        near = 0
        for other in blocks:
            if other & signature:
                near |= other
        direct = [i for i in range(len(part.equations)) if near >> i & 1]
    return tuple(part.equations[i].key for i in direct)


def _name(key: CellKey) -> str:
    return " ".join(filter(None, (key.kind, key.subject.level, key.subject.name, *_group(key))))


def _group(key: CellKey) -> tuple[str, ...]:
    return (key.group.dimension, key.group.name)
