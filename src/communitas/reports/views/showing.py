"""What the page of a local report shows, and which ways lead on from it for this person."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.kit import confirmations
from communitas.members.http import MemberRequest
from communitas.reports import policy, queries
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.policy.sharing import share
from communitas.reports.rules.documents.local import LocalReport as Document
from communitas.reports.rules.report import DECIDING, FINAL, SUPERSEDED, WAITING, WITH_HOST
from communitas.reports.views.document import document_context
from communitas.reports.views.planning import rows_of


def page_of(request: MemberRequest, report: LocalReport) -> dict[str, Any]:
    """Everything that the report's page shows."""
    document = queries.document_of(report, at=request.now)
    return {
        "report": report,
        **document_context(document, open_all=request.GET.get("open") == "all"),
        "eyebrow": _eyebrow(report, document),
        "logo_url": reverse("reports:logo", args=[report.pk]) if document.design.logo else "",
        "ways": ways(request, report),
        "versions": _versions(request, report),
        "until": queries.check_until(report.enrolment) if report.state == WITH_HOST else None,
        "signed": report.state in {FINAL, SUPERSEDED},
        "plan_url": (plan_url := _plan_url(request, report)),
        "plan_rows": rows_of(request, report.enrolment) if plan_url else [],
        "crumbs": crumbs(report),
    }


def ways(request: MemberRequest, report: LocalReport) -> dict[str, Any]:
    """What this person may do with the report now, each a truth for the template."""
    actor = request.actor
    decides = policy.decide.allows(actor, report)
    return {
        "write": policy.edit.allows(actor, report),
        "deliver": report.state == "drafting" and policy.edit.allows(actor, report),
        "check": policy.check_facts.allows(actor, report),
        "comment": policy.comment.allows(actor, report),
        "points": report.state in {DECIDING, WAITING, WITH_HOST} and actor.holds("office", request.network.pk),
        "decide": report.state == DECIDING and decides,
        "go_on": report.state == WITH_HOST
        and actor.holds("office", request.network.pk)
        and not queries.window_open(report.enrolment, request.now),
        "sign": report.state == DECIDING and policy.sign.allows(actor, report),
        "open_points": report.points.filter(state=FactPoint.State.OPEN).count() if report.state == DECIDING else 0,
        "back": report.state == WAITING and decides,
        "correct": report.state == FINAL and decides,
        "share": report.state == FINAL and share.allows(actor, report),
        **_second(request, report),
    }


def crumbs(report: LocalReport, here: str = "") -> list[dict[str, str]]:
    """The way up from a report's pages."""
    items = [{"label": _("Reports"), "href": reverse("reports:locals")}]
    title = f"{report.enrolment.community_name}, {report.enrolment.cycle.name}"
    if here:
        return [*items, {"label": title, "href": reverse("reports:local", args=[report.pk])}, {"label": here}]
    return [*items, {"label": title}]


def _second(request: MemberRequest, report: LocalReport) -> dict[str, Any]:
    """The signature that waits: who gave the first, and whether this person may give the second."""
    if report.state != WAITING:
        return {}
    waiting = confirmations.waiting(report, policy.sign)
    may = (
        waiting is not None and waiting.proposed_by_id != request.user.pk and policy.sign.allows(request.actor, report)
    )
    return {"waiting": waiting is not None, "second": waiting.pk if may and waiting else None}


def _eyebrow(report: LocalReport, document: Document) -> str:
    parts = [_("Local report %(cycle)s") % {"cycle": document.cycle}, str(report.get_state_display())]
    parts.append(_("version %(number)s") % {"number": report.version})
    if report.signed_at:
        parts.append(_("signed %(day)s") % {"day": date_format(report.signed_at, "j F Y")})
    return " · ".join(parts)


def _versions(request: MemberRequest, report: LocalReport) -> list[dict[str, Any]]:
    """Every version that this person may read, newest first; empty when there is one."""
    mine = policy.read.visible(LocalReport.objects.filter(enrolment=report.enrolment_id), request.actor)
    found = mine.order_by("-version").values("pk", "version", "state", "version_reason", "signed_at")
    words = dict(LocalReport.State.choices)
    versions = [{**row, "words": words[row["state"]], "current": row["pk"] == report.pk} for row in found]
    return versions if len(versions) > 1 else []


def _plan_url(request: MemberRequest, report: LocalReport) -> str:
    if report.state != FINAL or not policy.read_plan.allows(request.actor, report.enrolment):
        return ""
    return reverse("reports:plan", args=[report.enrolment_id])
