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
MOST_OF_A_SECTION: Final = 6
Read = Callable[[Subject], Protected]


@rule
def since(
    cycle: str, *, now: Edition, then: Edition, lineage: Iterable[Lineage], now_cell: Read, then_cell: Read
) -> SinceTold:
    """Everybody reads change from two released reports alone, and only where the criteria mean the same.

    A section is compared when each of its criteria descends from one of one earlier section, and none of that is left.
    Where it is not, those of its criteria that compare stand in its place. Both figures are protected cells that were
    published, of different reviews; nothing is computed from both.
    """
    same: dict[str, str] = {}
    fresh: set[str] = set()
    for group in lineage:
        if group.relation == "new":
            fresh.update(group.later)
        if group.relation == "equivalent" and len(group.earlier) == len(group.later) == 1:
            same[group.later[0]] = group.earlier[0]
    rows: list[Before] = []
    whole = 0
    for section in now.sections:
        older = _same_section(section, then, same)
        if older is not None:
            whole += 1
            subject = Subject("section", older.title)
            rows.append(_row(section.title, then_cell(subject), now_cell(Subject("section", section.title))))
            continue
        rows.append(Before(section.title, instead=BROKEN))
        rows.extend(_criteria(section, same, fresh, now_cell, then_cell))
    everything = whole == len(now.sections) == len(then.sections)
    last = (
        _row("All sections", then_cell(OVERALL), now_cell(OVERALL))
        if everything
        else Before("All sections", instead=BROKEN)
    )
    broken = sum(criterion.code not in same for section in now.sections for criterion in section.criteria)
    words = ""
    if broken:
        verb = "is" if broken == 1 else "are"
        words = f"{several(broken, 'criterion', 'criteria')} {verb} new or changed in meaning, and not compared."
    return SinceTold(cycle, (*rows, last), words)


def _same_section(section: Section, then: Edition, same: dict[str, str]) -> Section | None:
    """The earlier section of exactly the same criteria."""
    codes = {same.get(criterion.code, "") for criterion in section.criteria}
    for older in then.sections:
        if codes and codes == {criterion.code for criterion in older.criteria}:
            return older
    return None


def _criteria(
    section: Section, same: dict[str, str], fresh: set[str], now_cell: Read, then_cell: Read
) -> Iterator[Before]:
    """Those criteria of a broken section that compare and may be shown, then those at which the line breaks."""
    compared = [criterion for criterion in section.criteria if criterion.code in same]
    shown = 0
    for criterion in compared:
        before = then_cell(Subject("criterion", same[criterion.code]))
        after = now_cell(Subject("criterion", criterion.code))
        if isinstance(before, Percent) and isinstance(after, Percent) and shown < MOST_OF_A_SECTION:
            shown += 1
            yield _row(f"{criterion.code} {criterion.statement}", before, after)
    for criterion in section.criteria:
        if criterion.code not in same:
            words = NEW_WORDS if criterion.code in fresh else OTHER_WORDS
            yield Before(f"{criterion.code} {criterion.statement}", instead=words)


def _row(title: str, before: Protected, now: Protected) -> Before:
    if isinstance(before, Percent) and isinstance(now, Percent):
        return Before(title, before.met, now.met)
    return Before(title, instead=HIDDEN_WORDS)
