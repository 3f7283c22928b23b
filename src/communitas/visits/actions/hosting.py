"""The host answers about the day of its visit: it will do, or it will not and the office looks for another."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.actions.recording import note
from communitas.visits.actions.telling import tell_host, tell_office
from communitas.visits.models import HostAnswer, Visit
from communitas.visits.queries.hosting import host_answer, host_last_day, unanswered
from communitas.visits.rules import hosting


@transaction.atomic
def accept_day(*, visit: Visit, by: Account, at: datetime) -> HostAnswer:
    """Say for the host that the day will do."""
    return _answer(visit, accepts=True, reason="", by=by, at=at)


@transaction.atomic
def decline_day(*, visit: Visit, reason: str, by: Account, at: datetime) -> HostAnswer:
    """Say for the host that it cannot take the visit on its day, and why. The office is told, and decides."""
    answer = _answer(visit, accepts=False, reason=reason, by=by, at=at)
    tell_office(
        visit=visit,
        subject=_("%(community)s cannot take its visit on the day that is set"),
        template="visits/mail/day_declined.txt",
        by=by,
        at=at,
        reason=answer.reason,
    )
    return answer


@transaction.atomic
def ask_host(*, visit: Visit, by: Account, at: datetime) -> None:
    """From now on the host is asked whether the day will do. Each new day is asked about anew."""
    visit.host_asked_at, visit.host_reminded_at = at, None
    visit.save(update_fields=["host_asked_at", "host_reminded_at"])


def remind_hosts(*, by: Account | None, at: datetime) -> int:
    """Remind each host once that has not said whether its day will do: how many. Safe to call often."""
    waiting = unanswered(Visit.objects.filter(host_reminded_at=None), at.date())
    found = waiting.select_related("enrolment__cycle__network__tenant").order_by("pk")
    return sum(_remind(visit, by=by, at=at) for visit in found)


@transaction.atomic
def _remind(visit: Visit, *, by: Account | None, at: datetime) -> bool:
    network, last = visit.enrolment.cycle.network, host_last_day(visit)
    if last is None or visit.host_asked_at is None:
        return False
    today, asked = today_in(network, at), today_in(network, visit.host_asked_at)
    if not hosting.is_host_reminder_due(today, asked=asked, last=last):
        return False
    if not Visit.objects.filter(pk=visit.pk, host_reminded_at=None).update(host_reminded_at=at):
        return False
    note(visit=visit, verb="remind_host", by=by, at=at)
    tell_host(
        visit=visit,
        subject=_("Will the day of the visit to %(community)s do?"),
        template="visits/mail/day_reminder.txt",
        by=by,
        at=at,
        until=last if last >= today else None,
    )
    return True


def _answer(visit: Visit, *, accepts: bool, reason: str, by: Account, at: datetime) -> HostAnswer:
    held = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    today = today_in(visit.enrolment.cycle.network, at)
    if held.on is None or not hosting.host_may_answer(held.state, held.on, today):
        raise NotAllowed(sentence(hosting.host_may_answer))
    if not hosting.host_says_why(accepts, reason):
        raise NotAllowed(sentence(hosting.host_says_why))
    before = host_answer(held)
    if before is not None and before.accepts and accepts:
        raise NotAllowed(_("Your community has said already that this day will do."))
    answer = HostAnswer.objects.create(visit=visit, on=held.on, accepts=accepts, reason=reason.strip(), by=by, at=at)
    verb = "accept_day" if accepts else "decline_day"
    note(visit=visit, verb=verb, by=by, at=at, reason=answer.reason, on=held.on.isoformat())
    return answer
