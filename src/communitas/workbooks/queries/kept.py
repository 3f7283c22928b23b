"""What was put aside and kept as a note: it counts nowhere, and stands in the history of its criterion."""

import json
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communitas.workbooks.models import Decision, Workbook
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.history import ORIGIN_WORDS
from communitas.workbooks.rules.access import Writer, may_read
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.registers import Register, parse
from communitas.workbooks.rules.review import Review
from communitas.workbooks.rules.sync import read_item

Kept = tuple[datetime, dict[str, str]]


def kept_notes(workbook: Workbook, book: Book, key: str, review: Review, reader: Writer) -> list[Kept]:
    """The notes of one criterion that this reader may see, as lines of its history with when they came: one query."""
    rows = Decision.objects.filter(
        state=Decision.State.KEPT, quarantined__workbook=workbook, quarantined__criterion_key=key
    ).select_related("by", "quarantined__author", "quarantined__words")
    return [(row.quarantined.received_at, _line(book, row)) for row in rows if _is_shown(row, review, reader)]


def _is_shown(row: Decision, review: Review, reader: Writer) -> bool:
    register, author = _register(row.quarantined.register), str(row.quarantined.author_id)
    return register is not None and (author == reader.person or may_read(register, reader, review, author=author))


def _line(book: Book, row: Decision) -> dict[str, str]:
    came = row.quarantined
    event = read_item(json.loads(came.words.raw)).event if hasattr(came, "words") else None
    words = _words(book, event) if event else _("Removed for data protection")
    way = ORIGIN_WORDS.get(event.origin, event.origin) if event else ""
    return {
        "what": _("Kept as a note, counts nowhere: %(words)s") % {"words": words},
        "by": f"{came.author.display_name} ({way})" if way else came.author.display_name,
        "when": _("%(came)s, kept by %(who)s")
        % {"came": date_format(timezone.localtime(came.received_at), "j F Y, H:i"), "who": row.by.display_name},
        "reason": row.reason,
    }


def _words(book: Book, event: Event) -> str:
    mark = ""
    if event.score == "NA":
        mark = _("Not applicable")
    elif event.score is not None:
        scale = book.edition.scale
        mark = capfirst(scale.word(event.score)) if scale.holds(event.score) else str(event.score)
    said = event.text or event.score_reason
    return ". ".join(part for part in (mark, said) if part) or _("no words")


def _register(text: str) -> Register | None:
    try:
        return parse(text)
    except ValueError:
        return None
