"""What must hold of every signed report; asked of each backup and by `communitas manage check_invariants`."""

from collections.abc import Iterator

from communitas.reports.models import LocalReport
from communitas.reports.rules.stored import document_hash


def signed() -> Iterator[str]:
    """A signed report's document has the hash that two persons signed."""
    for report in LocalReport.objects.filter(signed_at__isnull=False).order_by("pk").iterator():
        if report.document is None or document_hash(report.document) != report.document_hash:
            yield f"local report {report.pk}, version {report.version}: it is no longer what was signed"
