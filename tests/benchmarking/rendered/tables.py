"""The tables of the pages, each known by its header and caption."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from communitas.benchmarking.rules.cohort import NETWORK
from communitas.benchmarking.rules.disclosure.lattice import OVERALL
from tests.benchmarking.rendered.claims import (
    MARKS,
    Bins,
    Claim,
    Middle,
    Page,
    Share,
    TookPart,
    Unread,
    has_number,
    parts,
)
from tests.benchmarking.rendered.markup import Table

Reader = Callable[[Table, Page], Iterator[Claim]]
THREE = ("met", "partly met", "not met")
WHOLE = "The whole network"


def read_table(table: Table, page: Page) -> list[Claim]:
    """Everything that a table claims. Unread where it holds numbers and is of no kind that we know."""
    for header, caption, reader in KINDS:
        if _fits(header, table.header) and re.search(caption, table.caption):
            return list(reader(table, page))
    if any(has_number(cell) for row in table.rows for cell in row):
        raise Unread(f"{page.source}: a table of {table.header}, {table.caption!r}")
    return []


def _fits(wanted: tuple[str, ...], header: tuple[str, ...]) -> bool:
    if wanted[-1] == "...":
        return header[: len(wanted) - 1] == wanted[:-1]
    return len(wanted) == len(header) and all(each in ("*", found) for each, found in zip(wanted, header, strict=True))


def _took_part(table: Table, page: Page) -> Iterator[Claim]:
    for name, number, met in table.rows:
        group = NETWORK if name == "All" else page.names.group(name)
        if not re.fullmatch(r"about \d*[05]|fewer than 10", number):
            raise Unread(f"{page.source}: {number!r} communities")
        yield TookPart(group, number)
        yield from page.says(page.cell(OVERALL, group), met)


def _of_network(table: Table, page: Page) -> Iterator[Claim]:
    """One column of figures, or one for each mark, over the whole network."""
    for label, *figures in table.rows:
        yield from _marks(page, page.cell(page.names.subject(label), NETWORK), figures)


def _marks(page: Page, cell: object, figures: list[str]) -> Iterator[Claim]:
    """Figures for each mark, or words in place of all of them."""
    for mark, text in zip(MARKS, figures, strict=False):
        yield from page.says(cell, text, mark)  # type: ignore[arg-type]  # made by `Page.cell`


def _both_sides(table: Table, page: Page) -> Iterator[Claim]:
    for label, own, agreed, gap in table.rows:
        subject = page.names.subject(label)
        yield from page.says(page.cell(subject, NETWORK, "self"), own)
        yield from page.says(page.cell(subject, NETWORK, "agreed"), agreed)
        _is_difference(gap, own, agreed, page)


def _is_difference(gap: str, first: str, second: str, page: Page) -> None:
    """A printed difference says no more than the two figures beside it."""
    if not has_number(gap):
        return
    numbers = [re.fullmatch(r"(\d+)%", each) for each in (first, second)]
    found = re.fullmatch(r"([+−])(\d+) points?", gap)
    if found is None:
        list(page.says(page.cell(OVERALL, NETWORK), gap))
    elif not (numbers[0] and numbers[1]) or int(numbers[1][1]) - int(numbers[0][1]) != int(
        found[0].split()[0].replace("−", "-")
    ):
        raise Unread(f"{page.source}: {gap} between {first} and {second}")


def _by_groups(table: Table, page: Page) -> Iterator[Claim]:
    """One row for each group, over everything."""
    for name, met in table.rows:
        yield from page.says(page.cell(OVERALL, page.names.group(name)), met)


def _crossed(table: Table, page: Page) -> Iterator[Claim]:
    """Sections down, groups across."""
    for label, *figures in table.rows:
        for name, met in zip(table.header[1:], figures, strict=True):
            yield from page.says(page.cell(page.names.subject(label), page.names.group(name)), met)


def _every(table: Table, page: Page) -> Iterator[Claim]:
    for label, *figures, own in table.rows:
        subject = page.names.subject(label)
        yield from _marks(page, page.cell(subject, NETWORK), figures)
        yield from page.says(page.cell(subject, NETWORK, "self"), own)


def _one_cell(table: Table, page: Page) -> Iterator[Claim]:
    """How the marks of one subject are spread, in groups."""
    title = table.caption.removesuffix(": how the agreed marks are spread")
    subject = page.subject if table.header[0] == "Group" else page.names.subject(title)
    for name, *figures in table.rows:
        group = NETWORK if name == WHOLE else page.names.group(name)
        yield from _marks(page, page.cell(subject, group), figures)


def _strip(table: Table, page: Page) -> Iterator[Claim]:
    """The own mark of each section beside lower quarter, median and upper quarter."""
    for row in table.rows:
        label, group = page.names.placed(row[0], page.group)
        cell = page.cell(page.names.subject(label), group, "agreed")
        for share, text in zip((0.25, 0.5, 0.75), row[-3:], strict=True):
            yield from _middle(cell, share, text, page)


def _middle(cell: object, share: float, text: str, page: Page) -> Iterator[Claim]:
    for claim in page.says(cell, text):  # type: ignore[arg-type]  # made by `Page.cell`
        if isinstance(claim, Share):
            yield Middle(claim.cell, share, claim.percent, claim.source, claim.cycle)


def _density(table: Table, page: Page) -> Iterator[Claim]:
    of_groups = table.header[0] == "Group"
    for label, _own, _likely, median, half, bins in table.rows:
        subject = page.subject if of_groups else page.names.subject(label)
        group = page.names.group(label) if of_groups else NETWORK
        cell = page.cell(subject, group, "agreed")
        yield from _middle(cell, 0.5, median, page)
        if found := re.fullmatch(r"(\d+) to (\d+)%", half):
            yield from _middle(cell, 0.25, f"{found[1]}%", page)
            yield from _middle(cell, 0.75, f"{found[2]}%", page)
        elif half != "–":
            raise Unread(half)
        if bins != "–":
            steps = [re.fullmatch(r"(\d+) to (\d+)%: (\d+)%", each) for each in bins.split("; ")]
            if None in steps:
                raise Unread(bins)
            yield Bins(cell, tuple((int(s[1]), int(s[2]), int(s[3])) for s in steps if s), page.source, page.cycle)


def _funnel(table: Table, page: Page) -> Iterator[Claim]:
    """The group's share and its bins; the limits follow from the share and a number of scores alone."""
    group, steps = NETWORK, []
    for what, figure in table.rows:
        if what.endswith(" together"):
            group = NETWORK if what == f"{WHOLE} together" else page.names.group(what)
            yield from page.says(page.cell(page.subject, group), figure)
        elif found := re.fullmatch(r"Communities from (\d+) to (\d+)%", what):
            steps.append((int(found[1]), int(found[2]), int(figure.removesuffix("%"))))
        elif what not in (*page.own, "Compared with what is usual") and not re.fullmatch(
            r"(19 in 20|998 in 1,000) by chance, \d+ scored", what
        ):
            raise Unread(f"{page.source}: {what}")
    if steps:
        yield Bins(page.cell(page.subject, group), tuple(steps), page.source, page.cycle)


def _change(table: Table, page: Page) -> Iterator[Claim]:
    """Two cycles side by side: each column is claimed of the cycle it names."""
    _first, before, now, _difference = table.header
    page = replace(page, source=f"{page.source}, change")
    for label, then, here, gap in table.rows:
        cell = page.cell(page.names.subject(label), NETWORK)
        yield from page.says(cell, then, cycle=before)
        yield from page.says(cell, here, cycle=now)
        _is_difference(gap, then, here, page)


def _trend(table: Table, page: Page) -> Iterator[Claim]:
    group = page.names.group(table.header[1])
    for cycle, figure, _own, _compared in table.rows:
        yield from page.says(page.cell(page.subject, group), figure, cycle=cycle)


def _standards(table: Table, page: Page) -> Iterator[Claim]:
    for row in table.rows:
        label, group = page.names.placed(row[0], page.group)
        yield from _marks(page, page.cell(page.names.subject(label), group), list(row[1:]))


def _behind(table: Table, page: Page) -> Iterator[Claim]:
    for label, figure, _own in table.rows:
        text, below = parts(figure)
        group = page.names.group(below) if below else page.names.group(table.header[1])
        yield from page.says(page.cell(page.names.subject(label), group), text)


def _own_criteria(table: Table, page: Page) -> Iterator[Claim]:
    for label, figure, _own in table.rows:
        yield from page.says(page.cell(page.names.subject(label), NETWORK), figure)


KINDS: tuple[tuple[tuple[str, ...], str, Reader], ...] = (
    (("Type of service", "Communities", "Met, over all sections"), "", _took_part),
    (("Section", "met"), "agreed with the review teams", _of_network),
    (("Criterion", "met"), "", _of_network),
    (("Section", *THREE), "How the agreed marks are spread", _of_network),
    (("Section", "self-review", "agreed", "Difference"), "", _both_sides),
    (("Type of service", "met"), "", _by_groups),
    (("Region", "met"), "", _by_groups),
    (("Section", "..."), "^Sections by (type of service|region): met", _crossed),
    (("Criterion", "Met", "Partly met", "Not met", "Self-review: met"), "", _every),
    (("Communities", *THREE), "", _one_cell),
    (("Group", *THREE), "^How the marks are spread in", _one_cell),
    (("Standard", *THREE), "^The standards of this section", _standards),
    (("Section", "*", "Last cycle", "Lower quarter", "Median", "Upper quarter"), "", _strip),
    (("Section", "*", "Likely range", "Last cycle", "Lower quarter", "Median", "Upper quarter"), "", _strip),
    (("Section", "*", "Likely range", "Median", "Middle half", "Share of communities"), "", _density),
    (("Group", "*", "Likely range", "Median", "Middle half", "Share of communities"), "", _density),
    (("What", "Figure"), "", _funnel),
    (("Section", "*", "*", "Difference"), "^Met in .* and in ", _change),
    (("Cycle", "*", "*", "Compared with the cycle before"), "", _trend),
    (("Section", "*", "Own"), "", _behind),
    (("Standard", "*", "Own"), "", _behind),
    (("Criterion", "All communities", "Us"), "", _own_criteria),
)
