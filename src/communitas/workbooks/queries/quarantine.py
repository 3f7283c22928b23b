"""Answers that came out of place: the list, one of them beside what stands there now, and how many wait."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Replace
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.standards.models import Criterion
from communitas.standards.queries import scale_of
from communitas.standards.rules.edition import Scale
from communitas.workbooks import policy
from communitas.workbooks.models import Event as EventRow
from communitas.workbooks.models import Quarantined, QuarantinedWords, Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.history import ORIGIN_WORDS
from communitas.workbooks.queries.people import finished_in
from communitas.workbooks.queries.reading import Reading, read, review_of, workbooks, writer_of
from communitas.workbooks.queries.screens import Said, moment, registers_of, word_of
from communitas.workbooks.rules.access import may_read
from communitas.workbooks.rules.events import Event, event_hash
from communitas.workbooks.rules.registers import Register, parse
from communitas.workbooks.rules.sync import Item, raw_hash, read_item

WAITS = Q(decision=None) | Q(decision__state="waiting")
SHOWN = WAITS | Q(decision__state="kept")
# Whether the reviewer whose own register it was meant for has finished scoring.
_OWNER_FINISHED = Exists(
    EventRow.objects.filter(
        head__isnull=False,
        workbook=OuterRef("workbook"),
        criterion_key="",
        register=Replace(OuterRef("register"), Value("comment:reviewer:"), Value("reviewer:")),
        kind="complete",
    )
)


@dataclass(frozen=True, slots=True)
class Came:
    """What came, in words. `withheld` says why its words are not shown to this reader."""

    score: Any = None
    word: str = ""
    text: str = ""
    where: str = ""
    statement: str = ""
    device_time: str = ""
    origin: str = ""
    withheld: str = ""


def quarantined() -> QuerySet[Quarantined]:
    """Quarantined answers with what their page and their rights ask of them."""
    return Quarantined.objects.select_related(
        "network__tenant",
        "author",
        "decision__by",
        "workbook__review__enrolment__cycle",
        "workbook__review__enrolment__community",
        "workbook__review__enrolment__edition",
        "workbook__review__enrolment__service_type",
    )


def listed(network: Network, actor: Actor) -> QuerySet[Quarantined]:
    """Those of the network that this person may read, with what `in_short` asks of them."""
    return policy.read_quarantine.visible(_in_lists().filter(network=network), actor)


def own_waiting(network: Network, account: int) -> list[Quarantined]:
    """What somebody sent that still waits for a decision, with what `in_short` asks of it: one query."""
    return list(_in_lists().filter(WAITS, network=network, author=account)[:100])


def _in_lists() -> QuerySet[Quarantined]:
    criterion = Criterion.objects.filter(
        edition=OuterRef("workbook__review__enrolment__edition"), key=OuterRef("criterion_key")
    )
    return (
        quarantined()
        .select_related("words")
        .annotate(
            owner_finished=_OWNER_FINISHED,
            code=Subquery(criterion.values("code")[:1]),
            statement=Subquery(criterion.values("statement")[:1]),
        )
    )


def waiting_by_enrolment(ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """How many answers wait in each review: {(enrolment, 'self' or 'peer'): count}. One query."""
    rows = Quarantined.objects.filter(WAITS, workbook__review__enrolment__in=list(ids)).order_by()
    counted = rows.values_list("workbook__review__enrolment", "workbook__review__kind").annotate(Count("pk"))
    return {(enrolment, kind): count for enrolment, kind, count in counted}


def waiting_in_network(network: Network) -> int:
    """How many answers wait in a network, those of no workbook too: one query."""
    return Quarantined.objects.filter(WAITS, network=network).count()


def waiting_in(workbook: Workbook) -> int:
    """How many answers for a workbook wait: one query."""
    return Quarantined.objects.filter(WAITS, workbook=workbook).count()


def fingerprint(item: Item, *, named: str, by: Account) -> str:
    """By this the same thing, offered again by the same person for the same workbook, is known."""
    return salted_hmac("communitas.quarantine", f"{by.pk}\n{named}\n{item.raw}", algorithm="sha256").hexdigest()


def hash_of(item: Item, salt: str) -> str:
    """The hash of what came: of the event as it would be stored, or of the text where it is none."""
    return event_hash(item.event, bytes.fromhex(salt)) if item.event else raw_hash(item.raw, bytes.fromhex(salt))


def item_of(row: Quarantined) -> Item | None:
    """What came, read again; None once its words were removed. One query."""
    words = QuarantinedWords.objects.filter(quarantined=row).first()
    return read_item(json.loads(words.raw)) if words else None


def came(row: Quarantined, event: Event | None, raw: str, actor: Actor) -> Came:
    """What came, as this reader may see it: two queries at most."""
    workbook = _workbook(row)
    book = book_of(workbook.review.enrolment) if workbook else None
    place = {"where": _where(row, book), "statement": _statement(row, book)}
    return _told(event, raw, book.edition.scale if book else None, place, _kept_from(row, actor))


def in_short(row: Quarantined, actor: Actor) -> Came:
    """What came, for a list: of a row of `listed` or `own_waiting`. No query."""
    scale = scale_of(row.workbook.review.enrolment.edition) if row.workbook else None
    place = {"where": getattr(row, "code", None) or row.criterion_key, "statement": getattr(row, "statement", "") or ""}
    register = _register(row)
    finished = frozenset([register.reviewer]) if register and getattr(row, "owner_finished", False) else frozenset()
    item = read_item(json.loads(row.words.raw)) if hasattr(row, "words") else None
    withheld = _withheld(row, row.workbook, actor, finished)
    return _told(item.event if item else None, item.raw if item else "", scale, place, withheld)


def _told(event: Event | None, raw: str, scale: Scale | None, place: Mapping[str, str], withheld: str) -> Came:
    if withheld:
        return Came(**place, withheld=withheld)
    if event is None:
        return Came(**place, text=raw, withheld="" if raw else _("These words were removed for data protection."))
    text = event.text or event.score_reason or _link(event.value)
    return Came(
        score=event.score,
        word=_word(event, scale),
        text=text,
        device_time=_clock(event.made_at),
        origin=str(ORIGIN_WORDS.get(event.origin, event.origin)),
        **place,
    )


def there_now(row: Quarantined, actor: Actor, now: datetime) -> list[Said]:
    """What stands in the same place of the workbook, as far as this reader may see it: a few queries."""
    workbook, register = _workbook(row), _register(row)
    if workbook is None or register is None or _kept_from(row, actor):
        return []
    book = book_of(workbook.review.enrolment)
    reading = read(workbook, criteria=[row.criterion_key], registers=registers_of(register))
    heads = reading.state.heads_of(row.criterion_key or None, register)
    return [_said(book, reading, head, now) for head in heads if head.kind != "retract" and not head.redacted]


def _said(book: Book, reading: Reading, head: Event, now: datetime) -> Said:
    word = word_of(book, head.score)
    return Said(
        reading.name(head.author),
        head.score,
        word,
        head.text or head.score_reason or _link(head.value),
        moment(reading.received[head.event_id], now),
        head.event_id,
    )


def _workbook(row: Quarantined) -> Workbook | None:
    return workbooks().filter(pk=row.workbook_id).first() if row.workbook_id else None


def _register(row: Quarantined) -> Register | None:
    try:
        return parse(row.register)
    except ValueError:
        return None


def _kept_from(row: Quarantined, actor: Actor) -> str:
    workbook = row.workbook
    finished = finished_in(workbook) if workbook and workbook.review.kind == "peer" else frozenset()
    return _withheld(row, workbook, actor, finished)


def _withheld(row: Quarantined, workbook: Workbook | None, actor: Actor, finished: frozenset[str]) -> str:
    register = _register(row)
    if register is None or row.author_id == actor.account_id:
        return ""
    if register.name == "private_note":
        return _("This is a private note. Only its author reads it.")
    if workbook is None:
        return ""
    review = review_of(workbook, frozenset(), finished=finished)
    if may_read(register, writer_of(workbook, actor), review, author=str(row.author_id)):
        return ""
    return _("The words are hidden until this reviewer has finished or the discussion opens.")


def top_of(row: Quarantined) -> int:
    """The highest mark of the scale it was meant for; that of the scale of three where no workbook is known."""
    return book_of(row.workbook.review.enrolment).top if row.workbook else 2


def _where(row: Quarantined, book: Book | None) -> str:
    if book and row.criterion_key in book.keys:
        return book.criteria[row.criterion_key].code
    return row.criterion_key


def _statement(row: Quarantined, book: Book | None) -> str:
    return book.criteria[row.criterion_key].statement if book and row.criterion_key in book.keys else ""


def _word(event: Event, scale: Scale | None) -> str:
    if event.kind == "retract":
        return _("Takes an answer back")
    if event.kind == "complete":
        return _("Scoring finished")
    if event.score is None:
        return ""
    if event.score == "NA":
        return _("Not applicable")
    return capfirst(scale.word(event.score)) if scale and scale.holds(event.score) else str(event.score)


def _clock(said: str) -> str:
    """What a device's clock said, in words where it said a time."""
    try:
        return date_format(timezone.localtime(datetime.fromisoformat(said)), "j F Y, H:i")
    except (ValueError, OverflowError):
        return said[:40]


def _link(value: Mapping[str, Any]) -> str:
    found = value.get("name") or value.get("link") or ""
    return found if isinstance(found, str) else ""
