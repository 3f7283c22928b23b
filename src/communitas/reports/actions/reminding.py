"""Reminders of actions that leave by themselves: in the week before their day, and once after it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.kit import mail
from communitas.kit.addresses import address_of
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.reports.models import ActionReminder
from communitas.reports.queries.due import Due, due_by_person


def remind_of_actions(*, network: Network, by: Account | None, at: datetime) -> int:
    """Remind whoever sees to an action, or their community leads; how many people. `by` is None when the clock does it.

    A person hears of one day of an action once before and once after it, whoever runs this and how often.
    """
    return sum(_remind(network, account, found, at) for account, found in due_by_person(network, at))


@transaction.atomic
def _remind(network: Network, account: Account, found: Sequence[Due], at: datetime) -> bool:
    """One message for everything that a person has to hear of."""
    ActionReminder.objects.bulk_create(
        ActionReminder(action=due.action, account=account, due_on=due.due_on, step=due.step, at=at) for due in found
    )
    lines = [
        (
            due.step == "late",
            date_format(due.due_on, "j F Y"),
            address_of(network.slug, "reports:action", due.action.pk),
        )
        for due in found
    ]
    mail.queue(
        tenant=network.tenant,
        to=account.email or "",
        subject=_("Your action plan: a reminder"),
        template="reports/mail/action_due.txt",
        context={"name": account.display_name, "lines": lines, "network": network.office_name or network.name},
        at=at,
        account_id=account.pk,
    )
    return True
