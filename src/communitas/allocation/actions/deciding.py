"""What the office decides before a plan is proposed: dates and people that stand, and pairs that must not be."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation.models import Forbidden, Pin
from communitas.allocation.queries import state_problem
from communitas.allocation.queries.refusing import refuse_stranger
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.models import Visit
from communitas.visits.queries.candidates import TAKEN


@transaction.atomic
def pin(*, visit: Visit, on: date, account: Account | None = None, seat: str = "", by: Account, at: datetime) -> Pin:
    """Decide the date of a visit and, it may be, a person with or without the seat. Every plan then keeps to it.

    NotAllowed with the rules that it would break, alone or together with what was decided already.
    """
    there = Pin.objects.filter(visit=visit, lifted_at=None)
    if there.exclude(on=on).exists():
        raise NotAllowed(_("Another date is pinned for this visit. Take that back first."))
    if there.filter(account=account).exists():
        raise NotAllowed(_("This is pinned already."))
    if account is not None:
        refuse_stranger(account, visit.enrolment.cycle.network_id, at)
    new = Pin.objects.create(visit=visit, on=on, account=account, seat=seat if account else "", by=by, at=at)
    _refuse_what_cannot_be(visit.enrolment.cycle, at)
    _note("allocation.pin", visit, by, at, on=on.isoformat(), account=account.pk if account else None, seat=new.seat)
    return new


@transaction.atomic
def unpin(*, pin: Pin, by: Account, at: datetime) -> None:
    """Take back what was decided. It stays as history."""
    if not Pin.objects.filter(pk=pin.pk, lifted_at=None).update(lifted_at=at, lifted_by=by):
        raise NotAllowed(_("This was taken back already."))
    _note("allocation.unpin", pin.visit, by, at, pin=pin.pk)


@transaction.atomic
def forbid(*, visit: Visit, account: Account, reason: str, by: Account, at: datetime) -> Forbidden:
    """Keep somebody off a visit, with a reason that the office reads. No plan then puts them there."""
    if not reason.strip():
        raise NotAllowed(_("Please give a reason."))
    refuse_stranger(account, visit.enrolment.cycle.network_id, at)
    if visit.places.filter(account=account, state__in=TAKEN).exists():
        raise NotAllowed(
            _("%(name)s was asked already. Take them off the team on the page of the visit.")
            % {"name": account.display_name}
        )
    if Forbidden.objects.filter(visit=visit, account=account, lifted_at=None).exists():
        raise NotAllowed(_("This person is kept off the visit already."))
    new = Forbidden.objects.create(visit=visit, account=account, reason=reason.strip(), by=by, at=at)
    _refuse_what_cannot_be(visit.enrolment.cycle, at)
    _note("allocation.forbid", visit, by, at, account=account.pk)
    return new


@transaction.atomic
def allow_again(*, forbidden: Forbidden, by: Account, at: datetime) -> None:
    """Let a plan put somebody on a visit again. That they were kept off stays as history."""
    if not Forbidden.objects.filter(pk=forbidden.pk, lifted_at=None).update(lifted_at=at, lifted_by=by):
        raise NotAllowed(_("This was taken back already."))
    _note("allocation.allow_again", forbidden.visit, by, at, account=forbidden.account_id)


def _refuse_what_cannot_be(cycle: Cycle, at: datetime) -> None:
    """The whole problem is put once more: what was decided must not break a rule alone or together."""
    stated = state_problem(cycle, on=today_in(cycle.network, at), at=at)
    if stated.problem is None:
        raise NotAllowed(stated.refusal)


def _note(verb: str, visit: Visit, by: Account, at: datetime, **detail: object) -> None:
    audit.record(tenant=visit.enrolment.cycle.network.tenant, verb=verb, obj=visit, by=by, at=at, detail=detail)
