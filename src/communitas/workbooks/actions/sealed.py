"""Answers that a device could not send, brought back in a sealed file: added when their author says they are theirs."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.workbooks.actions.receiving import Receipt, receive
from communitas.workbooks.models import SealedOutbox, ServerKey, Workbook
from communitas.workbooks.queries.installation import private_half
from communitas.workbooks.rules.sealed import MOST_BYTES, Envelope, author_agrees, author_is_gone, read_envelope
from communitas.workbooks.rules.sync import MOST_EVENTS, Malformed, Posted, device_of, read_item, read_object

OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


@transaction.atomic
def bring_outbox(
    *,
    workbook: Workbook,
    author: Account,
    envelope: Envelope,
    content: bytes,
    is_last: bool = False,
    by: Account,
    at: datetime,
) -> SealedOutbox:
    """Keep a sealed outbox until its author confirms it. The same file again is the same row; nothing is opened yet.

    With `is_last` its author brings it and has no access any more: it is opened at once, and every answer waits in
    quarantine. NotAllowed when it cannot be opened: then nothing is kept here, and the device goes on keeping it.
    """
    digest = hashlib.sha256(content).hexdigest()
    kept, new = SealedOutbox.objects.get_or_create(
        workbook=workbook,
        sha256=digest,
        defaults={
            "author": author,
            "brought_by": by,
            "received_at": at,
            "count": envelope.count,
            "sealed": content.decode("utf-8"),
        },
    )
    if new:
        tenant = workbook.review.enrolment.cycle.network.tenant
        audit.record(tenant=tenant, verb="outbox.bring", obj=kept, by=by, at=at, detail={"count": envelope.count})
    if is_last and kept.state == SealedOutbox.State.WAITING:
        add_outbox(outbox=kept, workbook=workbook, readable=False, role="", by=by, at=at)
    return kept


@transaction.atomic
def add_outbox(
    *, outbox: SealedOutbox, workbook: Workbook, readable: bool, role: str, by: Account, at: datetime
) -> list[Receipt]:
    """The author agrees: open the file and take its answers in as if the device had sent them, late ones and all."""
    _settle(outbox, SealedOutbox.State.ADDED, by=by, at=at)
    receipts = []
    for posted in _batches(_opened(outbox)):
        receipts.append(
            receive(
                network=workbook.review.enrolment.cycle.network,
                workbook=workbook,
                readable=readable,
                named=str(workbook.pk),
                posted=posted,
                role=role,
                by=by,
                at=at,
                counts_unsent=False,
            )
        )
    tenant = workbook.review.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb="outbox.add", obj=outbox, by=by, at=at)
    return receipts


@transaction.atomic
def refuse_outbox(*, outbox: SealedOutbox, workbook: Workbook, by: Account, at: datetime) -> None:
    """The author says that these answers are not theirs: the file stays closed, and is kept."""
    _settle(outbox, SealedOutbox.State.REFUSED, by=by, at=at)
    tenant = workbook.review.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb="outbox.refuse", obj=outbox, by=by, at=at)


@transaction.atomic
def hand_in_outbox(*, outbox: SealedOutbox, workbook: Workbook, by: Account, at: datetime) -> list[Receipt]:
    """Open a copy whose author's account is closed: every answer waits in quarantine under the author's name.

    Who decides about answers there does it, as nobody else is left to say whose they are.
    """
    if not author_is_gone(is_active=outbox.author.is_active):
        raise NotAllowed(sentence(author_is_gone))
    _take_up(outbox, SealedOutbox.State.ADDED, at)
    receipts = [
        receive(
            network=workbook.review.enrolment.cycle.network,
            workbook=workbook,
            readable=False,
            named=str(workbook.pk),
            posted=posted,
            role="",
            by=outbox.author,
            at=at,
            counts_unsent=False,
        )
        for posted in _batches(_opened(outbox))
    ]
    tenant = workbook.review.enrolment.cycle.network.tenant
    detail = {"author": outbox.author_id, "brought_by": outbox.brought_by_id}
    audit.record(tenant=tenant, verb="outbox.hand_in", obj=outbox, by=by, at=at, detail=detail)
    return receipts


def _settle(outbox: SealedOutbox, state: str, *, by: Account, at: datetime) -> None:
    if not author_agrees(outbox.author_id, by.pk):
        raise NotAllowed(_("Only the person who wrote these answers adds them."))
    _take_up(outbox, state, at)


def _take_up(outbox: SealedOutbox, state: str, at: datetime) -> None:
    waiting = SealedOutbox.objects.filter(pk=outbox.pk, state=SealedOutbox.State.WAITING)
    if not waiting.update(state=state, settled_at=at):
        raise NotAllowed(_("Somebody has decided about these answers already."))


def _opened(outbox: SealedOutbox) -> Posted:
    """What is inside; NotAllowed when it cannot be opened."""
    envelope = read_envelope(outbox.sealed.encode("utf-8"))
    key = ServerKey.objects.filter(key_id=envelope.key_id).first()
    try:
        if key is None:
            raise ValueError(envelope.key_id)
        secret = private_half(key).decrypt(envelope.sealed_key, OAEP)
        body = read_object(AESGCM(secret).decrypt(envelope.iv, envelope.data, None), most=MOST_BYTES)
        items = body.get("events")
        if not isinstance(items, list):
            raise Malformed("no events")
        return Posted(device_of(body), 0, tuple(read_item(item) for item in items))
    except (ValueError, InvalidTag) as closed:
        raise NotAllowed(_("This copy cannot be opened: it is damaged, or was sealed to another office.")) from closed


def _batches(posted: Posted) -> Sequence[Posted]:
    starts = range(0, len(posted.items), MOST_EVENTS)
    return [Posted(posted.device, 0, posted.items[start : start + MOST_EVENTS]) for start in starts]
