"""A national report as it is read: each block made into a piece with its words, chart, tables and items."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import Hidden, Quarters
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.reports.rules.blocks import Block
from communitas.reports.rules.documents import pieces_figures as figures
from communitas.reports.rules.documents import pieces_tables as tables
from communitas.reports.rules.documents.national_parts import Figure, NationalReport
from communitas.reports.rules.documents.pieces_parts import Item, Piece
from communitas.reports.rules.documents.told import ThemeTold, Told

STATE_WORDS: Final[Mapping[str, str]] = {
    "done": "done",
    "under_way": "under way",
    "not_begun": "not begun",
    "given_up": "given up",
}
NOTHING_SHOWN: Final = "There is no figure here that could be shown without giving small groups away."
NO_THEME: Final = "Too few communities spoke of this to tell it without giving them away."


@dataclass(frozen=True, slots=True)
class Lens:
    """The declared cells as one audience may see them. Two lenses of one `identity` show the same.

    `groups` names every declared group, the network first. `spread` gives the middle of the communities' shares and
    `ground` the bins in which they lie.
    """

    identity: str
    look: Callable[[ScoreKind, Subject, Group], Figure] = field(compare=False)
    groups: Mapping[Group, str] = field(compare=False)
    spread: Callable[[Subject, Group], Quarters | Hidden] = field(compare=False)
    ground: Callable[[Subject, Group], tuple[Bin, ...]] = field(compare=False)


def pieces(blocks: tuple[Block, ...], document: NationalReport, lens: Lens, told: Told) -> tuple[Piece, ...]:
    """Every block in its order, with the figures of the document and what was told beside them."""
    return tuple(piece_of(block, document, lens, told) for block in blocks)


def piece_of(block: Block, document: NationalReport, lens: Lens, told: Told) -> Piece:
    """One block as it is read."""
    match block.kind:
        case "text":
            return Piece(block.id, block.kind, block.heading, block.text)
        case "figure":
            return _figure(block, document, lens, told)
        case "table":
            return _table(block, document)
        case "theme":
            return _theme(block, told)
        case "unmet":
            return _unmet(block, document, told)
        case "outcomes" | "plans":
            items = [Item(row.text, row.outcome, STATE_WORDS.get(row.state, "")) for row in block.rows]
            return Piece(block.id, block.kind, block.heading, block.text, items=tuple(items))


def _figure(block: Block, document: NationalReport, lens: Lens, told: Told) -> Piece:
    notes: tuple[str, ...] = ()
    chart: Chart | None
    if block.choice == "one":
        chart, notes = figures.one(block, lens.look, lens.groups, document)
    elif block.choice == "spread":
        chart = figures.spread(document, lens.spread, lens.ground)
    elif block.choice == "funnel":
        chart, notes = figures.funnel(document, lens.ground)
    elif block.choice == "change":
        chart, notes = figures.change(document, told)
    else:
        chart = figures.whole(block.choice, document)
    if chart is None:
        notes = notes or (NOTHING_SHOWN,)
    heading = block.heading or (chart.title if chart else "")
    lost = tables.lost(told) if block.choice == "change" and not document.change else ()
    return Piece(block.id, block.kind, heading, block.text, chart, lost, notes=notes)


def _table(block: Block, document: NationalReport) -> Piece:
    made = tuple(tables.table(block.choice, document))
    notes = () if made else (NOTHING_SHOWN,)
    if any("hidden" in row for each in made for row in each.rows):
        notes = (tables.HIDDEN_NOTE,)
    return Piece(
        block.id, block.kind, block.heading or tables.TITLES[block.choice], block.text, tables=made, notes=notes
    )


def _theme(block: Block, told: Told) -> Piece:
    found = next((theme for theme in told.themes if theme.code == block.choice), None)
    if found is None or not found.communities:  # also the office's words could tell whose theme it is
        return Piece(block.id, block.kind, block.heading or (found.name if found else ""), notes=(NO_THEME,))
    return Piece(
        block.id,
        block.kind,
        block.heading or found.name,
        block.text or found.definition,
        quotes=found.quotes,
        notes=tuple(_coverage(found)),
    )


def _coverage(theme: ThemeTold) -> Iterator[str]:
    words = theme.communities
    yield f"{words[0].upper()}{words[1:]} communities spoke of this in their comments."


def _unmet(block: Block, document: NationalReport, told: Told) -> Piece:
    rows = figures.least_met(document, int(block.choice))
    items = []
    for row in rows:
        helped = [each.text for each in told.helped if each.code == row.code]
        items.append(Item(f"{row.code} {row.statement}", "", row.agreed.short + " met", tuple(helped)))
    chart = figures.least_chart(rows)
    notes = () if chart else (NOTHING_SHOWN,)
    return Piece(block.id, block.kind, block.heading, block.text, chart, items=tuple(items), notes=notes)


def subjects_of(document: NationalReport) -> Iterator[tuple[str, str]]:
    """Every declared subject, as blocks name it, with its words."""
    yield "overall", "All sections"
    for section in document.sections:
        yield f"section:{section.title}", section.title
    for row in document.criteria:
        yield f"criterion:{row.code}", f"{row.code} {row.statement}"


__all__ = ["NETWORK", "OVERALL", "Lens", "piece_of", "pieces", "subjects_of"]
