"""What reports put into the reviewers' pack: the community's last signed report, in a few lines and as a file."""

from collections.abc import Iterable
from functools import partial

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.kit import files
from communitas.reports.models import LocalReport
from communitas.reports.queries.document import document_of
from communitas.reports.rules.report import FINAL
from communitas.visits.slots import PackPart

MOST = 5  # findings of each kind that are named


def pack(ids: list[int]) -> dict[int, list[PackPart]]:
    """The last signed report of each community before this enrolment: two queries."""
    wanted = list(Enrolment.objects.filter(pk__in=ids).select_related("cycle"))
    signed = (
        LocalReport.objects.filter(enrolment__community__in=[each.community_id for each in wanted], state=FINAL)
        .select_related("enrolment__cycle", "pdf")
        .order_by("-enrolment__cycle__opens_on", "-version")
    )
    found: dict[int, list[PackPart]] = {}
    reports = list(signed)
    for enrolment in wanted:
        last = _before(enrolment, reports)
        if last is not None:
            found[enrolment.pk] = [_part(last)]
    return found


def _before(enrolment: Enrolment, reports: Iterable[LocalReport]) -> LocalReport | None:
    return next(
        (
            report
            for report in reports
            if report.enrolment.community_id == enrolment.community_id
            and report.enrolment.cycle.network_id == enrolment.cycle.network_id
            and report.enrolment.cycle.opens_on < enrolment.cycle.opens_on
        ),
        None,
    )


def _part(report: LocalReport) -> PackPart:
    signed_at = report.signed_at or report.begun_at
    document = document_of(report, at=signed_at)
    words = [
        _("%(cycle)s, signed on %(day)s.")
        % {"cycle": report.enrolment.cycle.name, "day": date_format(localtime(signed_at), "j F Y")}
    ]
    words += [_("Achieved: %(text)s") % {"text": one.text} for one in document.achievements[:MOST]]
    words += [_("To work on: %(text)s") % {"text": one.text} for one in document.improvements[:MOST]]
    return PackPart(_("The last report"), tuple(words), order=20, files=partial(_pdf, report))


def _pdf(report: LocalReport) -> list[tuple[str, bytes]]:
    return [("last-report.pdf", files.read(report.pdf))] if report.pdf else []
