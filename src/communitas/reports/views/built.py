"""What the pages show on which a national report is built, and the report made from its blocks."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.members.http import MemberRequest
from communitas.reports.models import NationalReport, Outline
from communitas.reports.queries import national, outlines
from communitas.reports.queries import themes as coding
from communitas.reports.queries.telling import told_now
from communitas.reports.rules.blocks import Block, BlockKind, Blocks
from communitas.reports.rules.documents.national_parts import Audience
from communitas.reports.rules.documents.national_parts import NationalReport as Document
from communitas.reports.rules.documents.pieces import Lens, pieces
from communitas.reports.rules.documents.pieces_parts import Piece, TableData
from communitas.reports.rules.documents.told import Told
from communitas.reports.views.document import colours_of
from communitas.reports.views.drawings import drawn
from communitas.standards import queries as standards

KIND_WORDS: Final[dict[BlockKind, Promise]] = {
    "text": gettext_lazy("Words"),
    "figure": gettext_lazy("Figure"),
    "table": gettext_lazy("Table"),
    "theme": gettext_lazy("Theme of the comments"),
    "unmet": gettext_lazy("What is met least often"),
    "outcomes": gettext_lazy("Last year's actions"),
    "plans": gettext_lazy("What the network will do"),
}


def build_page(cycle: Cycle) -> dict[str, Any]:
    """The blocks with what can be done to each, and the state of the report."""
    outline = outlines.outline_of(cycle)
    blocks = outlines.blocks_of(outline)
    report = outlines.report_of(cycle)
    released, waiting = outlines.is_closed(report)
    names = {code.key: code.name for code in coding.codes_of(coding.codebook_of(cycle))}
    return {
        "cycle": cycle,
        "begun": outline is not None,
        "lines": [_line(block, place, len(blocks), names) for place, block in enumerate(blocks)],
        "kinds": [{"kind": kind, "label": words} for kind, words in KIND_WORDS.items()],
        "report": report,
        "closed": released or waiting,
        "released": released,
        "last": cycle.previous.name if cycle.previous and outlines.last_blocks(cycle) else "",
        "undo": outline is not None and outlines.undo_target(cycle) is not None,
        "step": _step_words(outline) if outline else "",
        "crumbs": crumbs(cycle, _("Build the report")),
    }


def steps_page(cycle: Cycle) -> dict[str, Any]:
    """Every version of the blocks."""
    found = outlines.steps_of(cycle)
    closed = any(outlines.is_closed(outlines.report_of(cycle)))
    rows = [
        {
            "number": step.number,
            "what": _what(step.verb, step.about, step.restores),
            "by": step.by,
            "when": date_format(step.at, "j F Y, H:i"),
            "restorable": place > 0 and not closed,
        }
        for place, step in enumerate(found)
    ]
    return {"cycle": cycle, "rows": rows, "crumbs": crumbs(cycle, _("Versions"), build=True)}


def preview_page(request: MemberRequest, cycle: Cycle) -> dict[str, Any]:
    """The report from its blocks: frozen figures as everybody reads them, or the exact ones of this moment."""
    report = outlines.report_of(cycle)
    context: dict[str, Any] = {"cycle": cycle, "report": report, "crumbs": crumbs(cycle, _("Preview"), build=True)}
    if report is not None:
        report = national.reports().get(pk=report.pk)
        blocks, told = outlines.content_of(report)
        document = national.document_of(report, "public", compared=outlines.tells_change(blocks))
        return context | shown_pieces(document, blocks, told, outlines.lens_of(report, "public"), draft=False)
    draft = national.draft_of(cycle, today_in(cycle.network, request.now))
    if draft.document is None or draft.figures is None:
        return context | {"empty": True}
    blocks = outlines.blocks_of(outlines.outline_of(cycle))
    lens = outlines.draft_lens(draft.figures, standards.names_of_types(cycle.network), cycle.pk)
    return context | shown_pieces(draft.document, blocks, told_now(cycle, blocks), lens, draft=True)


def report_content(report: NationalReport, audience: Audience) -> tuple[Document, dict[str, Any] | None]:
    """A report for one audience, and what its page shows of its blocks; None where the office built none."""
    blocks, told = outlines.content_of(report)
    document = national.document_of(report, audience, compared=outlines.tells_change(blocks))
    if not blocks:
        return document, None
    return document, shown_pieces(document, blocks, told, outlines.lens_of(report, audience), draft=False)


def shown_pieces(document: Document, blocks: Blocks, told: Told, lens: Lens, *, draft: bool) -> dict[str, Any]:
    """The pieces as HTML, with the list of their headings and the style sheet of the network's colours."""
    language = get_language() or ""
    draw = _drawn if draft else _drawn_once
    return {
        "d": document,
        "draft": draft,
        "built": draw(document, blocks, told, lens, language),
        "headings": [(block.id, heading) for block, heading in _headings(blocks, document, lens, told) if heading],
        "colours_url": colours_of(document.design),
    }


def _headings(blocks: Blocks, document: Document, lens: Lens, told: Told) -> Iterable[tuple[Block, str]]:
    named = {theme.code: theme.name for theme in told.themes}
    return ((block, block.heading or named.get(block.choice, "")) for block in blocks)


def _drawn(document: Document, blocks: Blocks, told: Told, lens: Lens, language: str) -> str:
    made = pieces(blocks, document, lens, told)
    return render_to_string("reports/national/_pieces.html", {"pieces": [_shown(piece) for piece in made]})


# Frozen figures and pinned words never change, so that what is drawn of them cannot be stale.
_drawn_once = lru_cache(maxsize=24)(_drawn)


def _shown(piece: Piece) -> dict[str, Any]:
    return {
        "id": piece.id,
        "kind": piece.kind,
        "heading": piece.heading,
        "text": piece.text,
        "chart": drawn(piece.chart) if piece.chart else None,
        "tables": [_table(table) for table in piece.tables],
        "folded": len(piece.tables) > 1 or piece.chart is not None,
        "rows": piece.items,
        "quotes": piece.quotes,
        "notes": piece.notes,
    }


def _table(table: TableData) -> dict[str, Any]:
    columns = [
        {"label": label, "kind": "number" if place in table.numbers else "text"}
        for place, label in enumerate(table.header)
    ]
    return {"caption": table.caption, "columns": columns, "rows": [list(row) for row in table.rows]}


def subjects(cycle: Cycle) -> list[tuple[str, Any]]:
    """Every declared subject as a choice: all sections, each section, each of its criteria."""
    edition = standards.edition_data(cycle.edition)
    choices: list[tuple[str, Any]] = [("overall", _("All sections"))]
    for section in edition.sections:
        rows = [(f"criterion:{row.code}", f"{row.code} {row.statement}") for row in section.criteria]
        choices.append((section.title, [(f"section:{section.title}", _("The whole section")), *rows]))
    return choices


def themes(cycle: Cycle) -> list[tuple[str, Any]]:
    """The themes that can stand in a report; those of which too few communities spoke say so."""
    codes = coding.codes_of(coding.codebook_of(cycle))
    return [
        (row.code.key, row.code.name if coding.may_be_told(cycle, row.spoken) else _too_few(row.code.name))
        for row in coding.coverage_of(cycle, codes)
        if not row.code.retired
    ]


def _too_few(name: str) -> str:
    return _("%(name)s (too few communities so far)") % {"name": name}


def crumbs(cycle: Cycle, here: str, *, build: bool = False) -> list[dict[str, str]]:
    """The way from the list of national reports."""
    way = [{"label": _("National reports"), "href": reverse("reports:nationals")}]
    way.append({"label": cycle.name, "href": reverse("reports:national_draft", args=[cycle.pk])})
    if build:
        way.append({"label": _("Build the report"), "href": reverse("reports:build", args=[cycle.pk])})
    return [*way, {"label": here}]


def _line(block: Block, place: int, number: int, names: Mapping[str, str]) -> dict[str, Any]:
    words = block.text or ", ".join(row.text for row in block.rows)
    return {
        "id": block.id,
        "kind": KIND_WORDS[block.kind],
        "heading": block.heading
        or (names.get(block.choice, "") if block.kind == "theme" else "")
        or (Truncator(words).words(10) if block.kind == "text" else str(KIND_WORDS[block.kind])),
        "words": Truncator(words).words(24),
        "first": place == 0,
        "last": place == number - 1,
        "from_last": block.from_last,
    }


def _step_words(outline: Outline) -> str:
    return _what(outline.verb, outline.about, outline.restores)


def _what(verb: str, about: str, restores: int | None) -> str:
    words = str(Outline.Verb(verb).label).capitalize()
    if restores:
        return _("Went back to version %(n)s") % {"n": restores}
    return f"{words}: {about}" if about else words
