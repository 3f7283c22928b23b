"""Files and links beside criteria: what a reader may see of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.kit.inspection import KINDS
from communitas.kit.models import StoredFile
from communitas.members.actors import Actor
from communitas.workbooks import policy
from communitas.workbooks.models import Event, Evidence, Upload, Workbook
from communitas.workbooks.queries.attached import Attached
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.people import finished_in
from communitas.workbooks.queries.reading import HEADS, review_of, writer_of
from communitas.workbooks.queries.screens import Item, moment
from communitas.workbooks.rules import evidence as rules
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.access import Writer, may_read
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.rules.review import Review

_FIELDS = (
    *("event_id", "workbook_id", "criterion_key", "register", "author_id", "author__display_name"),
    *("received_at", "payload__value"),
)


def attachments() -> QuerySet[Event]:
    """The events that tie a file or a link to a criterion, with what permissions and pages ask of them."""
    return Event.objects.filter(kind="attach").select_related(
        "head",
        "payload",
        "workbook__review__enrolment__cycle__network__tenant",
        "workbook__review__enrolment__edition",
        "workbook__review__enrolment__service_type",
    )


def pk_of(event_id: UUID) -> int:
    """The database's number of an event; 0 for none. One query."""
    return Event.objects.filter(event_id=event_id, kind="attach").values_list("pk", flat=True).first() or 0


def reader_of(workbook: Workbook, actor: Actor) -> Writer:
    """In which role the actor reads evidence: who was on the team goes on reading as a reviewer for thirty days."""
    reader = writer_of(workbook, actor)
    was_there = workbook.review.enrolment_id in actor.scopes("team", grace=True)
    return Writer(reader.person, "reviewer") if not reader.role and was_there else reader


def may_open(event: Event, actor: Actor) -> bool:
    """Whether what the event ties is shown at all to this reader: not withdrawn, not redacted, its register open."""
    if not hasattr(event, "head") or not hasattr(event, "payload"):
        return False
    workbook = event.workbook
    register = registers.parse(event.register)
    return may_read(
        register, reader_of(workbook, actor), _review(workbook, [event.register]), author=str(event.author_id)
    )


def kept(event: Event) -> Evidence | None:
    """The file of an event, once it has come: one query."""
    digest = event.payload.value["value"].get("file", "")
    found = Evidence.objects.filter(workbook=event.workbook_id, sha256=digest)
    return found.select_related("file__tenant", "shown__tenant").first()


def given_out(evidence: Evidence) -> StoredFile:
    """What a reader gets: the copy drawn anew of a picture, the file itself of all else."""
    return evidence.shown or evidence.file


def register_for(workbook: Workbook, person: int) -> Register:
    """Where a person's files stand: the community's, the team's while it agrees, or the reviewer's own before."""
    if workbook.review.kind == "self":
        return registers.comment("self")
    discussed = workbook.review.state in {"agreeing", "reopened"}
    return registers.comment("agreed") if discussed else registers.reviewer_comment(str(person))


def with_files(items: Sequence[Item], workbook: Workbook, actor: Actor, now: datetime) -> list[Item]:
    """The items of a page with the files and links beside them: one query, two where there are files."""
    found: dict[str, list[Attached]] = {}
    for each in attached(workbook, actor, now, keys=[item.key for item in items]):
        found.setdefault(each.key, []).append(each)
    return [replace(item, files=tuple(found[item.key])) if item.key in found else item for item in items]


def attached(workbook: Workbook, actor: Actor, now: datetime, *, keys: Collection[str] | None = None) -> list[Attached]:
    """What stands beside the criteria of a workbook, in the order of the book: one query, two where there are files.

    In the team's workbook the community's own evidence stands too, once its self-review was sent.
    """
    book = book_of(workbook.review.enrolment)
    rows = _rows(workbook, actor, keys)
    digests = {digest for row in rows if (digest := _value(row).get("file"))}
    files = {
        (row.workbook_id, row.sha256): row
        for row in (Evidence.objects.filter(sha256__in=digests).select_related("file", "shown") if digests else [])
    }
    order = book.number_of
    rows.sort(key=lambda row: (order.get(row["criterion_key"], len(order)), row["received_at"]))
    return [_attached(row, files, workbook, book, actor, now) for row in rows]


def taken(workbook: Workbook) -> int:
    """How many bytes the files of the workbook's community take, those on their way among them: two queries."""
    community = workbook.review.enrolment.community_id
    kept = Evidence.objects.filter(workbook__review__enrolment__community=community)
    coming = Upload.objects.filter(workbook__review__enrolment__community=community)
    return sum(rows.aggregate(all=Sum("size"))["all"] or 0 for rows in (kept, coming))


def counted(workbook: Workbook, found: Collection[Attached]) -> dict[str, int]:
    """How much there is: files, links, files still on their way, criteria with any, criteria in all."""
    return {
        "files": sum(not each.is_link for each in found),
        "links": sum(each.is_link for each in found),
        "waiting": sum(each.waits for each in found),
        "criteria": len({each.key for each in found}),
        "all": len(book_of(workbook.review.enrolment).criteria),
    }


def coming(workbook: Workbook, account: int) -> list[dict[str, Any]]:
    """The files that a person has begun to send: two queries at most."""
    return [
        {
            "sha256": upload.sha256,
            "name": upload.name,
            "size": rules.size_words(upload.size),
            "percent": 100 * upload.chunks.count() // rules.pieces(upload.size),
            "begun": date_format(timezone.localtime(upload.begun_at), "j F, H:i"),
        }
        for upload in Upload.objects.filter(workbook=workbook, by=account)
    ]


def to_pack(workbook: Workbook, actor: Actor, now: datetime) -> Iterator[tuple[str, StoredFile]]:
    """Every file that the reader may open with its name in an archive, the criterion's code before it."""
    wanted = [each for each in attached(workbook, actor, now) if not each.is_link and not each.waits]
    events = {str(event.event_id): event for event in attachments().filter(event_id__in=[e.event_id for e in wanted])}
    books = {event.workbook_id for event in events.values()}
    files = {
        (row.workbook_id, row.sha256): row
        for row in Evidence.objects.filter(workbook__in=books).select_related("file__tenant", "shown__tenant")
    }
    used: set[str] = set()
    for each in wanted:
        event = events[each.event_id]
        evidence = files[event.workbook_id, event.payload.value["value"]["file"]]
        stored = given_out(evidence)
        name = f"{rules.clean_name(each.code)} {rules.name_as(each.name, KINDS[_kind(evidence)].ending)}"
        unique, number = name, 2
        while unique.casefold() in used:
            stem, dot, ending = name.rpartition(".")
            unique, number = f"{stem} {number}{dot}{ending}", number + 1
        used.add(unique.casefold())
        yield unique, stored


def _rows(workbook: Workbook, actor: Actor, keys: Collection[str] | None) -> list[dict[str, Any]]:
    here = Q(workbook=workbook)
    if workbook.review.kind == "peer":
        own = Q(workbook__review__enrolment=workbook.review.enrolment_id, workbook__review__kind="self")
        here |= own & Q(workbook__review__state__in=["sent", "reopened"])
    found = Event.objects.filter(here & HEADS, kind="attach", payload__isnull=False)
    if keys is not None:
        found = found.filter(criterion_key__in=list(keys))
    rows = list(found.order_by().values(*_FIELDS))
    reader, review = reader_of(workbook, actor), None
    shown = []
    for row in rows:
        if row["workbook_id"] == workbook.pk:
            review = review or _review(workbook, [each["register"] for each in rows])
            if not may_read(registers.parse(row["register"]), reader, review, author=str(row["author_id"])):
                continue
        shown.append(row)
    return shown


def _review(workbook: Workbook, named: Collection[str]) -> Review:
    alone = any(name.startswith("comment:reviewer:") for name in named)
    finished = finished_in(workbook) if alone else frozenset()
    return review_of(workbook, book_of(workbook.review.enrolment).keys, finished=finished)


def _attached(
    row: dict[str, Any],
    files: dict[tuple[int, str], Evidence],
    workbook: Workbook,
    book: Book,
    actor: Actor,
    now: datetime,
) -> Attached:
    value, key = _value(row), row["criterion_key"]
    link = str(value.get("link") or "")
    evidence = files.get((row["workbook_id"], str(value.get("file"))))
    own = row["workbook_id"] == workbook.pk
    event = Event(workbook=workbook, author_id=row["author_id"], kind="attach")
    may_withdraw = own and policy.withdraw_evidence.allows(actor, event)
    event_id = str(row["event_id"])
    if link:
        href, about = link, urlsplit(link).hostname or _("link")
    elif evidence:
        href = reverse("workbooks:evidence_file", args=[event_id])
        about = f"{KINDS[evidence.kind].word}, {rules.size_words(given_out(evidence).size)}"
    else:
        href, about = "", _("The file has not arrived yet.")
    name = rules.clean_name(str(value.get("name") or "")) if value.get("name") else ""
    return Attached(
        event_id,
        key,
        name or (link or (str(evidence.file) if evidence else _("file"))),
        about,
        row["author__display_name"],
        moment(row["received_at"], now),
        href,
        reverse("workbooks:evidence_withdraw", args=[event_id]) if may_withdraw else "",
        bool(link),
        not own,
        book.criteria[key].code if key in book.keys else "",
    )


def _value(row: dict[str, Any]) -> dict[str, Any]:
    said = (row["payload__value"] or {}).get("value", {})
    return said if isinstance(said, dict) else {}


def _kind(evidence: Evidence) -> str:
    if evidence.shown is None:
        return evidence.kind
    return next(kind.name for kind in KINDS.values() if kind.media_type == evidence.shown.media_type)
