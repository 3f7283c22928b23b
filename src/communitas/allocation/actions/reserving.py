"""Reserves: asked by the office, answered by each person, called when a seat falls empty, free again afterwards."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation.models import Reserve
from communitas.allocation.queries.following import KEEPING, waiting_on
from communitas.allocation.rules.reserving import RESERVE
from communitas.kit import audit, mail
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.models import Visit
from communitas.visits.queries import case_for
from communitas.visits.queries.candidates import TAKEN, set_aside_at
from communitas.visits.rules.conflicts import conflicts
from communitas.visits.rules.overriding import left_over
from communitas.visits.rules.team import SEATS
from communitas.visits.rules.visit import EDITABLE_STATES

FULL = frozenset({"seat_is_free"})  # a reserve waits for a seat that is taken


@transaction.atomic
def ask_reserve(*, visit: Visit, account: Account, seat: str, by: Account, at: datetime) -> Reserve:
    """Ask somebody to keep the day of a visit free. The rules of conflicts hold for them as for a team.

    Somebody who said no, or was free again because the visit moved, may be asked once more.
    """
    if visit.state not in EDITABLE_STATES or visit.on is None:
        raise NotAllowed(_("Reserves are asked for a visit that has a date and has not taken place."))
    if visit.places.filter(account=account, state__in=TAKEN).exists():
        raise NotAllowed(_("%(name)s sits on the team already.") % {"name": account.display_name})
    case = case_for(visit, account, seat, now=at)
    if case is None:
        raise NotAllowed(_("%(name)s is no reviewer of this network.") % {"name": account.display_name})
    left = left_over(conflicts(case), set_aside_at(visit).get(account.pk))
    if broken := [one.sentence for one in left if one.rule not in FULL]:
        raise NotAllowed(" ".join(broken))
    if f"p{account.pk}" in waiting_on(visit, other=True):
        raise NotAllowed(_("%(name)s is wanted elsewhere on that day.") % {"name": account.display_name})
    before = Reserve.objects.select_for_update().filter(visit=visit, account=account).first()
    state = RESERVE.move(before.state, "ask_again") if before else RESERVE.start
    said = {"seat": seat, "on": visit.on, "state": state, "asked_by": by, "asked_at": at}
    settled = {"answered_at": None, "settled_at": None}
    reserve, _new = Reserve.objects.update_or_create(visit=visit, account=account, defaults={**said, **settled})
    _note("allocation.ask_reserve", reserve, by, at)
    _tell(reserve, _("Could you keep %(day)s free?"), "allocation/mail/reserve_asked.txt", at)
    return reserve


@transaction.atomic
def answer_reserve(*, reserve: Reserve, ready: bool, by: Account, at: datetime) -> None:
    """Say whether one keeps the day free; who does may still say no later, until they are called."""
    if reserve.account_id != by.pk:
        raise NotAllowed(_("Only the person who was asked answers."))
    _move(reserve, "accept" if ready else "decline", by=by, at=at)
    Reserve.objects.filter(pk=reserve.pk).update(answered_at=at)


@transaction.atomic
def call_reserve(*, reserve: Reserve, by: Account, at: datetime) -> None:
    """Note that a reserve is on the team now, and tell them that they are needed."""
    _move(reserve, "call", by=by, at=at)
    Reserve.objects.filter(pk=reserve.pk).update(settled_at=at)
    _tell(reserve, _("You are needed on %(day)s"), "allocation/mail/reserve_called.txt", at)


@transaction.atomic
def release_reserve(*, reserve: Reserve, by: Account, at: datetime) -> None:
    """Let somebody have their day back: the office needs no reserve any more. They are told."""
    _move(reserve, "release", by=by, at=at)
    Reserve.objects.filter(pk=reserve.pk).update(settled_at=at)
    _tell(reserve, _("You need not keep %(day)s free any more"), "allocation/mail/reserve_released.txt", at)


@transaction.atomic
def release_reserves(*, visit: Visit, keeping: date | None, by: Account | None, at: datetime) -> int:
    """Let everybody have their day back who keeps one for this visit; how many. Who keeps the day `keeping` stays."""
    found = list(Reserve.objects.filter(visit=visit, state__in=KEEPING).select_related("account"))
    if not found:
        return 0
    there = set(visit.places.filter(state__in=TAKEN).values_list("account_id", flat=True))
    free = [one for one in found if one.on != keeping and one.account_id not in there]
    for reserve in free:
        _move(reserve, "release", by=by, at=at)
        Reserve.objects.filter(pk=reserve.pk).update(settled_at=at)
        _tell(reserve, _("You need not keep %(day)s free any more"), "allocation/mail/reserve_released.txt", at)
    return len(free)


def _move(reserve: Reserve, verb: str, *, by: Account | None, at: datetime) -> None:
    held = Reserve.objects.select_for_update().get(pk=reserve.pk)
    reserve.state = RESERVE.move(held.state, verb)
    reserve.save(update_fields=["state"])
    _note(f"allocation.{verb}_reserve", reserve, by, at)


def _note(verb: str, reserve: Reserve, by: Account | None, at: datetime) -> None:
    tenant = reserve.visit.enrolment.cycle.network.tenant
    detail = {"account": reserve.account_id, "seat": reserve.seat, "on": reserve.on.isoformat(), "state": reserve.state}
    audit.record(tenant=tenant, verb=verb, obj=reserve.visit, by=by, at=at, detail=detail)


def _tell(reserve: Reserve, subject: str, template: str, at: datetime) -> None:
    network = reserve.visit.enrolment.cycle.network
    context = {
        "reserve": reserve,
        "name": reserve.account.display_name,
        "community": reserve.visit.enrolment.community_name,
        "form": reserve.visit.get_form_display(),
        "seat": SEATS[reserve.seat],
        "network": network,
        "address": address_of(network.slug, "allocation:reserve", reserve.pk),
    }
    mail.queue(
        tenant=network.tenant,
        to=reserve.account.email or "",
        subject=subject % {"day": f"{reserve.on:%-d %B %Y}"},
        template=template,
        context=context,
        at=at,
        account_id=reserve.account_id,
    )
