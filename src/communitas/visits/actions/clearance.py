"""Papers for a secure site: what the site asks for, and how far each person's are."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.queries import today_in
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community
from communitas.people.models import Account
from communitas.visits.actions.objections import COMING, free_seat
from communitas.visits.actions.places import tell
from communitas.visits.actions.recording import note
from communitas.visits.models import Clearance, SiteClearance, TeamPlace, Visit
from communitas.visits.queries.clearance import cleared_until, weeks_of
from communitas.visits.queries.places import lock
from communitas.visits.rules import clearance as rules
from communitas.visits.rules.visit import WITH_A_DAY

State = Clearance.State


@transaction.atomic
def change_site_clearance(*, community: Community, weeks: int, words: str, by: Account, at: datetime) -> SiteClearance:
    """Say how many weeks before a visit papers must be in, and what to send; 0 weeks: none are asked for.

    Teams that exist stay as they are.
    """
    kept, _created = SiteClearance.objects.update_or_create(
        community=community, defaults={"weeks": weeks, "words": words.strip(), "changed_by": by, "changed_at": at}
    )
    detail = {"weeks": weeks, "words": kept.words}
    audit.record(tenant=community.network.tenant, verb="visits.site_clearance", obj=kept, by=by, at=at, detail=detail)
    return kept


@transaction.atomic
def begin_clearance(*, place: TeamPlace, by: Account, at: datetime) -> Clearance | None:
    """Note what papers somebody needs who was just asked; None where the site asks for none."""
    visit, weeks = place.visit, weeks_of(place.visit)
    if not weeks:
        return None
    until = cleared_until(visit.enrolment.community_id, [place.account_id]).get(place.account_id)
    cleared = rules.is_still_cleared(until, visit.on)
    return Clearance.objects.create(
        place=place,
        state=State.GIVEN if cleared else State.TO_SEND,
        papers_by=rules.papers_by(visit.on, weeks) if visit.on else None,
        valid_until=until if cleared else None,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def record_clearance(
    *, place: TeamPlace, state: str, valid_until: date | None = None, by: Account, at: datetime
) -> Clearance:
    """Record how far somebody's papers are. A refusal frees the seat; the person learns that the team changed."""
    lock(place)
    if place.state not in COMING:
        raise NotAllowed(_("This person is not on the team any more."))
    found = Clearance.objects.select_for_update().filter(place=place).first()
    if found is None:
        raise NotAllowed(_("This person needs no clearance."))
    today = today_in(place.visit.enrolment.cycle.network, at)
    before, found.state, found.recorded_by, found.recorded_at = found.state, state, by, at
    if state == State.SENT:
        found.sent_on = today
    found.decided_on = today if state in {State.GIVEN, State.REFUSED} else None
    found.valid_until = valid_until if state == State.GIVEN else None
    found.save()
    who = place.account_id
    note(visit=place.visit, verb="record_clearance", by=by, at=at, account=who, before=before, state=state)
    if state == State.REFUSED:
        free_seat(place=place, why="withdrew", by=by, at=at)
    return found


@transaction.atomic
def keep_papers(*, visit: Visit, by: Account, at: datetime) -> None:
    """Count the last day for papers from the visit's new date; a clearance that ends before it is asked for anew."""
    weeks = weeks_of(visit)
    if visit.on is None or not weeks:
        return
    for found in Clearance.objects.select_for_update().filter(place__visit=visit, place__state__in=COMING):
        found.papers_by = rules.papers_by(visit.on, weeks)
        if found.state == State.GIVEN and found.valid_until and found.valid_until < visit.on:
            found.state, found.valid_until, found.reminded_at = State.TO_SEND, None, None
        found.save(update_fields=["papers_by", "state", "valid_until", "reminded_at"])


def chase_papers(*, by: Account | None, at: datetime) -> int:
    """Remind everybody whose papers are due within a week and were not sent: how many. Safe to call often."""
    found = Clearance.objects.filter(
        state=State.TO_SEND,
        reminded_at=None,
        papers_by__gte=(at - rules.REMIND_BEFORE).date(),
        papers_by__lte=(at + 2 * rules.REMIND_BEFORE).date(),
        place__state__in=COMING,
        place__visit__state__in=sorted(WITH_A_DAY),
    ).order_by("pk")
    return sum(remind_of_papers(clearance=one, by=by, at=at) for one in found)


@transaction.atomic
def remind_of_papers(*, clearance: Clearance, by: Account | None, at: datetime) -> bool:
    """Remind somebody of their papers, once; False where it is not time, or was done."""
    clearance.refresh_from_db(from_queryset=Clearance.objects.select_for_update())
    places = TeamPlace.objects.select_related("account", "visit__enrolment__cycle__network__tenant")
    place = places.get(pk=clearance.place_id)
    today = today_in(place.visit.enrolment.cycle.network, at)
    if clearance.reminded_at or not rules.are_papers_due(today, clearance.papers_by, clearance.state):
        return False
    clearance.reminded_at = at
    clearance.save(update_fields=["reminded_at"])
    note(visit=place.visit, verb="remind_of_papers", by=by, at=at, account=place.account_id)
    place.clearance = clearance
    tell(
        place=place,
        subject=_("Your papers for the visit to %(community)s"),
        template="visits/mail/papers_reminder.txt",
        by=by,
        at=at,
    )
    return True
