"""Words that should never have been written are removed: the answer's row, its place and its hash stay."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.workbooks.actions.batch import MAIN
from communitas.workbooks.models import (
    Decision,
    Event,
    Keying,
    Payload,
    Quarantined,
    QuarantinedWords,
    Redaction,
    Workbook,
)
from communitas.workbooks.queries.progress import counts_of
from communitas.workbooks.queries.reading import hold, workbooks
from communitas.workbooks.rules.registers import parse


@transaction.atomic
def redact(*, workbook: Workbook, event: Event, reason: str, by: Account, at: datetime) -> Redaction:
    """Remove what an event says, with a reason; offered again it answers 'redacted', and devices delete it.

    It says nothing any more, so its criterion may have no answer afterwards; the counts are right at once. Where the
    event was placed from quarantine, what came there goes with it.
    """
    placed = Quarantined.objects.filter(decision__event=event, redaction=None)
    # Locked before the workbook, as placing does, so that the two never wait for each other.
    rows = list(placed.select_related("network__tenant").select_for_update(of=("self",)))
    hold(workbook)
    _require(reason, gone=Redaction.objects.filter(event=event).exists())
    redaction = Redaction.objects.create(event=event, reason=reason.strip(), by=by, at=at)
    Payload.objects.filter(event=event).delete()
    _forget_on_paper(workbook, event)
    if event.register == MAIN[workbook.review.kind]:
        workbook.counts = counts_of(workbook)
        workbook.save(update_fields=["counts"])
    tenant = workbook.review.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb="answer.redact", obj=event, by=by, at=at, reason=reason)
    for row in rows:
        _remove_quarantined(row, reason, by=by, at=at)
    return redaction


@transaction.atomic
def redact_quarantined(*, quarantined: Quarantined, reason: str, by: Account, at: datetime) -> Redaction:
    """Remove the words of an answer in quarantine, with a reason. Where it was placed, those of that event go too."""
    Quarantined.objects.select_for_update().filter(pk=quarantined.pk).values_list("pk").get()
    _require(reason, gone=Redaction.objects.filter(quarantined=quarantined).exists())
    redaction = _remove_quarantined(quarantined, reason, by=by, at=at)
    placed = Decision.objects.filter(quarantined=quarantined, event__isnull=False, event__redaction=None)
    for decision in placed.select_related("event"):
        if decision.event:
            workbook = workbooks().get(pk=decision.event.workbook_id)
            redact(workbook=workbook, event=decision.event, reason=reason, by=by, at=at)
    return redaction


def _remove_quarantined(quarantined: Quarantined, reason: str, *, by: Account, at: datetime) -> Redaction:
    redaction = Redaction.objects.create(quarantined=quarantined, reason=reason.strip(), by=by, at=at)
    QuarantinedWords.objects.filter(quarantined=quarantined).delete()
    tenant = quarantined.network.tenant
    audit.record(tenant=tenant, verb="answer.redact", obj=quarantined, by=by, at=at, reason=reason)
    return redaction


def _require(reason: str, *, gone: bool) -> None:
    if gone:
        raise NotAllowed(_("These words were removed already."))
    if not reason.strip():
        raise NotAllowed(_("Please give a reason: it stays, the words do not."))


def _forget_on_paper(workbook: Workbook, event: Event) -> None:
    # What was read from paper goes too. The paper itself is in somebody's hands: the reason is what sends them to it.
    if event.origin != "paper":
        return
    register = parse(event.register)
    readings = Keying.objects.filter(sheet__printing__workbook=workbook)
    if register.reviewer:
        readings = readings.filter(sheet__reviewer=int(register.reviewer))
    for keying in readings.select_related("sheet"):
        kept = {place: entry for place, entry in keying.entries.items() if not _is_place(place, event, str(register))}
        if len(kept) < len(keying.entries):
            Keying.objects.filter(pk=keying.pk).update(entries=kept)


def _is_place(place: str, event: Event, register: str) -> bool:
    if event.criterion_key:
        return place == event.criterion_key
    return place.startswith("found:") and place.endswith(f":{register}")
