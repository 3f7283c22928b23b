"""What every action on a place of a team needs: the row settled, access, letters, last days."""

from datetime import datetime

from communitas.cycles.queries import today_in
from communitas.kit import mail
from communitas.kit.addresses import address_of
from communitas.members.models import Access
from communitas.people.models import Account
from communitas.visits.models import Clearance, TeamPlace, Visit
from communitas.visits.queries.settings import asking_of, settings_of
from communitas.visits.rules import answering
from communitas.visits.rules.team import SEATS


def settle(*, place: TeamPlace, state: str, reason: str, by: Account | None, at: datetime) -> None:
    """Give the place its new state, with the reason."""
    place.state, place.reason, place.answered_at = state, reason.strip(), at
    place.save(update_fields=["state", "reason", "answered_at"])


def open_access(*, place: TeamPlace, by: Account | None, at: datetime) -> None:
    """Let the person see what the team sees."""
    Access.objects.create(
        account=place.account,
        community=place.visit.enrolment.community,
        relation=Access.Relation.TEAM,
        source=f"visit:{place.visit_id}",
        scope=place.visit.enrolment_id,
        since_at=at,
    )


def close_access(*, place: TeamPlace, by: Account | None, at: datetime) -> None:
    """End what the place let the person see, evidence included: they do not take part in this review."""
    held = Access.objects.filter(account=place.account, source=f"visit:{place.visit_id}", until_at=None)
    held.update(until_at=at, lingers=False)


def tell(*, place: TeamPlace, subject: str, template: str, by: Account | None, at: datetime) -> None:
    """Write to the person on the place."""
    network = place.visit.enrolment.cycle.network
    context = {
        "place": place,
        "by": by,
        "seat": SEATS[place.seat],
        "visit": place.visit,
        "community": place.visit.enrolment.community_name,
        "network": network,
        "address": address_of(network.slug, "visits:visit", place.visit_id),
    }
    mail.queue(
        tenant=network.tenant,
        to=place.account.email or "",
        subject=subject % {"community": place.visit.enrolment.community_name},
        template=template,
        context=context,
        at=at,
        account_id=place.account_id,
    )


def keep_last_days(*, visit: Visit, anew: bool = False, by: Account | None, at: datetime) -> None:
    """Move the last days for answers in front of a visit's new date; `anew` counts them from today."""
    network = visit.enrolment.cycle.network
    today, asking = today_in(network, at), asking_of(settings_of(network))
    papers = dict(Clearance.objects.filter(place__visit=visit, state="to_send").values_list("place", "papers_by"))
    for place in visit.places.select_for_update().filter(state=TeamPlace.State.ASKED, answer_by__isnull=False):
        latest = papers.get(place.pk)
        fresh = answering.answer_by(today, visit.on, asking, latest)
        kept = answering.keep_in_front(place.answer_by or today, visit.on, today=today, papers_by=latest)
        place.answer_by = fresh if anew else kept
        place.save(update_fields=["answer_by"])
