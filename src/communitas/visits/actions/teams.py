"""The team: asked by the office, answered by each person, with access for as long as the work lasts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access
from communitas.people.models import Account
from communitas.visits.actions.clearance import begin_clearance
from communitas.visits.actions.objections import tell_host_of_team
from communitas.visits.actions.places import close_access, open_access, settle, tell
from communitas.visits.actions.recording import note, step
from communitas.visits.events import SeatFreed, TeamChanged
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries.candidates import case_for, set_aside_at
from communitas.visits.queries.places import lock
from communitas.visits.queries.settings import asking_of, settings_of
from communitas.visits.rules.answering import answer_by
from communitas.visits.rules.conflicts import conflicts
from communitas.visits.rules.overriding import SetAside, left_over, used
from communitas.visits.rules.team import Place, may_appoint
from communitas.visits.rules.visit import EDITABLE_STATES, TEAM_STATES


@transaction.atomic
def ask(*, visit: Visit, account: Account, seat: str, reason: str = "", by: Account, at: datetime) -> TeamPlace:
    """Ask somebody onto the team. Every rule that speaks against it is named in the refusal.

    Rules that two people set aside are left out; history and audit trail keep which, who they were, and why.
    """
    if visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("The team changes only until the visit took place."))
    if visit.state in TEAM_STATES and not reason.strip():
        raise NotAllowed(_("Please give a reason: the team has been appointed already."))
    case = case_for(visit, account, seat, now=at)
    if case is None:
        raise NotAllowed(_("%(name)s is no reviewer of this network.") % {"name": account.display_name})
    refusals, aside = conflicts(case), set_aside_at(visit).get(account.pk)
    if left := left_over(refusals, aside):
        raise NotAllowed(" ".join(refusal.sentence for refusal in left))
    network = visit.enrolment.cycle.network
    home = account.roles.filter(network=network, community__isnull=False, until_at=None).first()
    place = TeamPlace.objects.create(
        visit=visit,
        account=account,
        from_community=home.community if home else None,
        seat=seat,
        appointed_by=by,
        appointed_at=at,
    )
    papers = begin_clearance(place=place, by=by, at=at)
    latest = papers.papers_by if papers and papers.state == papers.State.TO_SEND else None
    place.answer_by = answer_by(today_in(network, at), visit.on, asking_of(settings_of(network)), latest)
    place.save(update_fields=["answer_by"])
    open_access(place=place, by=by, at=at)
    more = _in_spite_of(used(refusals, aside), aside)
    note(visit=visit, verb="ask", by=by, at=at, reason=reason, account=account.pk, seat=seat, **more)
    tell(
        place=place,
        subject=_("Will you join the visit to %(community)s?"),
        template="visits/mail/asked.txt",
        by=by,
        at=at,
    )
    if visit.state in TEAM_STATES:
        tell_host_of_team(visit=visit, by=by, at=at)
    events.publish(TeamChanged(visit.pk, visit.enrolment_id, by.pk, at))
    return place


@transaction.atomic
def accept_place(*, place: TeamPlace, by: Account, at: datetime) -> None:
    """Say yes to a place."""
    _answer(place, TeamPlace.State.ACCEPTED, by=by, at=at)


@transaction.atomic
def decline_place(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> None:
    """Say no to a place, with a reason that only the office reads. Access ends at once."""
    if not reason.strip():
        raise NotAllowed(_("Please give a reason, so that the office can look for somebody else."))
    lock(place)
    if place.state == TeamPlace.State.ACCEPTED:
        raise NotAllowed(_("You have said yes already. If you cannot come after all, withdraw."))
    _answer(place, TeamPlace.State.DECLINED, by=by, at=at, reason=reason)
    close_access(place=place, by=by, at=at)
    visit = place.visit
    events.publish(SeatFreed(visit.pk, visit.enrolment_id, place.pk, place.seat, "declined", by.pk, at))


@transaction.atomic
def remove(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> None:
    """Take somebody off the team, with a reason. What they wrote stays; their access ends."""
    lock(place)
    if place.state not in {TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED}:
        raise NotAllowed(_("This person is not on the team any more."))
    if not reason.strip():
        raise NotAllowed(_("Please give a reason."))
    settle(place=place, state=TeamPlace.State.REMOVED, reason=reason, by=by, at=at)
    close_access(place=place, by=by, at=at)
    note(visit=place.visit, verb="remove", by=by, at=at, reason=reason, account=place.account_id)
    events.publish(TeamChanged(place.visit_id, place.visit.enrolment_id, by.pk, at))


@transaction.atomic
def mark_absent(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> None:
    """Record that somebody could not come on the day. The peer-review closes without them."""
    lock(place)
    if place.state != TeamPlace.State.ACCEPTED:
        raise NotAllowed(_("Only somebody who accepted a place can be recorded as absent."))
    settle(place=place, state=TeamPlace.State.ABSENT, reason=reason, by=by, at=at)
    note(visit=place.visit, verb="mark_absent", by=by, at=at, reason=reason, account=place.account_id)
    events.publish(TeamChanged(place.visit_id, place.visit.enrolment_id, by.pk, at))


@transaction.atomic
def appoint_team(*, visit: Visit, by: Account, at: datetime) -> None:
    """Appoint the team. It needs a date and a lead reviewer; other empty seats are shown and chased."""
    places = visit.places.filter(state__in=["asked", "accepted"])
    if visit.on is None:
        raise NotAllowed(_("Set the date of the visit first."))
    if not may_appoint([Place(str(place.account_id), place.seat, place.state) for place in places]):
        raise NotAllowed(_("A team is appointed when it has a lead reviewer; other empty seats are shown and chased."))
    step(visit=visit, verb="appoint_team", by=by, at=at)
    tell_host_of_team(visit=visit, by=by, at=at)
    events.publish(TeamChanged(visit.pk, visit.enrolment_id, by.pk, at))


@transaction.atomic
def confirm(*, visit: Visit, by: Account, at: datetime) -> None:
    """Confirm the visit to the host and to everybody who accepted a place."""
    step(visit=visit, verb="confirm", by=by, at=at)
    for place in visit.places.filter(state=TeamPlace.State.ACCEPTED).select_related("account"):
        tell(
            place=place,
            subject=_("The visit to %(community)s is confirmed"),
            template="visits/mail/confirmed.txt",
            by=by,
            at=at,
        )


@transaction.atomic
def end_team_access(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """End the team's access, because the local report is signed. Evidence stays open to them for thirty days."""
    Access.objects.filter(relation=Access.Relation.TEAM, scope=enrolment.pk, until_at=None).update(until_at=at)
    visit = Visit.objects.filter(enrolment=enrolment).first()
    if visit:
        note(visit=visit, verb="end_team_access", by=by, at=at)


def _in_spite_of(rules: list[str], aside: SetAside | None) -> dict[str, Any]:
    if aside is None or not rules:
        return {}
    people = [aside.proposed_by, aside.confirmed_by]
    return {"overridden": {"rules": rules, "reason": aside.reason, "by": people}}


def _answer(place: TeamPlace, state: str, *, by: Account, at: datetime, reason: str = "") -> None:
    if place.account_id != by.pk:
        raise NotAllowed(_("Only the person who was asked answers."))
    lock(place)
    if place.state not in {TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED}:
        raise NotAllowed(_("This place was answered or taken away already."))
    settle(place=place, state=state, reason=reason, by=by, at=at)
    note(visit=place.visit, verb=state, by=by, at=at, reason=reason, account=place.account_id)
    events.publish(TeamChanged(place.visit_id, place.visit.enrolment_id, by.pk, at))
