"""What communities wrote, coded by Cora and Cyrus; and the blocks of the national reports of both years."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from communitas.cycles.models import Cycle
from communitas.demo.network.founding import Hearth
from communitas.kit.exceptions import NotAllowed
from communitas.reports.actions import outlines as building
from communitas.reports.actions import quotes as quoting
from communitas.reports.actions import themes as coding
from communitas.reports.models import Quote, Remark
from communitas.reports.queries import outlines
from communitas.reports.queries.themes import remarks
from communitas.reports.rules.blocks import Block, PlanRow
from communitas.reports.rules.themes import Code
from communitas.reports.telling import leads_of

CODES: Final = (
    Code("", "Habits that hold", "Something is done so often that people would notice if it stopped.",
         "'We do this every week.'"),
    Code("", "It depends on a few", "Something rests on one or two people, or happens only when they are there.",
         "'It happens when the right people are on shift.'"),
    Code("", "Days and nights differ", "Evenings, nights or weekends are told apart from weekdays.",
         "'Good on weekdays, patchy at weekends.'"),
    Code("", "On paper", "There is a paper, a record or a plan, and it is compared with what is lived.",
         "'We have the paper but not yet the habit.'"),
)  # fmt: skip
WORDS: Final = {
    "t1": ("habit", "every week", "each time", "kept it going"),
    "t2": ("depend", "one member", "right people", "a few people"),
    "t3": ("night", "weekend", "weekday", "daytime"),
    "t4": ("paper", "record", "written", "plan"),
}
MOST: Final = 26  # comments of each theme that are coded
LAST_SHORT: Final = (
    "Read the first pages together; the rest is there to look things up. No community is named or ranked. "
    "Where others found a way, it stands beside what is met least often."
)
BEFORE: Final = (
    PlanRow("Bring new community leads together in their first half-year", "done", "Two mornings, with 14 new leads."),
    PlanRow("Write a short guide to house meetings", "under_way", "A draft was tried out in three communities."),
)
NEXT: Final = (
    PlanRow("Make leaving well the theme of the annual forum"),
    PlanRow("Ask night staff what would help them, and share it"),
    PlanRow("Pair communities that do well with the least met standards with those that do not yet"),
)
ABOUT_HABITS: Final = "Where something works, people say that it has become a habit and that members keep it going."
ABOUT_FEW: Final = "Good practice often rests on one or two people. When they leave, it goes with them."


def build_last_report(hearth: Hearth, cycle: Cycle, at: datetime) -> None:
    """Last year's report: themes coded by two, one of them quoted, and its blocks."""
    _take_in(hearth, cycle, at)
    for code in CODES:
        coding.put_code(cycle=cycle, code=code, by=hearth.cora, at=at)
    for number, (key, remark) in enumerate(_chosen(cycle)):
        _code(hearth, remark, key, at, differs=number % 9 == 4)
    _quote(hearth, cycle, "t1", at, agree=True)
    any(_quote(hearth, cycle, key, at, agree=False, community="Lark House") for key in WORDS)
    building.begin_outline(cycle=cycle, by=hearth.cora, at=at)
    _add(hearth, cycle, Block("", "text", "How to read this report", LAST_SHORT), at, after="top")
    ids = {block.choice: block.id for block in outlines.blocks_of(outlines.outline_of(cycle))}
    _add(hearth, cycle, Block("", "theme", "", ABOUT_FEW, "t2"), at, after=ids["5"])
    _add(hearth, cycle, Block("", "theme", "", ABOUT_HABITS, "t1"), at, after=ids["5"])
    chance = Block("", "figure", "How far communities differ", choice="funnel")
    _add(hearth, cycle, chance, at, after=ids["spread"])
    _add(hearth, cycle, Block("", "outcomes", "What became of last year's actions", rows=BEFORE), at)
    _add(hearth, cycle, Block("", "plans", "What the network will do", rows=NEXT), at)


def begin_this_report(hearth: Hearth, cycle: Cycle, at: datetime) -> None:
    """This year's report is begun with last year's blocks, and a few comments are coded."""
    _take_in(hearth, cycle, at)
    coding.begin_codebook(cycle=cycle, by=hearth.cora, at=at)
    for number, (key, remark) in enumerate(_chosen(cycle)):
        if number % 2 == 0:
            _code(hearth, remark, key, at, differs=number % 10 == 0, settles=False)
        else:
            coding.code_remark(remark=remark, codes=[key], by=hearth.cora, at=at)
    building.begin_outline(cycle=cycle, by=hearth.cora, at=at)
    blocks = outlines.blocks_of(outlines.outline_of(cycle))
    for block in blocks:
        if block.kind == "outcomes":
            done = PlanRow(block.rows[0].text, "under_way", "The forum has three workshops about it.")
            rows = (done, *block.rows[1:])
            changed = Block(block.id, "outcomes", block.heading, rows=rows)
            building.change_block(cycle=cycle, block=changed, by=hearth.cyrus, at=at)


def _take_in(hearth: Hearth, cycle: Cycle, at: datetime) -> None:
    coding.take_in_remarks(cycle=cycle, by=hearth.cora, at=at)


def _chosen(cycle: Cycle) -> Iterator[tuple[str, Remark]]:
    """For each theme some comments that hold its words, from as many communities as there are."""
    rows = list(remarks().filter(cycle=cycle))
    used: set[int] = set()
    for key, words in WORDS.items():
        found = [row for row in rows if row.pk not in used and any(word in row.text.casefold() for word in words)]
        seen: dict[int, int] = {}
        turns = []
        for row in found:
            seen[row.enrolment_id] = seen.get(row.enrolment_id, 0) + 1
            turns.append((seen[row.enrolment_id], row.pk, row))
        for _turn, pk, row in sorted(turns, key=lambda each: each[:2])[:MOST]:
            used.add(pk)
            yield key, row


def _code(hearth: Hearth, remark: Remark, key: str, at: datetime, *, differs: bool, settles: bool = True) -> None:
    coding.code_remark(remark=remark, codes=[key], by=hearth.cora, at=at)
    coding.code_remark(remark=remark, codes=[] if differs else [key], by=hearth.cyrus, at=at + timedelta(days=1))
    if differs and settles:
        reason = "We read it aloud: this is what it is about."
        coding.settle_remark(remark=remark, codes=[key], reason=reason, by=hearth.cora, at=at + timedelta(days=2))


def _quote(hearth: Hearth, cycle: Cycle, key: str, at: datetime, *, agree: bool, community: str = "") -> bool:
    """Ask for the first comment that names nobody; False where there is none. With `agree` it may then be quoted."""
    mine: dict[str, Any] = {"enrolment__community_name": community} if community else {}
    for remark in remarks().filter(cycle=cycle, themes__contains=f"|{key}|", **mine):
        try:
            quote = quoting.propose_quote(remark=remark, code=key, text=remark.text[:400], by=hearth.cora, at=at)
        except NotAllowed:
            continue
        if agree:
            _agree(hearth, quote, at)
        return True
    return False


def _agree(hearth: Hearth, quote: Quote, at: datetime) -> None:
    lead = leads_of(quote.remark.enrolment, at)[0]
    quoting.consent_to_quote(quote=quote, by=lead, at=at + timedelta(hours=3))
    for reader in (hearth.cyrus, hearth.dee):
        quoting.pass_quote(quote=quote, by=reader, at=at + timedelta(hours=5))


def _add(hearth: Hearth, cycle: Cycle, block: Block, at: datetime, *, after: str = "") -> None:
    building.add_block(cycle=cycle, block=block, after=after, by=hearth.cora, at=at)
