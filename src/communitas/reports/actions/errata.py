"""A released national report is corrected in words by two people; its figures stay, numbers move to the next one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, confirmations, tasks
from communitas.kit.addresses import path_of
from communitas.kit.models import Proposal
from communitas.people.models import Account
from communitas.reports import policy
from communitas.reports.actions import national
from communitas.reports.models import Erratum, NationalReport
from communitas.reports.queries import national as queries
from communitas.reports.rules import national as rules
from communitas.standards import queries as standards


@transaction.atomic
def propose_erratum(*, report: NationalReport, text: str, by: Account, at: datetime) -> Proposal:
    """Ask a second person to put a correction into a released report. Nobody else reads it until they have."""
    held = _held(report)
    _refuse(held, text)
    cycle = held.release.cycle
    said = text.strip()
    return confirmations.propose(
        permission=policy.release_national,
        obj=held,
        tenant=cycle.network.tenant,
        title=_("Correct the national report of the %(cycle)s cycle") % {"cycle": cycle.name},
        by=by,
        at=at,
        url=path_of(cycle.network.slug, "reports:national_correction", held.pk),
        payload={"correction": said},
        reason=said,
    )


@transaction.atomic
def confirm_national(
    *, obj: NationalReport, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime
) -> None:
    """What a second person confirms of a national report: its release, and after that each correction."""
    if "correction" in payload:
        _add(report=_held(obj), text=payload["correction"], written_by=proposed_by, by=by, at=at)
    else:
        national.confirm_release(obj=obj, payload=payload, proposed_by=proposed_by, by=by, at=at)


def _add(*, report: NationalReport, text: str, written_by: Account, by: Account, at: datetime) -> None:
    """The correction stands in the report from now on, unchanged, and the PDFs are set anew with it."""
    _refuse(report, text)
    Erratum.objects.create(report=report, text=text, by=written_by, at=at)
    tenant = report.release.cycle.network.tenant
    audit.record(tenant=tenant, verb="national.correct", obj=report, by=by, at=at, detail={"text": text})
    tasks.enqueue("reports.national_documents", report.pk, at.isoformat())


def _refuse(report: NationalReport, text: str) -> None:
    cycle = report.release.cycle
    codes = [criterion.code for criterion in standards.edition_data(cycle.edition).criteria()]
    rules.refuse_erratum(text, state=report.release.state, names=[cycle.name, *codes])
    rules.refuse_named(text, cycle.enrolments.order_by("pk").values_list("community_name", flat=True))


def _held(report: NationalReport) -> NationalReport:
    """The report, locked until the end of the transaction."""
    NationalReport.objects.select_for_update().get(pk=report.pk)
    return queries.reports().get(pk=report.pk)
