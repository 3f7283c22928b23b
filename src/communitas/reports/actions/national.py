"""The national report: figures frozen, an introduction written, released by a second person, set as PDFs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.benchmarking import actions as benchmarking
from communitas.benchmarking import queries as figures
from communitas.benchmarking.models import Release
from communitas.cycles.models import Cycle
from communitas.kit import audit, confirmations, files, tasks
from communitas.kit.addresses import path_of
from communitas.kit.models import Job, StoredFile
from communitas.people.models import Account
from communitas.reports import policy
from communitas.reports.models import NationalReport
from communitas.reports.queries import national as queries
from communitas.reports.queries import outlines
from communitas.reports.queries.designs import design_in_use, logo_bytes
from communitas.reports.rules import blocks as blocks_rules
from communitas.reports.rules import national as rules
from communitas.reports.rules.documents.national_parts import Audience
from communitas.reports.rules.documents.pieces import pieces
from communitas.reports.typesetting.national import national_pdf

Say = Callable[[str], None]


def start_freeze(*, cycle: Cycle, introduction: str, by: Account, at: datetime) -> Job:
    """Freeze the figures of a cycle in the background; the Job shows how far it is."""
    return tasks.start(
        "reports.freeze_national",
        *(cycle.pk, introduction, by.pk, at.isoformat()),
        tenant=cycle.network.tenant,
        by=by,
        at=at,
        title=_("National figures of the %(cycle)s cycle") % {"cycle": cycle.name},
    )


def freeze_national(*, cycle: Cycle, introduction: str, by: Account, at: datetime, say: Say) -> NationalReport:
    """Count, protect and keep the figures of a cycle, and set the PDFs. `say` names each step.

    Counting takes its time, so only the keeping is one transaction.
    """
    counted = figures.count_and_protect(cycle=cycle, say=say)
    say(_("Keeping the figures"))
    report = _keep(cycle, counted, introduction, by, at)
    set_documents(report=report, by=by, at=at, say=say)
    return report


@transaction.atomic
def _keep(cycle: Cycle, counted: figures.Counted, introduction: str, by: Account, at: datetime) -> NationalReport:
    for earlier in queries.reports().filter(release__cycle=cycle, release__state=Release.State.FROZEN):
        waiting = confirmations.waiting(earlier, policy.release_national)
        rules.refuse_freeze(waiting=waiting is not None)
    release = benchmarking.freeze_release(cycle=cycle, counted=counted, by=by, at=at)
    return NationalReport.objects.create(
        release=release, introduction=introduction.strip(), written_by=by, written_at=at
    )


@transaction.atomic
def write_introduction(*, report: NationalReport, text: str, by: Account, at: datetime) -> None:
    """Write the words that open the report. What stood there before is kept in the audit trail."""
    held = _hold(report)
    waiting = confirmations.waiting(held, policy.release_national)
    rules.refuse_write(state=held.release.state, waiting=waiting is not None)
    before = held.introduction
    held.introduction, held.written_by, held.written_at = text.strip(), by, at
    held.save(update_fields=["introduction", "written_by", "written_at"])
    tenant = held.release.cycle.network.tenant
    audit.record(tenant=tenant, verb="national.write", obj=held, by=by, at=at, detail={"before": before})
    tasks.enqueue("reports.national_documents", held.pk, at.isoformat())


@transaction.atomic
def propose_release(*, report: NationalReport, by: Account, at: datetime) -> None:
    """Ask a second person to release the figures, their introduction and the blocks, all pinned by their hashes."""
    held = _hold(report)
    rules.refuse_write(state=held.release.state, waiting=False)
    figures.refuse_unsettled(held.release)
    _pin(held)
    network = held.release.cycle.network
    confirmations.propose(
        permission=policy.release_national,
        obj=held,
        tenant=network.tenant,
        title=_("Release the national figures of the %(cycle)s cycle") % {"cycle": held.release.cycle.name},
        by=by,
        at=at,
        url=path_of(network.slug, "reports:national", held.pk),
        payload={
            "figures": held.release.hash,
            "words": rules.words_hash(held.introduction),
            "content": outlines.content_hash(held.content),
        },
    )


def _pin(held: NationalReport) -> None:
    """Keep the blocks and what they tell with the report, as the second person will read them."""
    blocks, told = outlines.content_now(held)
    blocks_rules.refuse_unread(blocks)
    blocks_rules.refuse_open_outcomes(blocks)
    held.outline = outlines.outline_of(held.release.cycle)
    held.content = outlines.content_plain(blocks, told, design_in_use(held.release.cycle.network))
    held.save(update_fields=["outline", "content"])


@transaction.atomic
def confirm_release(
    *, obj: NationalReport, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime
) -> None:
    """Release as the second person: called when they confirm. From here on the figures are public for good."""
    held = _hold(obj)
    rules.refuse_other_words(proposed=payload["words"], found=rules.words_hash(held.introduction))
    rules.refuse_other_words(proposed=payload.get("content", ""), found=outlines.content_hash(held.content))
    benchmarking.release_figures(release=held.release, signed_hash=payload["figures"], by=by, at=at)
    tasks.enqueue("reports.national_documents", held.pk, at.isoformat())


def set_documents(*, report: NationalReport, by: Account | None, at: datetime, say: Say) -> None:
    """Set the PDF for everybody and the one for the office from the frozen figures. The same report, the same bytes.

    `by` is None when they are set because the report was released.
    """
    report = queries.reports().get(pk=report.pk)
    say(_("Setting the pages for everybody"))
    report.public_pdf = _set(report, "public", at)
    say(_("Setting the pages for the office"))
    report.office_pdf = _set(report, "office", at)
    report.save(update_fields=["public_pdf", "office_pdf"])
    tenant = report.release.cycle.network.tenant
    detail = {"public": report.public_pdf.sha256, "office": report.office_pdf.sha256}
    audit.record(tenant=tenant, verb="national.set", obj=report, by=by, at=at, detail=detail)


def _set(report: NationalReport, audience: Audience, at: datetime) -> StoredFile:
    release = report.release
    blocks, told = outlines.content_of(report)
    document = queries.document_of(report, audience, compared=outlines.tells_change(blocks))
    return files.put(
        tenant=release.cycle.network.tenant,
        content=national_pdf(
            document,
            pieces=pieces(blocks, document, outlines.lens_of(report, audience), told),
            logo=logo_bytes(document.design, release.cycle.network),
        ),
        name=f"national-{release.cycle.pk}-v{release.version}-{audience}.pdf",
        media_type="application/pdf",
        at=at,
    )


def _hold(report: NationalReport) -> NationalReport:
    """The report, locked until the end of the transaction."""
    NationalReport.objects.select_for_update().get(pk=report.pk)
    return queries.reports().get(pk=report.pk)
