"""The team: asked by the office, answered by each person, with access for as long as the work lasts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.kit import events, mail
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access
from communitas.people.models import Account
from communitas.visits.actions.recording import note, step
from communitas.visits.events import SeatFreed, TeamChanged
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries.candidates import case_for, set_aside_at
from communitas.visits.rules.conflicts import conflicts
from communitas.visits.rules.overriding import SetAside, left_over, used
from communitas.visits.rules.team import SEATS, Place, may_appoint
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
    home = account.roles.filter(network=visit.enrolment.cycle.network, community__isnull=False, until_at=None).first()
    place = TeamPlace.objects.create(
        visit=visit,
        account=account,
        from_community=home.community if home else None,
        seat=seat,
        appointed_by=by,
        appointed_at=at,
    )
    _open_access(place, at)
    more = _in_spite_of(used(refusals, aside), aside)
    note(visit=visit, verb="ask", by=by, at=at, reason=reason, account=account.pk, seat=seat, **more)
    _tell(place, _("Will you join the visit to %(community)s?"), "visits/mail/asked.txt", at)
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
    _answer(place, TeamPlace.State.DECLINED, by=by, at=at, reason=reason)
    _close_access(place, at)
    visit = place.visit
    events.publish(SeatFreed(visit.pk, visit.enrolment_id, place.pk, place.seat, "declined", by.pk, at))


@transaction.atomic
def remove(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> None:
    """Take somebody off the team, with a reason. What they wrote stays; their access ends."""
    if place.state not in {TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED}:
        raise NotAllowed(_("This person is not on the team any more."))
    if not reason.strip():
        raise NotAllowed(_("Please give a reason."))
    _settle(place, TeamPlace.State.REMOVED, at=at, reason=reason)
    _close_access(place, at)
    note(visit=place.visit, verb="remove", by=by, at=at, reason=reason, account=place.account_id)
    events.publish(TeamChanged(place.visit_id, place.visit.enrolment_id, by.pk, at))


@transaction.atomic
def mark_absent(*, place: TeamPlace, reason: str, by: Account, at: datetime) -> None:
    """Record that somebody could not come on the day. The peer-review closes without them."""
    if place.state != TeamPlace.State.ACCEPTED:
        raise NotAllowed(_("Only somebody who accepted a place can be recorded as absent."))
    _settle(place, TeamPlace.State.ABSENT, at=at, reason=reason)
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
    events.publish(TeamChanged(visit.pk, visit.enrolment_id, by.pk, at))


@transaction.atomic
def confirm(*, visit: Visit, by: Account, at: datetime) -> None:
    """Confirm the visit to the host and to everybody who accepted a place."""
    step(visit=visit, verb="confirm", by=by, at=at)
    for place in visit.places.filter(state=TeamPlace.State.ACCEPTED).select_related("account"):
        _tell(place, _("The visit to %(community)s is confirmed"), "visits/mail/confirmed.txt", at)


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
    if place.state not in {TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED}:
        raise NotAllowed(_("This place was answered or taken away already."))
    _settle(place, state, at=at, reason=reason)
    note(visit=place.visit, verb=state, by=by, at=at, reason=reason, account=place.account_id)
    events.publish(TeamChanged(place.visit_id, place.visit.enrolment_id, by.pk, at))


def _settle(place: TeamPlace, state: str, *, at: datetime, reason: str) -> None:
    place.state, place.reason, place.answered_at = state, reason.strip(), at
    place.save(update_fields=["state", "reason", "answered_at"])


def _open_access(place: TeamPlace, at: datetime) -> None:
    Access.objects.create(
        account=place.account,
        community=place.visit.enrolment.community,
        relation=Access.Relation.TEAM,
        source=f"visit:{place.visit_id}",
        scope=place.visit.enrolment_id,
        since_at=at,
    )


def _close_access(place: TeamPlace, at: datetime) -> None:
    Access.objects.filter(account=place.account, source=f"visit:{place.visit_id}", until_at=None).update(until_at=at)


def _tell(place: TeamPlace, subject: str, template: str, at: datetime) -> None:
    network = place.visit.enrolment.cycle.network
    context = {
        "place": place,
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
