"""The peer-review: prepared, begun, discussed, closed, reopened by two."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles import actions as cycles
from communitas.cycles import queries as calendars
from communitas.cycles.models import Enrolment
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.events import publish
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits import queries as visit_queries
from communitas.visits.models import Visit
from communitas.workbooks import policy
from communitas.workbooks.actions.moving import note
from communitas.workbooks.events import PeerReviewClosed, PeerReviewReopened
from communitas.workbooks.models import Review, Workbook
from communitas.workbooks.queries.progress import missing_in
from communitas.workbooks.queries.reading import hold, workbooks
from communitas.workbooks.queries.seats import sits_elsewhere
from communitas.workbooks.rules import review as rules

SCORED = ("peer_review", "accreditation")


@transaction.atomic
def prepare_peer_review(*, enrolment: Enrolment, by: Account | None, at: datetime) -> Workbook | None:
    """Make the peer-review of an enrolment, not started; once it is there, this changes nothing.

    None for the developmental pathway. Called when somebody joins the visit team.
    """
    if enrolment.pathway not in SCORED:
        return None
    existing = workbooks().filter(review__enrolment=enrolment, review__kind="peer").first()
    if existing:
        return existing
    review = Review.objects.create(enrolment=enrolment, kind=Review.Kind.PEER, state=Review.State.NOT_STARTED)
    workbook = Workbook.objects.create(review=review, edition_hash=enrolment.edition.content_hash)
    note(workbook=workbook, verb="prepare", by=by, at=at)
    return workbook


@transaction.atomic
def begin(*, workbook: Workbook, reason: str = "", by: Account, at: datetime) -> None:
    """Open the scoring: the team is appointed and the self-review was sent, or a reason is given to go on without."""
    hold(workbook)
    enrolment = workbook.review.enrolment
    sent = Review.objects.filter(enrolment=enrolment, kind="self").exclude(state=Review.State.OPEN).exists()
    state = rules.begin(
        workbook.review.state,
        team_is_appointed=bool(visit_queries.on_team(enrolment.pk)),
        self_review_was_sent=sent,
        reason=reason,
    )
    workbook.review.opened_at = at
    note(workbook=workbook, verb="begin", state=state, by=by, at=at, reason=reason)


@transaction.atomic
def open_discussion(*, workbook: Workbook, by: Account, at: datetime) -> None:
    """Show the team everybody's scores; agreed scores are written from here on."""
    hold(workbook)
    _refuse_another_seat(workbook, by)
    state = rules.PEER_REVIEW.move(workbook.review.state, "open_discussion")
    note(workbook=workbook, verb="open_discussion", state=state, by=by, at=at)


@transaction.atomic
def close(*, workbook: Workbook, by: Account, at: datetime) -> None:
    """Close the peer-review, which closes the visit and moves the enrolment on; PeerReviewClosed is published.

    NotAllowed while an agreed score is missing. A reviewer who was missing does not stop it.
    """
    hold(workbook)
    _refuse_another_seat(workbook, by)
    review, enrolment = workbook.review, workbook.review.enrolment
    state = rules.close(review.state, missing_agreed=missing_in(workbook))
    review.closed_at, review.closed_by = at, by
    note(workbook=workbook, verb="close", state=state, by=by, at=at)
    _close_visit(enrolment, by, at)
    publish(PeerReviewClosed(enrolment.pk, by.pk, at))


@transaction.atomic
def propose_reopening(*, workbook: Workbook, reason: str, by: Account, at: datetime) -> Proposal:
    """Ask a second person of the office to reopen a closed peer-review."""
    rules.PEER_REVIEW.move(workbook.review.state, "reopen", reason=reason)
    enrolment = workbook.review.enrolment
    return confirmations.propose(
        permission=policy.reopen_peer,
        obj=workbook,
        tenant=enrolment.cycle.network.tenant,
        title=_("Reopen the peer-review of %(community)s") % {"community": enrolment.community_name},
        url=path_of(enrolment.cycle.network.slug, "workbooks:peer_review", workbook.pk),
        payload={"reason": reason.strip()},
        reason=reason.strip(),
        by=by,
        at=at,
    )


@transaction.atomic
def reopen_peer_review(
    *, obj: Workbook, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime
) -> None:
    """Reopen it: what the second person's confirmation carries out. The enrolment goes back to its visit."""
    workbook = workbooks().get(pk=obj.pk)
    hold(workbook)
    reason = str(payload["reason"])
    state = rules.PEER_REVIEW.move(workbook.review.state, "reopen", reason=reason)
    detail = {"proposed_by": proposed_by.pk}
    note(workbook=workbook, verb="reopen", state=state, by=by, at=at, reason=reason, detail=detail)
    enrolment = workbook.review.enrolment
    cycles.visit_reopened(enrolment=enrolment, reason=reason, by=by, at=at)
    publish(PeerReviewReopened(enrolment.pk, by.pk, at, reason))


def _close_visit(enrolment: Enrolment, by: Account, at: datetime) -> None:
    """Closing the visit moves the enrolment; without a visit that is still to close, it moves by itself."""
    visit = Visit.objects.filter(enrolment=enrolment).select_related("enrolment__cycle__network__tenant").first()
    if visit is None or visit.state == Visit.State.CLOSED:
        cycles.visit_closed(enrolment=enrolment, by=by, at=at)
        return
    if visit.state != Visit.State.HELD:
        visits.hold(visit=visit, by=by, at=at, today=calendars.today_in(enrolment.cycle.network, at))
    visits.close(visit=visit, by=by, at=at)


def _refuse_another_seat(workbook: Workbook, by: Account) -> None:
    if sits_elsewhere(workbook, by):
        raise NotAllowed(_("The person on the lead reviewer's seat of this visit does that."))
