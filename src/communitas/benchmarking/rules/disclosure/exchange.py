"""Could it have been otherwise? A mark is safe when enough exchanges of marks would leave all published sums alike.

This is the step that stands for the rank test and the bounds of linear programming. Both ask what equations alone
determine. An exchange is stronger: it is another network of whole marks with the same published figures, and there
must be one more of them, sharing no community, than the number of communities that may pool what they know. In
particular no union of up to `colluders + 1` answers is then determined, since an exchange inside such a union needs a
partner in it.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

from communitas.benchmarking.rules.disclosure.equations import Block, Part, bits_of

_Item = TypeVar("_Item")
_Corners = tuple[int, int, int]  # who can stand in the other three blocks of a square


def unsafe_blocks(part: Part, *, colluders: int, smallest: int, spared: int = 0) -> Iterator[Block]:
    """The blocks of a part in which somebody's mark, or a group below `smallest`, could be worked out.

    `spared` are blocks, as bits by their position in the part, that need no check.
    """
    table = _Table(part, colluders)
    for position, block in enumerate(part.blocks):
        if spared >> position & 1:
            continue
        too_small = part.nested and block.communities.bit_count() < smallest
        if too_small or not all(table.is_safe(block, mark) for mark in range(3)):
            yield block


class _Remembered(Generic[_Item]):
    """An iterator that can be gone through again: it looks no farther than somebody once asked."""

    __slots__ = ("_found", "_rest")

    def __init__(self, source: Iterator[_Item]) -> None:
        self._found: list[_Item] = []
        self._rest = source

    def __iter__(self) -> Iterator[_Item]:
        yield from self._found
        for item in self._rest:
            self._found.append(item)
            yield item


_Chances = tuple[int, _Remembered[tuple[int, _Remembered[_Corners]]]]


class _Table:
    """The blocks of a part by signature, and by each equation they stand in."""

    def __init__(self, part: Part, colluders: int) -> None:
        self.nested = part.nested
        self.colluders = colluders
        self.by_signature = {block.signature: block for block in part.blocks}
        self.partners: dict[tuple[int, int], int] = {}
        self.chances: dict[tuple[int, int], _Chances] = {}
        self.rests: dict[int, dict[int, Block]] = {}
        self.sides: dict[tuple[int, int], list[tuple[Block, Block]]] = {}
        self.everyone = 0
        self.by_equation: dict[int, list[Block]] = {0: list(part.blocks)}
        for block in part.blocks:
            self.everyone |= block.communities
            for equation in bits_of(block.signature):
                self.by_equation.setdefault(equation, []).append(block)

    def is_safe(self, block: Block, mark: int) -> bool:
        """Whether everyone who gave only this mark here could as well have given another."""
        targets = block.only(mark)  # those with several marks in a block can exchange their own
        others = block.others(mark)
        wanted = self.colluders + 1 - others.bit_count()
        if not targets or wanted <= 0:
            return True
        if self.nested:
            return False
        # Two quick ways that serve all targets at once: without any of them, or with one exchange to spare.
        return (
            self._has_exchanges(block, mark, taken=others | targets, wanted=wanted)
            or self._has_exchanges(block, mark, taken=others, wanted=wanted + 1)
            or all(
                self._has_exchanges(block, mark, taken=others | target, wanted=wanted) for target in bits_of(targets)
            )
        )

    def _has_exchanges(self, block: Block, mark: int, *, taken: int, wanted: int) -> bool:
        """Find exchanges over four blocks: two opposite corners give `mark`, the other two the same other mark.

        Each sum of the block must get back what it loses, so each exchange needs a partner in the sum that has fewest.
        The search starts from these, and keeps them for this use.
        """
        found = self.chances.get((block.signature, mark))
        if found is None:
            found = self.chances[block.signature, mark] = self._chances(block, mark)
        partners, chances = found
        free = self.everyone & ~taken
        if (partners & free).bit_count() < wanted:
            return False
        for anybody, corners in chances:
            if not anybody & free:
                continue
            for across, down, corner in corners:
                while first := across & free:
                    first &= -first
                    second = _pick(down & free & ~first, avoid=partners)
                    third = _pick(corner & free & ~first & ~second, avoid=partners) if second else 0
                    if not third:
                        break
                    free &= ~(first | second | third)
                    wanted -= 1
                    if not wanted:
                        return True
                    if (partners & free).bit_count() < wanted:
                        return False
        return False

    def _chances(self, block: Block, mark: int) -> _Chances:
        """Whoever can be a partner in the scarcest sum; for each block in it who could, and the corners that fit."""
        scarce, partners = min(
            ((equation, self._partners(equation, mark)) for equation in bits_of(block.signature)),
            key=lambda pair: (pair[1].bit_count(), pair[0]),
        )
        return partners, _Remembered(self._across(block, scarce, mark))

    def _across(self, block: Block, scarce: int, mark: int) -> Iterator[tuple[int, _Remembered[_Corners]]]:
        """Each block in the scarcest sum with somebody who gave another mark, and the corners that fit."""
        for across in self.by_equation[scarce]:
            if across is not block and (anybody := across.others(mark)):
                yield anybody, _Remembered(self._corners(block, across, mark))

    def _corners(self, block: Block, across: Block, mark: int) -> Iterator[_Corners]:
        """Who could stand in the other three blocks of a square: what one side adds to sums, the other takes away."""
        gained = block.signature & ~across.signature
        lost = across.signature & ~block.signature
        others = [other for other in (mark - 1, mark - 2) if across.by_mark[other]]
        for down, corner in self._sides(gained, lost):
            if down is not block and corner.by_mark[mark]:
                for other in others:
                    if down.by_mark[other]:
                        yield across.by_mark[other], down.by_mark[other], corner.by_mark[mark]

    def _sides(self, gained: int, lost: int) -> list[tuple[Block, Block]]:
        """The blocks that stand in the equations `gained`, each with the one that stands in `lost` instead."""
        found = self.sides.get((gained, lost))
        if found is None:
            those = self._rests(lost)
            found = [(down, those[rest]) for rest, down in self._rests(gained).items() if rest in those]
            self.sides[gained, lost] = found
        return found

    def _rests(self, equations: int) -> dict[int, Block]:
        """The blocks that stand in all of these equations, by what else they stand in."""
        found = self.rests.get(equations)
        if found is None:
            found = self.rests[equations] = {
                block.signature ^ equations: block
                for block in self.by_equation[_lowest(equations)]
                if block.signature & equations == equations
            }
        return found

    def _partners(self, equation: int, mark: int) -> int:
        found = self.partners.get((equation, mark))
        if found is None:
            found = 0
            for block in self.by_equation[equation]:
                found |= block.others(mark)
            self.partners[equation, mark] = found
        return found


def _pick(bits: int, *, avoid: int) -> int:
    return _lowest(bits & ~avoid) or _lowest(bits)


def _lowest(bits: int) -> int:
    return bits & -bits
