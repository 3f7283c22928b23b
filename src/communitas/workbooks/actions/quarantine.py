"""What comes out of place is kept as it came; then somebody places it, keeps it as a note, or declines it.

Placing makes a new event through the one door: with the author's name, device and words as they came, a new id, the
edition of the workbook, and a note of where it came from (`transcribed_from` names the quarantined answer). It replaces
what its author saw, as far as that still stands in the same place, and nothing else: where it differs from what came
meanwhile, two answers differ, and they are settled as always. Who placed it stands in the decision and in the trail.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.workbooks.actions.recording import record_events
from communitas.workbooks.models import Decision, Event, Quarantined, QuarantinedWords, Workbook
from communitas.workbooks.queries.quarantine import fingerprint, hash_of, item_of
from communitas.workbooks.queries.reading import KINDS, events_named, workbooks
from communitas.workbooks.rules import quarantine as rules
from communitas.workbooks.rules.events import Event as Answer
from communitas.workbooks.rules.quarantine import Why
from communitas.workbooks.rules.registers import Register, parse
from communitas.workbooks.rules.sync import Item


@dataclass(frozen=True, slots=True)
class Stray:
    """Something to quarantine, and why."""

    item: Item
    why: Why


@transaction.atomic
def quarantine(
    *,
    network: Network,
    workbook: Workbook | None,
    named: str,
    strays: Sequence[Stray],
    role: str,
    by: Account,
    at: datetime,
) -> None:
    """Keep what came out of place, as it came. What is here already stays as it is. Three queries."""
    rows: dict[str, Quarantined] = {}
    salts: dict[str, tuple[str, str]] = {}
    for stray in strays:
        row, salt = _row(network, workbook, named, stray, role, by, at)
        if row.fingerprint not in rows:  # one batch may hold a thing twice
            rows[row.fingerprint], salts[row.fingerprint] = row, (salt, stray.item.raw)
    if not rows:
        return
    # In one order, so that two who bring the same do not wait for each other.
    Quarantined.objects.bulk_create([rows[key] for key in sorted(rows)], ignore_conflicts=True)
    pks = dict(Quarantined.objects.filter(fingerprint__in=list(rows), words=None, redaction=None).values_list(
        "fingerprint", "pk"
    ))  # fmt: skip
    mine = [key for key in rows if key in pks]
    QuarantinedWords.objects.bulk_create(
        [QuarantinedWords(quarantined_id=pks[key], salt=salts[key][0], raw=salts[key][1]) for key in mine],
        ignore_conflicts=True,
    )


@transaction.atomic
def place(*, quarantined: Quarantined, by: Account, at: datetime) -> Event:
    """Let an answer count after all; NotAllowed with the sentence of what stands in its way."""
    decision = _decision(quarantined)
    item = item_of(quarantined)
    state = rules.place(
        decision.state,
        is_readable=item is not None and item.event is not None,
        has_workbook=quarantined.workbook_id is not None,
    )
    if item is None or item.event is None:  # the rule has refused it; this tells the reader of types
        raise NotAllowed(_("This answer cannot be read."))
    workbook = workbooks().get(pk=quarantined.workbook_id or 0)
    answer = _placed(item.event, workbook, quarantined)
    kind = KINDS[workbook.review.kind]
    role = rules.role_for(_register(answer), kind, settles=answer.kind == "resolve")
    [outcome] = record_events(workbook=workbook, events=[answer], role=role, by=quarantined.author, at=at)
    if outcome.problem:
        raise NotAllowed(outcome.problem.sentence)
    event = Event.objects.get(event_id=answer.event_id)
    _decide(quarantined, "place", state, by=by, at=at, event=event)
    return event


@transaction.atomic
def keep(*, quarantined: Quarantined, reason: str = "", by: Account, at: datetime) -> None:
    """Keep an answer as a note: it counts nowhere and stays readable."""
    state = rules.QUARANTINE.move(_decision(quarantined).state, "keep", reason=reason)
    _decide(quarantined, "keep", state, reason=reason, by=by, at=at)


@transaction.atomic
def decline(*, quarantined: Quarantined, reason: str, by: Account, at: datetime) -> None:
    """Decline an answer with a reason: it is hidden from the list, and never deleted."""
    state = rules.QUARANTINE.move(_decision(quarantined).state, "decline", reason=reason)
    _decide(quarantined, "decline", state, reason=reason, by=by, at=at)


@transaction.atomic
def undo_decision(*, quarantined: Quarantined, by: Account, at: datetime) -> None:
    """Let a declined answer, or a note, wait for a decision again."""
    state = rules.QUARANTINE.move(_decision(quarantined).state, "undo")
    _decide(quarantined, "undo", state, by=by, at=at)


def _row(
    network: Network, workbook: Workbook | None, named: str, stray: Stray, role: str, by: Account, at: datetime
) -> tuple[Quarantined, str]:
    item, event, salt = stray.item, stray.item.event, secrets.token_hex(16)
    row = Quarantined(
        network=network,
        workbook=workbook,
        named=named[:60],
        author=by,
        role=role,
        event_id=item.event_id,
        reason=stray.why.code[:40],
        sentence=stray.why.sentence,
        received_at=at,
        fingerprint=fingerprint(item, named=named, by=by),
        hash=hash_of(item, salt),
    )
    if event:
        row.criterion_key, row.register, row.kind = (
            (event.criterion_key or "")[:60],
            event.register[:60],
            event.kind[:20],
        )
        row.device_id, row.device_seq = event.device_id[:40], event.device_seq
    return row, salt


def _decision(quarantined: Quarantined) -> Decision:
    """The decision that stands, read under a lock; a new one that waits where nobody has decided yet."""
    Quarantined.objects.select_for_update().filter(pk=quarantined.pk).values_list("pk").get()
    found = Decision.objects.filter(quarantined=quarantined).first()
    return found or Decision(quarantined=quarantined, state=Decision.State.WAITING)


def _decide(
    quarantined: Quarantined,
    verb: str,
    state: str,
    *,
    by: Account,
    at: datetime,
    reason: str = "",
    event: Event | None = None,
) -> None:
    values = {"state": state, "by": by, "at": at, "reason": reason.strip(), "event": event}
    Decision.objects.update_or_create(quarantined=quarantined, defaults=values)
    audit.record(
        tenant=quarantined.network.tenant,
        verb=f"quarantine.{verb}",
        obj=quarantined,
        by=by,
        at=at,
        reason=reason,
        detail={"event": str(event.event_id)} if event else None,
    )


def _placed(event: Answer, workbook: Workbook, quarantined: Quarantined) -> Answer:
    stands = {found.event_id for found in events_named(workbook, event.supersedes) if found.key == event.key}
    return replace(
        event,
        event_id=str(uuid4()),
        workbook=str(workbook.pk),
        edition_hash=workbook.edition_hash,
        supersedes=tuple(sorted(stands)),
        device_id="",  # its number on the device belongs to what came, not to this
        device_seq=0,
        transcribed_from=f"quarantine:{quarantined.pk}",
    )


def _register(event: Answer) -> Register:
    try:
        return parse(event.register)
    except ValueError as unknown:
        raise NotAllowed(str(unknown)) from unknown
