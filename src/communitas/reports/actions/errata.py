"""A released national report is corrected in words; its figures stay, and numbers move to the next report."""

from datetime import datetime

from django.db import transaction

from communitas.kit import audit, tasks
from communitas.people.models import Account
from communitas.reports.models import Erratum, NationalReport
from communitas.reports.queries import national as queries
from communitas.reports.rules import national as rules
from communitas.standards import queries as standards


@transaction.atomic
def write_erratum(*, report: NationalReport, text: str, by: Account, at: datetime) -> Erratum:
    """Say in a released report what was not right. The PDFs are set anew with it, and it is never changed."""
    NationalReport.objects.select_for_update().get(pk=report.pk)
    held = queries.reports().get(pk=report.pk)
    cycle = held.release.cycle
    codes = [criterion.code for criterion in standards.edition_data(cycle.edition).criteria()]
    rules.refuse_erratum(text, state=held.release.state, names=[cycle.name, *codes])
    made = Erratum.objects.create(report=held, text=text.strip(), by=by, at=at)
    audit.record(tenant=cycle.network.tenant, verb="national.correct", obj=held, by=by, at=at)
    tasks.enqueue("reports.national_documents", held.pk, at.isoformat())
    return made
