"""Change between two released reports, along lineage: what may be compared, and where the line breaks and why."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import Percent, Protected
from communitas.benchmarking.rules.lineage import Lineage
from communitas.kit.rulebook import rule
from communitas.reports.rules.documents.national_parts import HIDDEN_WORDS
from communitas.reports.rules.documents.shares import several
from communitas.reports.rules.documents.told import Before, SinceTold
from communitas.standards.rules.edition import Edition, Section

BROKEN: Final = "criteria changed: not compared"
OTHER_WORDS: Final = "changed in meaning: not compared"
NEW_WORDS: Final = "new: not compared"
MOST_CRITERIA: Final = 12  # of all broken sections together, so that the drawing fits a page
Read = Callable[[Subject], Protected]


@rule
def since(
    cycle: str, *, now: Edition, then: Edition, lineage: Iterable[Lineage], now_cell: Read, then_cell: Read
) -> SinceTold:
    """Everybody reads change from two released reports alone, and only where the criteria mean the same.

    A section is compared when each of its criteria descends from one of one earlier section, and none of that is left.
    Where it is not, some of its criteria that compare stand below it. Both figures are protected cells that were
    published, of different reviews; nothing is computed from both.
    """
    same: dict[str, str] = {}
    fresh: set[str] = set()
    for group in lineage:
        if group.relation == "new":
            fresh.update(group.later)
        if group.relation == "equivalent" and len(group.earlier) == len(group.later) == 1:
            same[group.later[0]] = group.earlier[0]
    sections = [(section, _same_section(section, then, same)) for section in now.sections]
    broken_sections = sum(older is None for _section, older in sections)
    each = max(MOST_CRITERIA // max(broken_sections, 1), 1)
    rows: list[Before] = []
    for section, older in sections:
        if older is None:
            rows.append(Before(section.title, instead=BROKEN))
            rows.extend(list(_compared(section, same, now_cell, then_cell))[:each])
        else:
            before = then_cell(Subject("section", older.title))
            rows.append(_row(section.title, before, now_cell(Subject("section", section.title))))
    whole = len(sections) - broken_sections
    everything = whole == len(now.sections) == len(then.sections)
    last = (
        _row("All sections", then_cell(OVERALL), now_cell(OVERALL))
        if everything
        else Before("All sections", instead=BROKEN)
    )
    lost = tuple(
        Before(f"{criterion.code} {criterion.statement}", instead=NEW_WORDS if criterion.code in fresh else OTHER_WORDS)
        for criterion in now.criteria()
        if criterion.code not in same
    )
    words = ""
    if lost:
        verb = "is" if len(lost) == 1 else "are"
        words = f"{several(len(lost), 'criterion', 'criteria')} {verb} new or changed in meaning, and not compared."
    return SinceTold(cycle, (*rows, last), words, lost)


def _same_section(section: Section, then: Edition, same: dict[str, str]) -> Section | None:
    """The earlier section of exactly the same criteria."""
    codes = {same.get(criterion.code, "") for criterion in section.criteria}
    for older in then.sections:
        if codes and codes == {criterion.code for criterion in older.criteria}:
            return older
    return None


def _compared(section: Section, same: dict[str, str], now_cell: Read, then_cell: Read) -> Iterator[Before]:
    """Those criteria of a broken section that compare and may be shown both times."""
    for criterion in section.criteria:
        if criterion.code in same:
            before = then_cell(Subject("criterion", same[criterion.code]))
            after = now_cell(Subject("criterion", criterion.code))
            if isinstance(before, Percent) and isinstance(after, Percent):
                yield _row(f"{criterion.code} {criterion.statement}", before, after)


def _row(title: str, before: Protected, now: Protected) -> Before:
    if isinstance(before, Percent) and isinstance(now, Percent):
        return Before(title, before.met, now.met)
    return Before(title, instead=HIDDEN_WORDS)
