"""Words that should never have been written are removed: the answer's row, its place and its hash stay."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.workbooks.actions.batch import MAIN
from communitas.workbooks.actions.forgetting import forget_on_paper
from communitas.workbooks.models import Decision, Event, Payload, Quarantined, QuarantinedWords, Redaction, Workbook
from communitas.workbooks.queries.progress import counts_of
from communitas.workbooks.queries.reading import hold


@transaction.atomic
def redact(*, workbook: Workbook, event: Event, reason: str, by: Account, at: datetime) -> Redaction:
    """Remove what an event says, with a reason; offered again it answers 'redacted', and devices delete it.

    It says nothing any more, so its criterion may have no answer afterwards; the counts are right at once. Where the
    event was placed from quarantine, what came there goes with it.
    """
    hold(workbook)
    _require(reason, gone=Redaction.objects.filter(event=event).exists())
    redaction = Redaction.objects.create(event=event, reason=reason.strip(), by=by, at=at)
    Payload.objects.filter(event=event).delete()
    forget_on_paper(workbook=workbook, event=event)
    if event.register == MAIN[workbook.review.kind]:
        workbook.counts = counts_of(workbook)
        workbook.save(update_fields=["counts"])
    tenant = workbook.review.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb="answer.redact", obj=event, by=by, at=at, reason=reason)
    for decision in Decision.objects.filter(event=event, quarantined__redaction=None).select_related("quarantined"):
        redact_quarantined(quarantined=decision.quarantined, reason=reason, by=by, at=at)
    return redaction


@transaction.atomic
def redact_quarantined(*, quarantined: Quarantined, reason: str, by: Account, at: datetime) -> Redaction:
    """Remove the words of an answer that waits in quarantine, with a reason."""
    Quarantined.objects.select_for_update().filter(pk=quarantined.pk).values_list("pk").get()
    _require(reason, gone=Redaction.objects.filter(quarantined=quarantined).exists())
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
