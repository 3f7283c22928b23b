"""How people travel to a visit, what it costs, and what the office agrees and pays."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation.models import Journey
from communitas.allocation.queries.travelling import drive_cost, journey_of, road_of
from communitas.allocation.rules.travelling import own_amounts_are_open, paid_only_when_agreed
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.models import TeamPlace
from communitas.visits.queries.candidates import TAKEN


@transaction.atomic
def enter_journey(
    *,
    place: TeamPlace,
    mode: str,
    lift_with: str = "",
    overnight: bool = False,
    arrives: time | None = None,
    estimate: int | None = None,
    actual: int | None = None,
    by: Account,
    at: datetime,
) -> Journey:
    """Say how somebody of a team travels and what it costs, in pence. What stood there stays in the audit trail.

    For a drive without an expected cost it is estimated from the kilometres.
    """
    before, own = _held(place), place.account_id == by.pk
    if before is None and own and place.state not in TAKEN:
        raise NotAllowed(_("You are not on this team any more."))
    km = road_of(place) if mode == Journey.Mode.CAR else None
    if estimate is None and mode == Journey.Mode.CAR:
        estimate = drive_cost(place, km)
    amounts = {"estimate": estimate, "actual": actual}
    changed = before is not None and any(getattr(before, name) != amount for name, amount in amounts.items())
    if before is not None and own and changed and not own_amounts_are_open(before.agreed):
        raise NotAllowed(sentence(own_amounts_are_open))
    kept = lift_with.strip() if mode == Journey.Mode.LIFT else ""
    said = {"mode": mode, "lift_with": kept, "overnight": overnight, "arrives": arrives, **amounts}
    return _keep(place, before, "allocation.enter_journey", said, {"km": km}, by, at)


@transaction.atomic
def settle_journey(
    *, place: TeamPlace, agreed: int | None, paid_on: date | None = None, by: Account, at: datetime
) -> Journey:
    """Agree an amount in pence, and say when it was paid."""
    before = _held(place)
    if before is None:
        raise NotAllowed(_("Nobody has said yet how this person travels."))
    if not paid_only_when_agreed(agreed, paid_on is not None):
        raise NotAllowed(sentence(paid_only_when_agreed))
    return _keep(place, before, "allocation.settle_journey", {"agreed": agreed, "paid_on": paid_on}, {}, by, at)


def _held(place: TeamPlace) -> Journey | None:
    """What stands there, while nobody else changes it."""
    TeamPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
    return journey_of(place)


def _keep(
    place: TeamPlace,
    before: Journey | None,
    verb: str,
    said: dict[str, Any],
    more: dict[str, Any],
    by: Account,
    at: datetime,
) -> Journey:
    changed = {name: value for name, value in said.items() if before is None or getattr(before, name) != value}
    if before is not None and not changed:
        return before
    was = {name: _plain(getattr(before, name)) for name in changed} if before else {}
    values = {**said, **more, "changed_by": by, "changed_at": at}
    journey, _new = Journey.objects.update_or_create(place=place, defaults=values)
    detail = {"before": was, "now": {name: _plain(value) for name, value in changed.items()}}
    tenant = place.visit.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb=verb, obj=place, by=by, at=at, detail=detail)
    return journey


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | time) else value
