"""Background work of reports."""

from datetime import datetime

from communitas.cycles.models import Cycle
from communitas.kit.addresses import path_of
from communitas.kit.tasks import Progress, task
from communitas.people.models import Account
from communitas.reports import actions, queries
from communitas.reports.actions import national
from communitas.reports.queries.designs import logo_bytes
from communitas.reports.queries.national import reports as national_reports
from communitas.reports.typesetting.local import local_pdf


@task("reports.local_pdf")
def set_local_report(pk: int, at: str, *, progress: Progress) -> None:
    """Set the PDF of a local report and keep it. The same report gives the same bytes."""
    report = queries.reports().get(pk=pk)
    moment = datetime.fromisoformat(at)
    progress.step("Reading the report", 0, 3)
    document = queries.document_of(report, at=moment)
    progress.step("Setting the pages", 1, 3)
    content = local_pdf(document, logo=logo_bytes(document.design, report.enrolment.cycle.network))
    progress.step("Keeping the file", 2, 3)
    actions.keep_pdf(report=report, content=content, by=report.signed_by, at=moment)
    progress.result(path_of(report.enrolment.cycle.network.slug, "reports:local_pdf", report.pk))


@task("reports.freeze_national")
def freeze_national(cycle_id: int, introduction: str, by_id: int, at: str, *, progress: Progress) -> None:
    """Freeze the national figures of a cycle and set both PDFs."""
    cycle = Cycle.objects.select_related("network__tenant", "edition", "previous__edition").get(pk=cycle_id)
    by = Account.objects.get(pk=by_id)
    report = national.freeze_national(
        cycle=cycle, introduction=introduction, by=by, at=datetime.fromisoformat(at), say=progress.step
    )
    progress.result(path_of(cycle.network.slug, "reports:national", report.pk))


@task("reports.national_documents")
def set_national_documents(pk: int, at: str, *, progress: Progress) -> None:
    """Set both PDFs of a national report anew, because its words changed or it was released."""
    report = national_reports().get(pk=pk)
    national.set_documents(report=report, by=None, at=datetime.fromisoformat(at), say=progress.step)
