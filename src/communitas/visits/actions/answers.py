"""How people on a team answer late, or no more: places that lapse, and people who withdraw or change their seat."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communitas.cycles.queries import today_in
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.actions.places import close_access, settle, tell
from communitas.visits.actions.recording import note
from communitas.visits.actions.telling import tell_host, tell_lead_reviewer, tell_office
from communitas.visits.events import SeatFreed, TeamChanged
from communitas.visits.models import Clearance, TeamPlace, VisitSettings
from communitas.visits.queries.candidates import case_for, set_aside_at
from communitas.visits.queries.places import lock
from communitas.visits.queries.settings import asking_of, settings_of
from communitas.visits.rules import answering
from communitas.visits.rules.conflicts import conflicts
from communitas.visits.rules.overriding import left_over
from communitas.visits.rules.team import SEATS
from communitas.visits.rules.visit import EDITABLE_STATES, WITH_A_DAY

ASKED, ACCEPTED = TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED
AHEAD = timedelta(days=4)  # reaches beyond every reminder and every time zone


@transaction.atomic
def extend_answer(*, place: TeamPlace, until: date, reason: str = "", by: Account, at: datetime) -> None:
    """Give one person until another day to answer."""
    lock(place)
    visit = place.visit
    if place.state != ASKED:
        raise NotAllowed(_("This person has answered already, or is not asked any more."))
    latest = Clearance.objects.filter(place=place, state="to_send").values_list("papers_by", flat=True).first()
    if not answering.may_extend_until(until, visit.on, today_in(visit.enrolment.cycle.network, at), latest):
        raise NotAllowed(sentence(answering.may_extend_until))
    before, place.answer_by = place.answer_by, until
    place.save(update_fields=["answer_by"])
    words = {"before": before.isoformat() if before else None, "until": until.isoformat()}
    note(visit=visit, verb="extend_answer", by=by, at=at, reason=reason, account=place.account_id, **words)
    tell(
        place=place,
        subject=_("You have longer to answer about %(community)s"),
        template="visits/mail/extended.txt",
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> None:
    """Say after a yes that one cannot come, with a reason that only the office reads. Access ends at once.

    On the day itself the place becomes absent: the visit can go ahead without the person.
    """
    lock(place)
    visit = place.visit
    if place.account_id != by.pk:
        raise NotAllowed(_("Only the person who was asked answers."))
    if place.state != ACCEPTED or visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("You can withdraw after you said yes, and until the visit took place."))
    if not reason.strip():
        raise NotAllowed(_("Please give a reason, so that the office can look for somebody else."))
    network = visit.enrolment.cycle.network
    today = today_in(network, at)
    on_the_day = answering.has_day_come(visit.on, today)
    late = answering.is_short_notice(today, visit.on, asking_of(settings_of(network)))
    settle(
        place=place,
        state=TeamPlace.State.ABSENT if on_the_day else TeamPlace.State.WITHDREW,
        reason=reason,
        by=by,
        at=at,
    )
    close_access(place=place, by=by, at=at)
    verb = "absent_by_own_word" if on_the_day else "withdraw"
    note(visit=visit, verb=verb, by=by, at=at, reason=reason, account=place.account_id, late=late)
    words: dict[str, Any] = {
        "template": "visits/mail/withdrew.txt",
        "person": by.display_name,
        "seat": SEATS[place.seat],
    }
    words |= {"late": late, "on_the_day": on_the_day}
    urgent = _("Urgent: somebody cannot come to %(community)s")
    subject = urgent if late else _("Somebody cannot come to %(community)s")
    tell_office(visit=visit, subject=subject, reason=reason.strip(), by=by, at=at, **words)
    tell_host(visit=visit, subject=_("The team for %(community)s has changed"), by=by, at=at, **words)
    tell_lead_reviewer(visit=visit, subject=_("The team for %(community)s has changed"), by=by, at=at, **words)
    _free(place, "withdrew", by=by, at=at)


@transaction.atomic
def change_seat(*, place: TeamPlace, seat: str, reason: str, by: Account, at: datetime) -> None:
    """Move somebody who said yes to another seat that the rules allow them, such as the lead reviewer's."""
    lock(place)
    visit = place.visit
    if place.state != ACCEPTED or visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("Only somebody who accepted a place changes seats, until the visit took place."))
    if not reason.strip():
        raise NotAllowed(_("Please give a reason."))
    if seat == place.seat:
        raise NotAllowed(_("This person sits there already."))
    case = case_for(visit, place.account, seat, now=at, moving=True)
    if case is None:
        raise NotAllowed(_("%(name)s is no reviewer of this network.") % {"name": place.account.display_name})
    if refusals := left_over(conflicts(case), set_aside_at(visit).get(place.account_id)):
        raise NotAllowed(" ".join(refusal.sentence for refusal in refusals))
    before, place.seat = place.seat, seat
    place.save(update_fields=["seat"])
    words = {"account": place.account_id, "before": before, "seat": seat}
    note(visit=visit, verb="change_seat", by=by, at=at, reason=reason, **words)
    tell(
        place=place,
        subject=_("You have another seat on the visit to %(community)s"),
        template="visits/mail/seat_changed.txt",
        by=by,
        at=at,
    )
    events.publish(TeamChanged(visit.pk, visit.enrolment_id, by.pk, at))


def chase_answers(*, by: Account | None, at: datetime) -> tuple[int, int]:
    """Remind who has not answered, and free the places whose time is over: how many of each. Safe to call often."""
    reminded = lapsed = 0
    settings: dict[int, VisitSettings] = {}
    for place in _waiting().filter(answer_by__lte=(at + AHEAD).date()):
        network = place.visit.enrolment.cycle.network
        kept = settings.get(network.pk) or settings_of(network)
        settings[network.pk] = kept
        if kept.lapses and lapse(place=place, by=by, at=at):
            lapsed += 1
        elif place.reminded_at is None and remind(place=place, settings=kept, by=by, at=at):
            reminded += 1
    return reminded, lapsed


@transaction.atomic
def remind(*, place: TeamPlace, settings: VisitSettings, by: Account | None, at: datetime) -> bool:
    """Remind somebody of the question, once; False where it is not time, or was done."""
    lock(place)
    network = place.visit.enrolment.cycle.network
    if place.state != ASKED or place.reminded_at or place.answer_by is None:
        return False
    asked, asking = today_in(network, place.appointed_at), asking_of(settings)
    on, today = place.visit.on, today_in(network, at)
    if not answering.is_reminder_due(today, asked=asked, last=place.answer_by, on=on, asking=asking):
        return False
    place.reminded_at = at
    place.save(update_fields=["reminded_at"])
    note(visit=place.visit, verb="remind", by=by, at=at, account=place.account_id)
    tell(
        place=place,
        subject=_("Please answer: the visit to %(community)s"),
        template="visits/mail/answer_reminder.txt",
        by=by,
        at=at,
    )
    return True


@transaction.atomic
def lapse(*, place: TeamPlace, by: Account | None, at: datetime) -> bool:
    """Free a place whose last day for an answer is over; False where it is not, or somebody answered."""
    lock(place)
    today = today_in(place.visit.enrolment.cycle.network, at)
    if place.state != ASKED or place.answer_by is None or not answering.has_lapsed(today, place.answer_by):
        return False
    settle(place=place, state=TeamPlace.State.LAPSED, reason="", by=by, at=at)
    close_access(place=place, by=by, at=at)
    note(visit=place.visit, verb="lapse", by=by, at=at, account=place.account_id)
    tell(
        place=place,
        subject=_("The visit to %(community)s: your place is free again"),
        template="visits/mail/lapsed.txt",
        by=by,
        at=at,
    )
    _free(place, "lapsed", by=by, at=at)
    return True


def _free(place: TeamPlace, why: str, *, by: Account | None, at: datetime) -> None:
    visit, by_id = place.visit, by.pk if by else None
    events.publish(TeamChanged(visit.pk, visit.enrolment_id, by_id, at))
    events.publish(SeatFreed(visit.pk, visit.enrolment_id, place.pk, place.seat, why, by_id, at))


def _waiting() -> QuerySet[TeamPlace]:
    """The places that wait for an answer to a visit that is to take place."""
    found = TeamPlace.objects.filter(state=ASKED, visit__state__in=sorted(WITH_A_DAY))
    return found.select_related("account", "visit__enrolment__cycle__network__tenant").order_by("pk")
