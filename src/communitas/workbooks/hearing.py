"""What workbooks do when they hear what happened in cycles and on visits."""

from communitas.cycles.events import EnrolmentMoved, TypeChanged
from communitas.cycles.models import Enrolment
from communitas.kit.backup.facts import Restored
from communitas.people.models import Account
from communitas.visits.events import TeamChanged
from communitas.visits.queries import on_team
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Review


def enrolment_moved(fact: EnrolmentMoved) -> None:
    """The self-review opens with its stage, and opens again when the office moved the enrolment back."""
    by = _account(fact.by_id)
    if fact.verb == "open_self_review":
        actions.open_self_review(enrolment=_enrolment(fact.enrolment_id), by=by, at=fact.at)
    elif fact.verb == "reopen_self_review":
        sent = queries.self_reviews().filter(review__enrolment=fact.enrolment_id, review__state=Review.State.SENT)
        for workbook in sent:
            actions.reopen_self_review(workbook=workbook, reason=fact.reason, by=by, at=fact.at)


def team_changed(fact: TeamChanged) -> None:
    """The peer-review is there as soon as somebody is on the team."""
    if on_team(fact.enrolment_id):
        by = _account(fact.by_id)
        actions.prepare_peer_review(enrolment=_enrolment(fact.enrolment_id), by=by, at=fact.at)


def type_changed(fact: TypeChanged) -> None:
    """Other criteria apply to a community of another type: what is answered is counted anew."""
    for workbook in queries.workbooks().filter(review__enrolment=fact.enrolment_id):
        actions.recount(workbook=workbook, by=_account(fact.by_id), at=fact.at)


def restored(fact: Restored) -> None:
    """A new epoch begins: every device offers again what it still holds, so devices heal the restore."""
    actions.renew_epoch(at=fact.at)


def _enrolment(pk: int) -> Enrolment:
    related = ("cycle__network__tenant", "community", "edition", "service_type")
    return Enrolment.objects.select_related(*related).get(pk=pk)


def _account(pk: int | None) -> Account | None:
    return Account.objects.filter(pk=pk).first() if pk else None
