"""Reminders to community leads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from communitas.cycles.models import Cycle, Enrolment, Reminder
from communitas.cycles.queries.leads import letters
from communitas.cycles.rules.reminders import fill, refuse_reminder
from communitas.kit import audit, mail
from communitas.kit.addresses import address_of
from communitas.people.models import Account


@dataclass
class Reminded:
    """What became of a reminder: how many messages left, and whom it could not reach."""

    messages: int = 0
    without_address: list[str] = field(default_factory=list)
    without_lead: list[str] = field(default_factory=list)


@transaction.atomic
def remind(
    *,
    cycle: Cycle,
    enrolment_ids: Iterable[int],
    subject: str,
    message: str,
    by: Account,
    at: datetime,
) -> Reminded:
    """Send the message to the community leads of these enrolments, each with its own dates put in (rules.reminders).

    A community whose leads have no address, or that has no lead, is told in the answer; nothing else happens to it.
    """
    rows = list(cycle.enrolments.filter(pk__in=list(enrolment_ids)).select_related("cycle"))
    refuse_reminder(message=message, chosen=len(rows))
    result = Reminded()
    sent = []
    for letter in letters(rows, at):
        text = fill(message, letter.values)
        for account in letter.reached:
            mail.queue(
                tenant=cycle.network.tenant,
                to=account.email or "",
                subject=fill(subject, letter.values),
                template="cycles/mail/reminder.txt",
                context=_context(letter.enrolment, account, text),
                at=at,
                account_id=account.pk,
            )
        sent.append(_kept(letter.enrolment, text, len(letter.reached), by, at))
        result.messages += len(letter.reached)
        result.without_address += [
            f"{account.display_name} ({letter.enrolment.community_name})" for account in letter.without_address
        ]
        result.without_lead += [letter.enrolment.community_name] if letter.nobody else []
    Reminder.objects.bulk_create(sent)
    detail = {"enrolments": [row.pk for row in rows], "messages": result.messages}
    audit.record(tenant=cycle.network.tenant, verb="cycle.remind", obj=cycle, by=by, at=at, detail=detail)
    return result


def _kept(enrolment: Enrolment, text: str, reached: int, by: Account, at: datetime) -> Reminder:
    return Reminder(enrolment=enrolment, what=enrolment.stage, by=by, at=at, message=text, recipients=reached)


def _context(enrolment: Enrolment, account: Account, text: str) -> dict[str, str]:
    network = enrolment.cycle.network
    return {
        "name": account.display_name,
        "text": text,
        "link": address_of(network.slug, "cycles:enrolment", enrolment.pk),
        "office": network.office_name or network.name,
    }
