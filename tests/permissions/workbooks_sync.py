"""Quarantine, devices, removals and sealed outboxes."""

import json
from typing import Any
from uuid import UUID

from communitas.people.models import Account
from communitas.workbooks import policy
from communitas.workbooks.models import (
    Device,
    Event,
    Payload,
    Quarantined,
    QuarantinedWords,
    Review,
    SealedOutbox,
    Unsent,
    Workbook,
)
from tests.cast import NOW, Part, World
from tests.permissions.cases import SIGNED_IN, Case, Target

BOTH, POST = ("GET", "POST"), ("POST",)


def late_in_self(world: World, part: Part) -> Target:
    """An answer of Stefan's that came out of place, for a self-review that is open."""
    row = _quarantined(part, part.workbook, "open", world.stefan, "self")
    return Target(row.pk, community=part.lark, scope=0, subject=world.stefan, true="W")


def late_in_a_sent_one(world: World, part: Part) -> Target:
    """The same for a self-review that was sent: the office decides."""
    row = _quarantined(part, part.workbook, "sent", world.stefan, "self")
    return Target(row.pk, community=part.lark, scope=0, subject=world.stefan)


def late_in_peer(world: World, part: Part) -> Target:
    """An answer of Rafi's for the peer-review."""
    row = _quarantined(part, part.peer_workbook, "closed", world.rafi, f"reviewer:{world.rafi.pk}")
    return Target(row.pk, scope=part.enrolment.pk, subject=world.rafi)


def for_no_workbook(world: World, part: Part) -> Target:
    """An answer for a workbook that nobody has."""
    row = _quarantined(part, None, "", world.rafi, "self")
    return Target(row.pk, scope=0, subject=world.rafi)


def any_workbook(world: World, part: Part) -> Target:
    """A workbook in which something was written."""
    _written(part, world.stefan)
    return Target(part.workbook.pk, community=part.lark, scope=part.enrolment.pk)


def an_event(world: World, part: Part) -> Target:
    """One entry of a workbook."""
    event = _written(part, world.stefan)
    return Target(part.workbook.pk, event.event_id, community=part.lark, scope=part.enrolment.pk)


def a_device(world: World, part: Part) -> Target:
    """Mina's tablet."""
    device, _ = Device.objects.get_or_create(
        network=part.network,
        account=world.mina,
        device_id="tablet",
        defaults={"name": "Tablet of the ward", "first_seen_at": NOW, "last_seen_at": NOW},
    )
    Unsent.objects.get_or_create(device=device, workbook=part.workbook, defaults={"count": 3, "said_at": NOW})
    return Target(device.pk, subject=world.mina)


def an_outbox(world: World, part: Part) -> Target:
    """A copy of Rafi's answers that Ludo brought back."""
    outbox, _ = SealedOutbox.objects.get_or_create(
        workbook=part.peer_workbook,
        sha256="a" * 64,
        defaults={"author": world.rafi, "brought_by": world.ludo, "received_at": NOW, "count": 3, "sealed": "{}"},
    )
    return Target(outbox.pk, subject=world.rafi)


def a_closed_outbox(world: World, part: Part) -> Target:
    """The same, as it stands for those who decide about the answers of its review."""
    [pk] = an_outbox(world, part).args
    return Target(pk, community=part.lark, scope=part.enrolment.pk, subject=world.rafi)


def with_all(world: World, part: Part) -> Target:
    """The network, with everything there that its lists could show to the wrong people."""
    for build in (late_in_self, late_in_peer, for_no_workbook, a_device, an_outbox):
        build(world, part)
    return Target(is_network=True)


def _quarantined(part: Part, workbook: Workbook | None, state: str, author: Account, register: str) -> Quarantined:
    if workbook:
        Review.objects.filter(pk=workbook.review_id).update(state=state)
    fingerprint = f"{part.network.pk}-{workbook and workbook.pk}-{author.pk}"
    fields: dict[str, Any] = {"criterion_key": "c1-1", "register": register, "kind": "score", "event_id": "x"}
    row, new = Quarantined.objects.get_or_create(
        fingerprint=fingerprint,
        defaults=fields
        | {
            "network": part.network,
            "workbook": workbook,
            "named": str(workbook.pk if workbook else 987654),
            "author": author,
            "reason": "late",
            "sentence": "This answer came when the review did not take answers.",
            "received_at": NOW,
            "hash": "0" * 64,
        },
    )
    if new:
        QuarantinedWords.objects.create(quarantined=row, salt="00", raw=json.dumps({"event_id": "x"}))
    return row


def _written(part: Part, author: Account) -> Event:
    made, new = Event.objects.get_or_create(
        event_id=UUID(int=part.network.pk, version=4),
        defaults={
            "workbook": part.workbook,
            "server_seq": 1,
            "criterion_key": "c1-1",
            "register": "comment:self",
            "kind": "comment",
            "author": author,
            "made_at": NOW,
            "received_at": NOW,
            "hash": "0" * 64,
        },
    )
    if new:
        Payload.objects.create(event=made, salt="00", value={"value": {"text": "Words"}})
    return made


STRAYS = [late_in_self, late_in_a_sent_one, late_in_peer, for_no_workbook]
READ, PLACE = "quarantine.read", "quarantine.place"
CASES = [
    Case("workbooks:quarantine", row=SIGNED_IN, of=[with_all]),
    Case("workbooks:quarantined", row=READ, of=STRAYS),
    Case("workbooks:decide", row=PLACE, sees=READ, of=STRAYS, methods=POST, data={"verb": "keep"}),
    Case("workbooks:redact_quarantined", row="answer.redact", of=STRAYS, methods=BOTH),
    Case("workbooks:removals", row="answer.redact", of=[any_workbook]),
    Case("workbooks:redact", row="answer.redact", of=[an_event], methods=BOTH, data={"reason": "It names somebody."}),
    Case("workbooks:my_devices", row=SIGNED_IN, of=[with_all]),
    Case("workbooks:stop_device", row="device.stop", of=[a_device], methods=POST),
    Case("workbooks:unsent", row=SIGNED_IN, of=[with_all]),
    Case("workbooks:bring_back", row=SIGNED_IN, methods=BOTH),
    Case("workbooks:settle_outbox", row="outbox.confirm", of=[an_outbox], methods=POST, data={"mine": "no"}),
    Case("workbooks:hand_in_outbox", row=PLACE, of=[a_closed_outbox], methods=POST),
    Case("workbooks:sync_sealed", row=SIGNED_IN, methods=POST),
]
PERMISSIONS = [
    (policy.read_quarantine, Quarantined),
    (policy.place_quarantined, Quarantined),
    (policy.redact_quarantined, Quarantined),
    (policy.redact, Workbook),
    (policy.read_unsent, Unsent),
    (policy.stop_device, Device),
    (policy.confirm_outbox, SealedOutbox),
    (policy.hand_in_outbox, SealedOutbox),
    (policy.upload_outbox, Workbook),
]
