"""Background work of reports."""

from datetime import datetime

from communitas.kit.addresses import path_of
from communitas.kit.tasks import Progress, task
from communitas.reports import actions, queries
from communitas.reports.typesetting.local import local_pdf


@task("reports.local_pdf")
def set_local_report(pk: int, at: str, *, progress: Progress) -> None:
    """Set the PDF of a local report and keep it. The same report gives the same bytes."""
    report = queries.reports().get(pk=pk)
    moment = datetime.fromisoformat(at)
    progress.step("Reading the report", 0, 3)
    document = queries.document_of(report, at=moment)
    progress.step("Setting the pages", 1, 3)
    content = local_pdf(document)
    progress.step("Keeping the file", 2, 3)
    actions.keep_pdf(report=report, content=content, by=report.signed_by, at=moment)
    progress.result(path_of(report.enrolment.cycle.network.slug, "reports:local_pdf", report.pk))
