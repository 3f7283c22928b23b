"""The decision on each point. An accepted one may change the agreed score, as a new event beside the old one."""

from datetime import datetime

from django.db import transaction

from communitas.benchmarking.rules.facts import Score
from communitas.kit import audit
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.models import FactPoint
from communitas.reports.rules import factual_check
from communitas.reports.rules.report import LOCAL_REPORT, refuse_decider
from communitas.visits import queries as visits
from communitas.workbooks.actions import correct_agreed


@transaction.atomic
def decide(*, point: FactPoint, verb: str, reason: str, by: Account, at: datetime, new_score: str = "") -> None:
    """Accept, decline or note a point. `new_score` ('' for none) becomes the agreed score of its criterion."""
    _hold(point, by)
    point.state = factual_check.POINT.move(point.state, verb, reason=reason)
    point.decision, point.decided_by, point.decided_at = reason.strip(), by, at
    if new_score:
        _change_score(point, new_score, by, at)
    point.save()
    _record(point, verb, by, at, reason)


@transaction.atomic
def decide_again(*, point: FactPoint, reason: str, by: Account, at: datetime) -> None:
    """Open a decided point again. A score that its acceptance changed goes back, as one more event."""
    _hold(point, by)
    point.state = factual_check.POINT.move(point.state, "reopen", reason=reason)
    if point.new_score:
        _rescore(point, queries.as_score(point.score_before), reason, by, at)
    _record(point, "reopen", by, at, reason)
    point.decision, point.decided_by, point.decided_at = "", None, None
    point.new_score = point.score_before = ""
    point.save()


def _hold(point: FactPoint, by: Account) -> None:
    queries.hold(point.report)
    LOCAL_REPORT.find(point.report.state, "decide_point")
    refuse_decider(
        by=by.pk,
        team=visits.on_team(point.report.enrolment_id),
        authors=queries.authors_of(point.report) | {point.made_by_id},
    )
    point.refresh_from_db(fields=["state", "decision", "new_score", "score_before"])


def _change_score(point: FactPoint, new_score: str, by: Account, at: datetime) -> None:
    enrolment = point.report.enrolment
    agreed = queries.agreed_score(enrolment, point.criterion_key)
    new = queries.as_score(new_score)
    factual_check.refuse_score_change(
        factual_check.Point(point.text, point.criterion_key, queries.as_score(point.wanted_score), point.state),
        agreed=agreed,
        new="NA" if new is None else new,
        scale=queries.scale_of(enrolment),
        reason=point.decision,
    )
    point.score_before, point.new_score = queries.as_text(agreed), new_score
    _rescore(point, new, point.decision, by, at)


def _rescore(point: FactPoint, score: Score, reason: str, by: Account, at: datetime) -> None:
    correct_agreed(
        enrolment=point.report.enrolment,
        criterion_key=point.criterion_key,
        value=score,
        reason=reason,
        point=str(point.pk),
        by=by,
        at=at,
    )


def _record(point: FactPoint, verb: str, by: Account, at: datetime, reason: str) -> None:
    detail = {
        "point": point.pk,
        "score_before": point.score_before,
        "new_score": point.new_score,
        "decision": point.decision,
    }
    audit.record(
        tenant=queries.tenant_of(point.report),
        verb=f"report.{verb}_point",
        obj=point.report,
        by=by,
        at=at,
        reason=reason.strip(),
        detail=detail,
    )
