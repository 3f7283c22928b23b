"""What allocation does when it hears what happened to visits."""

from communitas.allocation import actions
from communitas.cycles.events import VisitDateSet
from communitas.kit import tasks
from communitas.people.models import Account
from communitas.visits.events import SeatFreed, VisitCancelled, VisitHeld
from communitas.visits.models import Visit


def seat_freed(fact: SeatFreed) -> None:
    """Whoever follows is looked for in the background: that takes longer than anybody should wait for an answer."""
    tasks.enqueue("allocation.offer_on", fact.place_id)


def date_set(fact: VisitDateSet) -> None:
    """Reserves kept another day free: it is theirs again."""
    for visit in Visit.objects.filter(enrolment=fact.enrolment_id):
        actions.release_reserves(visit=visit, keeping=fact.on, by=_account(fact.by_id), at=fact.at)


def visit_over(fact: VisitHeld | VisitCancelled) -> None:
    """Reserves are needed no more."""
    visit = Visit.objects.get(pk=fact.visit_id)
    actions.release_reserves(visit=visit, keeping=None, by=_account(fact.by_id), at=fact.at)


def _account(pk: int | None) -> Account | None:
    return Account.objects.filter(pk=pk).first() if pk else None
