"""A whole page as an outsider reads it: tables, sentences, drawings with the lengths of their bars, hidden strings."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.benchmarking.rendered.claims import Claim, Page, Share, Unread
from tests.benchmarking.rendered.markup import Drawing, take_apart
from tests.benchmarking.rendered.sentences import read_sentence, read_summary
from tests.benchmarking.rendered.tables import read_table

AXIS = {"0", "25", "50", "75", "100", "19", "20", "998", "1", "000"}
UNIT = "standards that were scored"


def read_page(content: str, page: Page) -> list[Claim]:
    """Everything that a page claims of communities. Unread where a number stands in it that nobody understands."""
    sheet = take_apart(content)
    claims = [claim for table in sheet.tables for claim in read_table(table, page)]
    drawn = {each.called for each in sheet.drawings} | {_summary(each) for each in sheet.drawings}
    for text in dict.fromkeys(sheet.sentences):
        if text not in drawn:  # the words below a drawing are those of its name, which is read with its table
            claims += read_sentence(text, page)
    for drawing in sheet.drawings:
        claims += _drawn(drawing, page)
    return claims


def _summary(drawing: Drawing) -> str:
    """Its name without its title."""
    return drawing.called.removeprefix(f"{drawing.table.caption}. ") if drawing.table else drawing.called


def _drawn(drawing: Drawing, page: Page) -> Iterator[Claim]:
    """A drawing writes nothing that its table does not, and its bars are as long as the figures that are printed."""
    table = drawing.table
    if table is None:
        if not set(re.findall(r"\d+", " ".join((drawing.called, *drawing.words)))) <= AXIS:
            raise Unread(f"{page.source}: a drawing without a table, {drawing.called!r}")
        return
    told = {row[0]: read_table(replace(table, rows=(row,)), page) for row in table.rows}
    yield from read_summary(_summary(drawing), page, told)
    known = " ".join(cell for row in (table.header, *table.rows) for cell in row)
    numbers = {*re.findall(r"\d+", f"{known} {table.caption}"), *AXIS}
    unit = drawing.words.index(UNIT) if UNIT in drawing.words else 0
    numbers |= set(drawing.words[max(unit - 3, 0) : unit])  # the axis of a funnel: how many scores of one community
    for words in drawing.words:
        if words != _summary(drawing) and not set(re.findall(r"\d+", words)) <= numbers:
            raise Unread(f"{page.source}: {words!r} is drawn, but stands not in the table {table.caption!r}")
    shares = [each for row in told.values() for each in row if isinstance(each, Share)]
    if drawing.bars and len(drawing.bars) != len(shares):
        raise Unread(f"{page.source}: {len(drawing.bars)} bars for {len(shares)} figures in {table.caption!r}")
    for length, share in zip(drawing.bars, shares, strict=False):
        if abs(length - share.percent) > 0.3:  # finer than what is printed
            yield replace(share, percent=length, source=f"{page.source}, length of a bar", rounded_to=0.3)
