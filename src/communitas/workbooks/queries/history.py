"""The history of a criterion: everything that was ever entered, by whom, when and by which way it came."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.screens import word_of
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.registers import parse

ORIGIN_WORDS = {
    "web": gettext_lazy("in the browser"),
    "offline": gettext_lazy("offline, sent later"),
    "paper": gettext_lazy("from paper"),
    "xlsx": gettext_lazy("from a spreadsheet"),
    "factual_check": gettext_lazy("after a factual-accuracy point"),
    "import": gettext_lazy("imported"),
}
PLACES = {
    "reviewer": gettext_lazy("a reviewer’s own score"),
    "agreed": gettext_lazy("agreed score"),
    "after_evidence": gettext_lazy("score after new evidence"),
    "achievement": gettext_lazy("achievement"),
    "improvement": gettext_lazy("area for improvement"),
    "feedback": gettext_lazy("feedback"),
    "private_note": gettext_lazy("your private note"),
    "comment:agreed": gettext_lazy("the team’s comment"),
    "comment:staff": gettext_lazy("how staff see it"),
    "comment:client_members": gettext_lazy("how client members see it"),
}


def history(
    book: Book, rows: Sequence[Mapping[str, Any]], notes: Sequence[tuple[datetime, dict[str, str]]] = ()
) -> list[dict[str, str]]:
    """Every event of a criterion and every kept note, newest first, as the history component shows it. No query."""
    lines = [(row["received_at"], _line(book, row)) for row in rows]
    if notes:
        lines = sorted([*lines, *notes], key=lambda line: line[0], reverse=True)
    return [line for _at, line in lines]


def _line(book: Book, row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "what": _what(book, row["event"]),
        "by": _by(row["event"], row["name"]),
        "when": _when(row["event"], row["received_at"]),
        "reason": row["event"].score_reason,
    }


def _what(book: Book, event: Event) -> str:
    """What happened, and where unless it is the criterion's main place."""
    place = _place(event)
    return f"{_said(book, event)} ({place})" if place else _said(book, event)


def _said(book: Book, event: Event) -> str:
    if event.redacted:
        return _("Removed for data protection")
    if event.kind == "retract":
        return _("Taken back")
    if event.kind == "complete":
        return _("Scoring finished")
    if event.kind == "attach":
        name = event.value.get("name") or event.value.get("link") or _("a file")
        return _("Attached: %(name)s") % {"name": name}
    if event.score is not None:
        words = {"score": word_of(book, event.score)}
        if event.kind == "resolve":
            return _("Decided: %(score)s") % words
        return _("Agreed: %(score)s") % words if event.register == "agreed" else _("Scored: %(score)s") % words
    return _("Wrote: %(text)s") % {"text": event.text}


def _place(event: Event) -> str:
    register = parse(event.register)
    if register.name == "agreed" and event.kind != "retract":
        return ""  # 'Agreed: …' says so
    return str(PLACES.get(event.register) or PLACES.get(register.name) or "")


def _by(event: Event, name: str) -> str:
    way = ORIGIN_WORDS.get(event.origin, event.origin)
    from_whom = f", {event.transcribed_from}" if event.transcribed_from else ""
    return f"{name} ({way}{from_whom})"


def _when(event: Event, received_at: datetime) -> str:
    """When it reached the office; for what was written without a network also the time that the device showed."""
    received = date_format(timezone.localtime(received_at), "j F Y, H:i")
    made = _moment(event.made_at) if event.origin == "offline" else None
    if made is None:
        return received
    on_device = date_format(timezone.localtime(made), "j F Y, H:i")
    return (
        received
        if on_device == received
        else _("%(received)s (on the device %(made)s)")
        % {
            "received": received,
            "made": on_device,
        }
    )


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None
