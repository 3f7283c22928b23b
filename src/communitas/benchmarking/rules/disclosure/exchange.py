"""Could it have been otherwise? A mark is safe when enough exchanges of marks would leave all published sums alike.

This is the step that stands for the rank test and the bounds of linear programming. Both ask what equations alone
determine. An exchange is stronger: it is another network of whole marks with the same published figures, and there
must be one more of them, sharing no community, than the number of communities that may pool what they know. In
particular no union of up to `colluders + 1` answers is then determined, since an exchange inside such a union needs a
partner in it.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from communitas.benchmarking.rules.disclosure.equations import Block, Part

_Corners = tuple[int, int, int]  # who can stand in the other three blocks of a square
_Chances = tuple[int, list[tuple[int, list[_Corners]]]]


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


class _Table:
    """The blocks of a part by signature, and by each equation they stand in."""

    def __init__(self, part: Part, colluders: int) -> None:
        self.nested = part.nested
        self.colluders = colluders
        self.by_signature = {block.signature: block for block in part.blocks}
        self.partners: dict[tuple[int, int], int] = {}
        self.chances: dict[tuple[int, int], _Chances] = {}
        self.everyone = 0
        self.by_equation: dict[int, list[Block]] = {0: list(part.blocks)}
        for block in part.blocks:
            self.everyone |= block.communities
            for equation in _bits(block.signature):
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
            or all(self._has_exchanges(block, mark, taken=others | target, wanted=wanted) for target in _bits(targets))
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
            ((equation, self._partners(equation, mark)) for equation in _bits(block.signature)),
            key=lambda pair: (pair[1].bit_count(), pair[0]),
        )
        chances: list[tuple[int, list[_Corners]]] = []
        for across, squares in groupby(self._squares(block, scarce, mark), key=itemgetter(0)):
            corners = [
                (across.by_mark[other], down.by_mark[other], corner.by_mark[mark])
                for _, down, corner in squares
                for other in (mark - 1, mark - 2)
                if across.by_mark[other] and down.by_mark[other] and corner.by_mark[mark]
            ]
            if corners:
                chances.append((across.others(mark), corners))
        return partners, chances

    def _partners(self, equation: int, mark: int) -> int:
        found = self.partners.get((equation, mark))
        if found is None:
            found = 0
            for block in self.by_equation[equation]:
                found |= block.others(mark)
            self.partners[equation, mark] = found
        return found

    def _squares(self, block: Block, scarce: int, mark: int) -> Iterator[tuple[Block, Block, Block]]:
        """Three blocks that make a square with this one: what one side adds to the sums, the other takes away.

        The first of them has somebody with another mark.
        """
        for across in self.by_equation[scarce]:
            if across is block or not across.others(mark):
                continue
            gained = block.signature & ~across.signature
            lost = across.signature & ~block.signature
            for down in self.by_equation[_lowest(gained)]:
                if down is block or down.signature & gained != gained or down.signature & lost:
                    continue
                corner = self.by_signature.get(down.signature & ~gained | lost)
                if corner is not None:
                    yield across, down, corner


def _pick(bits: int, *, avoid: int) -> int:
    return _lowest(bits & ~avoid) or _lowest(bits)


def _lowest(bits: int) -> int:
    return bits & -bits


def _bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = _lowest(bits)
        yield lowest
        bits ^= lowest
