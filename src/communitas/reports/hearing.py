"""What reports do when something happens below: facts that they subscribed to."""

from communitas.cycles.events import EnrolmentCompleted
from communitas.cycles.models import Enrolment
from communitas.people.models import Account
from communitas.reports import actions
from communitas.workbooks.events import PeerReviewClosed


def peer_review_closed(fact: PeerReviewClosed) -> None:
    """The draft begins. After a reopening the draft that is there goes on."""
    actions.begin_draft(enrolment=_enrolment(fact.enrolment_id), by=None, at=fact.at)


def enrolment_completed(fact: EnrolmentCompleted) -> None:
    """The certificate is prepared, for the office to issue."""
    if fact.by_id is not None:
        by = Account.objects.get(pk=fact.by_id)
        actions.prepare_certificate(enrolment=_enrolment(fact.enrolment_id), by=by, at=fact.at)


def _enrolment(pk: int) -> Enrolment:
    return Enrolment.objects.select_related("cycle__network__tenant", "community", "edition").get(pk=pk)
