"""What a device takes along: the book, and the events that its reader may read."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format

from communitas.kit.loading import LONGEST
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.standards.rules.identity import key_of
from communitas.workbooks import policy
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.pages import due_on, last_time
from communitas.workbooks.queries.people import finished_in
from communitas.workbooks.queries.reading import (
    as_event,
    names_of,
    review_of,
    rows_of,
    self_reviews,
    workbooks,
    writer_of,
)
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.access import CONTRIBUTORS, TEAM, Writer
from communitas.workbooks.rules.events import payload
from communitas.workbooks.rules.review import Review
from communitas.workbooks.rules.sync import PAGE, readable_registers, view_tag

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Some events in the server's order. `last_seq` is the number up to which this reader now has everything."""

    events: list[Fields]
    names: dict[str, str]
    redacted: list[str]
    last_seq: int
    more: bool
    view: str


def readable(workbook: Workbook | None, actor: Actor) -> bool:
    """Whether this person may open the workbook. No query."""
    if workbook is None:
        return False
    may = policy.read_self if workbook.review.kind == "self" else policy.read_peer
    return may.allows(actor, workbook)


def in_network(network: Network, named: str) -> Workbook | None:
    """The network's workbook of that number, whoever asks: one query."""
    if not (named.isascii() and named.isdecimal() and len(named) <= LONGEST):
        return None
    return workbooks().filter(review__enrolment__cycle__network=network, pk=int(named)).first()


def book(workbook: Workbook, actor: Actor) -> Fields:
    """All that is needed to fill a workbook without the server, but for what was answered: a few queries."""
    found, writer = book_of(workbook.review.enrolment), writer_of(workbook, actor)
    review, enrolment = workbook.review, workbook.review.enrolment
    before, _voices = last_time(workbook)
    last = due_on(workbook)
    made = {
        "workbook": str(workbook.pk),
        "review": {
            "kind": review.kind,
            "state": review.state,
            "community": enrolment.community_name,
            "cycle": enrolment.cycle.name,
            "due_on": last.isoformat() if last else None,
            "due": date_format(last, "j F Y") if last else "",
        },
        "edition": str(enrolment.edition),
        "edition_hash": workbook.edition_hash,
        "scale": found.scale,
        "sections": _sections(found),
        "before": {key: asdict(one) for key, one in before.items() if key in found.keys},
        "me": {
            "account": str(actor.account_id),
            "name": actor.account.display_name if actor.account else "",
            "role": writer.role,
            "may": _rights(workbook, actor),
        },
        "registers": _registers(workbook, writer),
        "beside": _beside(workbook, actor),
    }
    etag = hashlib.sha256(json.dumps(made, sort_keys=True, default=str).encode()).hexdigest()
    return made | {"etag": etag}


def events_after(workbook: Workbook, actor: Actor, after: int) -> Page:
    """The next page of events after a number of the server: five queries, whatever their number."""
    reader, review = writer_of(workbook, actor), _review(workbook)
    mine = Q(register="private_note", author=actor.account_id)
    named = Event.objects.filter(workbook=workbook).order_by().values_list("register", flat=True).distinct()
    mine |= Q(register__in=readable_registers(set(named), reader, review))
    upto = Event.objects.filter(mine, workbook=workbook, server_seq__lte=workbook.last_seq)
    rows = rows_of(upto.filter(server_seq__gt=after).order_by("server_seq")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    removed = upto.exclude(redaction=None).order_by("server_seq").values_list("event_id", flat=True)
    return Page(
        [_row(workbook, row) for row in rows],
        names_of(row["author_id"] for row in rows),
        [str(event_id) for event_id in removed],
        rows[-1]["server_seq"] if more else workbook.last_seq,
        more,
        view_tag(reader, review),
    )


def _review(workbook: Workbook) -> Review:
    finished = finished_in(workbook) if workbook.review.kind == "peer" else frozenset()
    return review_of(workbook, frozenset(), finished=finished)


def _row(workbook: Workbook, row: Fields) -> Fields:
    event = as_event(workbook, row)
    return payload(event) | {
        "author": event.author,
        "server_seq": event.server_seq,
        "hash": row["hash"],
        "redacted": event.redacted,
        "received_at": row["received_at"].isoformat(),
    }


def _sections(found: Book) -> list[Fields]:
    return [
        {
            "number": number,
            "title": section.title,
            "introduction": section.introduction,
            "criteria": [
                {
                    "key": key_of(criterion),
                    "code": criterion.code,
                    "statement": criterion.statement,
                    "plain": criterion.plain_text,
                    "level": int(criterion.level),
                    "guidance": criterion.guidance,
                    "evidence": criterion.evidence,
                    "references": criterion.references,
                    "standard": criterion.standard,
                }
                for criterion in section.criteria
            ],
        }
        for number, section in enumerate(found.sections, start=1)
    ]


def _rights(workbook: Workbook, actor: Actor) -> list[str]:
    asked = SELF_RIGHTS if workbook.review.kind == "self" else PEER_RIGHTS
    return [word for word, may in asked.items() if may.allows(actor, workbook)]


def _beside(workbook: Workbook, actor: Actor) -> str | None:
    """The self-review that a reviewer may read beside the own scores: one query."""
    if workbook.review.kind == "self":
        return None
    own = self_reviews().filter(review__enrolment=workbook.review.enrolment_id).first()
    return str(own.pk) if own and policy.read_self.allows(actor, own) else None


def _registers(workbook: Workbook, writer: Writer) -> Fields:
    if workbook.review.kind == "self":
        writes = writer.role in CONTRIBUTORS
        own = (str(registers.SELF), str(registers.comment("self")))
    else:
        writes = writer.role in TEAM
        own = (str(registers.reviewer(writer.person)), str(registers.reviewer_comment(writer.person)))
    agrees = workbook.review.kind == "peer" and writer.role == "lead_reviewer"
    return {"score": own[0] if writes else None, "comments": own[1] if writes else None, "agreed": agrees}


SELF_RIGHTS = {"answer": policy.answer_self, "resolve": policy.resolve_self, "send": policy.send_self}
PEER_RIGHTS = {
    "answer": policy.answer_peer,
    "agree": policy.agree,
    "resolve": policy.agree,
    "close": policy.close_peer,
}
