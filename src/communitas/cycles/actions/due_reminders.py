"""Reminders of due dates that leave by themselves, and when they do."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.models import DueReminder, ReminderPlan
from communitas.cycles.queries.reminders import Reminding, plan_of, reminding
from communitas.cycles.rules.calendar import in_words
from communitas.cycles.rules.reminders import Plan, refuse_plan
from communitas.kit import audit, mail
from communitas.kit.addresses import address_of
from communitas.members.models import Network
from communitas.people.models import Account


@transaction.atomic
def set_reminders(
    *,
    network: Network,
    on: bool,
    before: Sequence[int],
    on_the_day: bool,
    after: Sequence[int],
    by: Account,
    at: datetime,
) -> None:
    """Decide on which days the network's due dates are reminded."""
    plan = Plan(on, tuple(sorted(set(before), reverse=True)), on_the_day, tuple(sorted(set(after))))
    refuse_plan(plan)
    values = {"on": on, "before": list(plan.before), "on_the_day": on_the_day, "after": list(plan.after)}
    ReminderPlan.objects.update_or_create(network=network, defaults=values)
    audit.record(tenant=network.tenant, verb="network.set_reminders", obj=network, by=by, at=at, detail=values)


def send_due_reminders(*, network: Network, by: Account | None, at: datetime) -> int:
    """Remind of every due date whose day has come; how many people. `by` is None when the clock does it.

    A person is reminded of one date on one of its days once, whoever runs this and how often: the row says so.
    """
    reminded = 0
    for due in reminding(network, at, plan_of(network)):
        for account in due.people:
            reminded += _remind(due, account, at)
    return reminded


@transaction.atomic
def _remind(due: Reminding, account: Account, at: datetime) -> bool:
    enrolment = due.enrolment
    _row, is_new = DueReminder.objects.get_or_create(
        enrolment=enrolment,
        account=account,
        what=enrolment.stage,
        due_on=due.due_on,
        step=due.step,
        defaults={"at": at},
    )
    if not is_new:
        return False
    network, stage = enrolment.cycle.network, enrolment.get_stage_display()
    words = {"stage": stage, "community": enrolment.community_name, "when": due.when}
    subject = _("%(stage)s of %(community)s: %(when)s") if not due.passed else _("%(stage)s of %(community)s")
    mail.queue(
        tenant=network.tenant,
        to=account.email or "",
        subject=subject % words,
        template="cycles/mail/due.txt",
        context={
            **words,
            "name": account.display_name,
            "due": in_words(due.due_on),
            "passed": due.passed,
            "is_visit": enrolment.stage == enrolment.Stage.VISIT,
            "link": address_of(network.slug, "cycles:enrolment", enrolment.pk),
            "office": network.office_name or network.name,
        },
        at=at,
        account_id=account.pk,
    )
    return True
