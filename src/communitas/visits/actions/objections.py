"""The host objects to somebody on its team, and the office decides. The person never learns who objected, or why."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.queries import calendar_of, today_in, zone_of
from communitas.cycles.rules.calendar import end_of_day
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.actions.places import close_access, settle, tell
from communitas.visits.actions.recording import note
from communitas.visits.actions.telling import tell_host, tell_office
from communitas.visits.events import SeatFreed, TeamChanged
from communitas.visits.models import Objection, TeamPlace, Visit
from communitas.visits.queries.places import lock
from communitas.visits.queries.settings import settings_of
from communitas.visits.rules import objecting
from communitas.visits.rules.team import SEATS
from communitas.visits.rules.visit import EDITABLE_STATES

COMING = (TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED)


@transaction.atomic
def tell_host_of_team(*, visit: Visit, by: Account, at: datetime) -> Sequence[TeamPlace]:
    """Tell the host of everybody on its team of whom it was not told yet, and until when it may object."""
    places = list(visit.places.filter(state__in=COMING, object_until=None).select_related("account"))
    if not places:
        return places
    network = visit.enrolment.cycle.network
    today, days = today_in(network, at), settings_of(network).object_days
    last = objecting.object_by(today, visit.on, days, calendar_of(network))
    for place in places:
        place.object_until = end_of_day(last, zone_of(network))
        place.save(update_fields=["object_until"])
    tell_host(
        visit=visit,
        subject=_("Who comes to visit %(community)s"),
        template="visits/mail/team_told.txt",
        by=by,
        at=at,
        people=[(place.account.display_name, SEATS[place.seat]) for place in places],
        until=last if last >= today else None,
    )
    return places


@transaction.atomic
def raise_objection(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> Objection:
    """Object to somebody on the team. The office reads the reason, and neither the person nor the team does."""
    lock(place)
    visit = place.visit
    today = today_in(visit.enrolment.cycle.network, at)
    if place.state not in COMING or visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("This person is not on the team any more."))
    if not objecting.may_object(at, place.object_until, today=today, on=visit.on):
        raise NotAllowed(sentence(objecting.may_object))
    if not objecting.says_why(reason):
        raise NotAllowed(sentence(objecting.says_why))
    if place.objections.filter(decision=Objection.Decision.OPEN).exists():
        raise NotAllowed(_("Your community has objected already, and the office decides."))
    objection = Objection.objects.create(place=place, reason=reason.strip(), raised_by=by, raised_at=at)
    # History and audit trail are read by more people than the objection: they say that there is one, not why.
    note(visit=visit, verb="object", by=by, at=at, account=place.account_id, objection=objection.pk)
    tell_office(
        visit=visit,
        subject=_("%(community)s objects to somebody on its team"),
        template="visits/mail/objection_raised.txt",
        by=by,
        at=at,
        person=place.account.display_name,
    )
    return objection


@transaction.atomic
def decide_objection(*, objection: Objection, upheld: bool, words: str = "", by: Account, at: datetime) -> None:
    """Uphold an objection, which keeps the person and the community apart for good, or dismiss it with words.

    Whoever is still on the team leaves it when it is upheld, and is told no more than that the team changed.
    """
    rows = Objection.objects.select_for_update()
    objection.refresh_from_db(fields=["decision"], from_queryset=rows)
    if objection.decision != Objection.Decision.OPEN:
        raise NotAllowed(_("This objection was decided already."))
    if objection.place.account_id == by.pk:
        raise NotAllowed(_("Somebody else of the office decides this."))
    if not objecting.tells_the_host(upheld, words):
        raise NotAllowed(sentence(objecting.tells_the_host))
    place = objection.place
    lock(place)
    visit = place.visit
    decisions = Objection.Decision
    objection.decision = decisions.UPHELD if upheld else decisions.DISMISSED
    objection.words, objection.decided_by, objection.decided_at = words.strip(), by, at
    objection.save(update_fields=["decision", "words", "decided_by", "decided_at"])
    verb = "uphold_objection" if upheld else "dismiss_objection"
    note(visit=visit, verb=verb, by=by, at=at, account=place.account_id, objection=objection.pk)
    if upheld and place.state in COMING and visit.state in EDITABLE_STATES:
        free_seat(place=place, why="objected", by=by, at=at)
    tell_host(
        visit=visit,
        subject=_("Your objection about the team for %(community)s"),
        template="visits/mail/objection_decided.txt",
        by=by,
        at=at,
        person=place.account.display_name,
        upheld=upheld,
        words=objection.words,
    )


@transaction.atomic
def free_seat(*, place: TeamPlace, why: str, by: Account, at: datetime) -> None:
    """Take somebody off the team for a reason that is not theirs to read: they learn that the team changed."""
    settle(place=place, state=TeamPlace.State.REMOVED, reason=_("The team changed."), by=by, at=at)
    close_access(place=place, by=by, at=at)
    visit = place.visit
    note(visit=visit, verb="remove", by=by, at=at, reason=place.reason, account=place.account_id)
    subject = _("The team for the visit to %(community)s has changed")
    tell(place=place, subject=subject, template="visits/mail/team_changed.txt", by=by, at=at)
    events.publish(TeamChanged(visit.pk, visit.enrolment_id, by.pk, at))
    events.publish(SeatFreed(visit.pk, visit.enrolment_id, place.pk, place.seat, why, by.pk, at))


@transaction.atomic
def keep_objections_in_front(*, visit: Visit, by: Account, at: datetime) -> None:
    """End the time for objections before the day of the visit, where its date has moved forward."""
    if visit.on is None:
        return
    latest = end_of_day(visit.on - timedelta(days=1), zone_of(visit.enrolment.cycle.network))
    visit.places.filter(object_until__gt=latest).update(object_until=latest)
