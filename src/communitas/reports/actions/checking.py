"""The factual check: points of the host and comments of the team, until the host sends them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles import actions as cycles
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.actions.recording import step
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.rules import factual_check
from communitas.reports.rules.report import DECIDING, LOCAL_REPORT, refuse_going_on, refuse_late_answer
from communitas.reports.telling import tell_office


@transaction.atomic
def raise_point(
    *,
    report: LocalReport,
    side: str,
    text: str,
    by: Account,
    at: datetime,
    criterion_key: str = "",
    wanted_score: str = "",
) -> FactPoint:
    """Say what is not right in a draft. `side` is host, team, or off for a correction of a signed report.

    `wanted_score` is a mark as text, 'NA', or '' where only words are in question.
    """
    queries.hold(report)
    if side == FactPoint.Side.OFFICE:
        _refuse_correction(report)
    else:
        LOCAL_REPORT.find(report.state, "answer")
        _refuse_after_window(report, at)
    codes = queries.codes_by_key(report.enrolment)
    factual_check.refuse_point(
        factual_check.Point(text, codes.get(criterion_key, criterion_key), queries.as_score(wanted_score)),
        queries.scale_of(report.enrolment),
        frozenset(codes.values()),
    )
    point = FactPoint.objects.create(
        report=report,
        side=side,
        criterion_key=criterion_key,
        text=text.strip(),
        wanted_score=wanted_score,
        made_by=by,
        made_at=at,
    )
    audit.record(
        tenant=queries.tenant_of(report),
        verb="report.raise_point",
        obj=report,
        by=by,
        at=at,
        detail={"point": point.pk},
    )
    return point


@transaction.atomic
def withdraw_point(*, point: FactPoint, by: Account, at: datetime) -> None:
    """Take a point back before the factual check is sent. It is kept, and nobody decides it."""
    queries.hold(point.report)
    LOCAL_REPORT.find(point.report.state, "answer" if point.side != FactPoint.Side.OFFICE else "decide_point")
    point.refresh_from_db(fields=["state"])
    point.state = factual_check.POINT.move(point.state, "withdraw")
    point.save(update_fields=["state"])
    detail = {"point": point.pk}
    audit.record(
        tenant=queries.tenant_of(point.report),
        verb="report.withdraw_point",
        obj=point.report,
        by=by,
        at=at,
        detail=detail,
    )


@transaction.atomic
def answer(*, report: LocalReport, by: Account, at: datetime) -> None:
    """Send the factual check, with the points that were raised or with none."""
    queries.hold(report)
    LOCAL_REPORT.find(report.state, "answer")
    _refuse_after_window(report, at)
    points = report.points.filter(side=FactPoint.Side.HOST, state=FactPoint.State.OPEN).count()
    step(report=report, verb="answer", by=by, at=at, answered_at=at, detail={"points": points})
    cycles.fact_check_ended(enrolment=report.enrolment, by=by, at=at)
    tell_office(
        report.enrolment,
        subject=_("%(community)s has checked its draft report") % {"community": report.enrolment.community_name},
        template="reports/mail/checked.txt",
        url_name="reports:local",
        pk=report.pk,
        at=at,
        points=points,
    )


@transaction.atomic
def go_on(*, report: LocalReport, by: Account, at: datetime) -> None:
    """Go on without an answer of the host, when the time to check is over. Points that were raised still count."""
    queries.hold(report)
    LOCAL_REPORT.find(report.state, "end_fact_check")
    refuse_going_on(window_open=queries.window_open(report.enrolment, at))
    step(report=report, verb="end_fact_check", by=by, at=at)
    cycles.fact_check_ended(enrolment=report.enrolment, by=by, at=at)


def _refuse_after_window(report: LocalReport, at: datetime) -> None:
    refuse_late_answer(delivered=report.delivered_at is not None, window_open=queries.window_open(report.enrolment, at))


def _refuse_correction(report: LocalReport) -> None:
    if report.state != DECIDING or report.version == 1:
        raise NotAllowed(_("Corrections are entered in a new version of a signed report."))
