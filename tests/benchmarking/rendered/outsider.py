"""From what files claim to what an attacker knows; and whether that gives anybody away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import ceil, floor

from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent, Protected
from communitas.benchmarking.rules.facts import ScoreKind
from tests.benchmarking.rendered.claims import MARKS, Almost, Bins, Claim, Middle, Share, TookPart
from tests.benchmarking.rendered.files import percents_of
from tests.benchmarking.rendered.markup import words_of
from tests.benchmarking.rendered.publishing import Published
from tests.benchmarking.rules.disclosure.attacker import Attacker, Sum

VALUE = {"not_met": 0, "partly_met": 1, "met": 2}
NEAR = 1e-6


def attackers(published: Published, *, few: int) -> Iterator[tuple[str, Attacker]]:
    """One for each cycle and kind of score, who knows what all files together claim of it."""
    for cycle, cells in published.cells.items():
        for kind in cells.kinds:
            claims = [each for each in published.claims if not isinstance(each, TookPart) and each.cycle == cycle]
            yield f"{cycle}, {kind}", _attacker(cells, kind, claims, few=few)


def _attacker(cells: Cells, kind: ScoreKind, claims: Iterable[Claim], *, few: int) -> Attacker:
    own = [each for each in claims if not isinstance(each, TookPart) and each.cell.kind == kind]
    found: defaultdict[tuple[CellKey, str], set[float]] = defaultdict(set)
    for claim in own:
        if isinstance(claim, Share):
            found[claim.cell, claim.mark].add(claim.percent)
    steps = {
        each.cell: each.rounded_to
        for each in own
        if isinstance(each, Share) and each.source == "package" and each.rounded_to
    }
    values: dict[CellKey, Protected] = {
        each.cell: AlmostAll(each.mark, each.few)  # type: ignore[arg-type]  # one of the three
        for each in own
        if isinstance(each, Almost)
    }
    sums = [known for claim in own for known in _of_spread(cells, claim, steps)]
    for cell, step in steps.items():
        if all(len(found[cell, mark]) == 1 for mark in MARKS):
            met, partly, not_met = (int(next(iter(found[cell, mark]))) for mark in MARKS)
            values[cell] = Percent(met, partly, not_met, int(step))
    for (cell, mark), percents in found.items():
        if cell not in values:
            sums += [_share(cells, cell, mark, each, steps.get(cell, 1), percents) for each in percents]
    return Attacker(cells, values, few=few, kind=kind, sums=sums)


def _of_spread(cells: Cells, claim: Claim, steps: Mapping[CellKey, float]) -> Iterator[Sum]:
    if isinstance(claim, Middle):
        yield from _middle(cells, claim, steps.get(claim.cell, 5))
    elif isinstance(claim, Bins):
        yield from _bins(cells, claim)


def disagreements(claims: Iterable[Claim]) -> dict[tuple[str, CellKey, str], dict[float, set[str]]]:
    """Cells of which two files give different figures, however slightly."""
    found: defaultdict[tuple[str, CellKey, str], defaultdict[float, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        if isinstance(claim, Share):
            found[claim.cycle, claim.cell, claim.mark][claim.percent].add(claim.source)
        elif isinstance(claim, Middle):
            found[claim.cycle, claim.cell, f"middle {claim.share}"][claim.percent].add(claim.source)
        elif isinstance(claim, Almost):
            found[claim.cycle, claim.cell, "band"][claim.few].add(claim.source)
    return {key: dict(each) for key, each in found.items() if len(each) > 1}


def members_of(cells: Cells, group: Group) -> frozenset[int]:
    """Who stands in a declared group."""
    return next(each.members for each in cells.groups if each.group == group)


def _answered(cells: Cells, cell: CellKey) -> dict[int, int]:
    """How many answers each contributor of a cell gave."""
    codes = cells.criteria_of(cell.subject)
    rows = [cells.marks[cell.kind, code] for code in codes]
    counts = {i: sum(row[i] is not None for row in rows) for i in sorted(members_of(cells, cell.group))}
    return {i: number for i, number in counts.items() if number}


def _share(cells: Cells, cell: CellKey, mark: str, percent: float, step: float, all_of_it: set[float]) -> Sum:
    """Where files differ, each is as fine as it is printed."""
    half = (step if len(all_of_it) == 1 else 1) / 2 + NEAR
    n = sum(_answered(cells, cell).values())
    return Sum(
        cells.criteria_of(cell.subject),
        members_of(cells, cell.group),
        (VALUE[mark],),
        ceil(n * (percent - half) / 100 - NEAR),
        floor(n * (percent + half) / 100 + NEAR),
    )


def _middle(cells: Cells, claim: Middle, step: float) -> Iterator[Sum]:
    """So many communities meet at least this share, and so many at most; quantiles are of type 7."""
    answered = _answered(cells, claim.cell)
    where = (len(answered) - 1) * claim.share
    yield from _at_least(cells, claim.cell, len(answered) - ceil(where - NEAR), claim.percent - step / 2 - NEAR)
    yield from _at_most(cells, claim.cell, floor(where + NEAR) + 1, claim.percent + step / 2 + NEAR)


def _bins(cells: Cells, claim: Bins) -> Iterator[Sum]:
    """How many communities lie above each lower edge, and below each upper one."""
    n = len(_answered(cells, claim.cell))
    least = [max(ceil(n * (share - 2.5) / 100 - NEAR), 0) for _, _, share in claim.steps]
    for place, (low, high, _share_of) in enumerate(claim.steps):
        yield from _at_least(cells, claim.cell, sum(least[place:]), low - NEAR)
        if high < 100:
            yield from _at_most(cells, claim.cell, sum(least[: place + 1]), high - NEAR)


def _at_least(cells: Cells, cell: CellKey, number: int, percent: float) -> Iterator[Sum]:
    """`number` communities met at least this share: so many marks are met, even if those with fewest answers did."""
    yield from _of_some(cells, cell, number, percent, (2,))


def _at_most(cells: Cells, cell: CellKey, number: int, percent: float) -> Iterator[Sum]:
    """`number` communities met at most this share: so many marks are not."""
    yield from _of_some(cells, cell, number, 100 - percent, (0, 1))


def _of_some(cells: Cells, cell: CellKey, number: int, percent: float, marks: tuple[int, ...]) -> Iterator[Sum]:
    answered = _answered(cells, cell)
    needed = sorted(max(ceil(each * percent / 100 - NEAR), 0) for each in answered.values())
    members, codes = members_of(cells, cell.group), cells.criteria_of(cell.subject)
    if number <= 0:
        return
    yield Sum(codes, members, marks, sum(needed[:number]), None)
    if all(max(ceil(each * percent / 100 - NEAR), 0) == each for each in answered.values()):
        for code in codes:  # all of what they answered, so on each criterion too
            row = cells.marks[cell.kind, code]
            silent = sum(row[i] is None for i in answered)
            yield Sum((code,), members, marks, max(number - silent, 0), None)


def people_below(claims: Iterable[Claim], smallest: int) -> list[str]:
    """Numbers of communities that are told below the smallest that may be."""
    told = sorted({each.words for each in claims if isinstance(each, TookPart) and each.words.startswith("about ")})
    return [words for words in told if int(words.removeprefix("about ")) < smallest]


def only_in_pdf(published: Published) -> dict[str, set[int]]:
    """Percentages that the PDF of a report built from blocks prints, and its page does not."""
    told = {cycle: percents_of(pdf) - percents_of(" ".join(words_of(page))) for cycle, pdf, page in published.pdf}
    return {cycle: more for cycle, more in told.items() if more}
