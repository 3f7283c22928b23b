"""What reminders of due dates would leave now, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from communitas.cycles.models import DueDate, DueReminder, Enrolment, ReminderPlan
from communitas.cycles.queries.calendars import today_in
from communitas.cycles.queries.leads import leads_of
from communitas.cycles.rules.calendar import in_words
from communitas.cycles.rules.reminders import CATCH_UP, REMINDED, Plan, how_long, step_due
from communitas.cycles.rules.stages import Stage
from communitas.cycles.slots import News
from communitas.members.models import Access, Network
from communitas.people.models import Account


@dataclass(frozen=True, slots=True)
class Reminding:
    """One due date whose day to be reminded has come: who still has to hear of it, and who has already."""

    enrolment: Enrolment
    due_on: date
    step: int
    when: str
    people: tuple[Account, ...]
    told: int = 0
    passed: bool = False

    @property
    def by_mail(self) -> tuple[Account, ...]:
        """Those who have an address."""
        return tuple(account for account in self.people if account.email)

    @property
    def on_home_page(self) -> tuple[Account, ...]:
        """Those who have none and find it on their home page."""
        return tuple(account for account in self.people if not account.email)


def plan_of(network: Network) -> Plan:
    """The network's plan, or the usual one. One query."""
    row = ReminderPlan.objects.filter(network=network).first()
    return Plan(row.on, tuple(row.before), row.on_the_day, tuple(row.after)) if row else Plan()


def reminding(network: Network, now: datetime, plan: Plan) -> list[Reminding]:
    """Every due date that is reminded today by the plan, earliest first: four queries for any number."""
    if not plan.steps:
        return []
    today = today_in(network, now)
    first, last = today - timedelta(days=max(plan.steps[-1], 0) + CATCH_UP), today - timedelta(days=plan.steps[0])
    dates = (
        DueDate.objects.filter(
            enrolment__cycle__network=network,
            enrolment__cycle__state="open",
            enrolment__stage__in=list(REMINDED),
            what=F("enrolment__stage"),
            done_at=None,
            due_on__range=(first, max(last, today)),
        )
        .select_related("enrolment__cycle__network__tenant")
        .order_by("due_on", "pk")
    )
    come = [
        (row.enrolment, row.due_on, step)
        for row in dates
        if row.due_on and (step := step_due(row.due_on, today, plan)) is not None
        if row.due_on >= today or row.what != Stage.VISIT  # a visit that was held is no news to those who came
    ]
    people = _people([enrolment for enrolment, _on, _step in come], now)
    told = _told([enrolment.pk for enrolment, _on, _step in come])
    found = []
    for enrolment, on, step in come:
        everybody = people[enrolment.pk]
        heard = {account.pk for account in everybody if (enrolment.pk, account.pk, enrolment.stage, on, step) in told}
        left = tuple(account for account in everybody if account.pk not in heard)
        found.append(Reminding(enrolment, on, step, how_long(on, today), left, len(heard), on < today))
    return found


def news(ids: list[int]) -> dict[int, list[News]]:
    """The newest reminders about enrolments, for the home pages of those who were reminded."""
    found: dict[int, list[News]] = {}
    rows = DueReminder.objects.filter(enrolment__in=ids).select_related("enrolment").order_by("-at", "-pk")
    by_date: dict[tuple[int, str, date, int], list[DueReminder]] = {}
    for row in rows[:200]:
        by_date.setdefault((row.enrolment_id, row.what, row.due_on, row.step), []).append(row)
    for (enrolment_id, what, on, _step), reminders in by_date.items():
        accounts = frozenset(row.account_id for row in reminders)
        words = {"stage": Enrolment.Stage(what).label, "day": in_words(on)}
        text = _("A reminder: %(stage)s is due on %(day)s.") % words
        href = reminders[0].enrolment.get_absolute_url()
        found.setdefault(enrolment_id, []).append(
            News(text, reminders[0].at, href, may=lambda actor, who=accounts: actor.account_id in who)  # type: ignore[misc]
        )
    return found


def _people(enrolments: Iterable[Enrolment], now: datetime) -> dict[int, list[Account]]:
    rows = list(enrolments)
    leads = leads_of({row.community_id for row in rows}, now)
    with_team = [row.pk for row in rows if "team" in REMINDED[Stage(row.stage)]]
    team: dict[int | None, list[Account]] = {}
    current = Q(until_at=None) | Q(until_at__gt=now)
    places = Access.objects.filter(current, relation="team", scope__in=with_team, account__is_active=True)
    for access in places.select_related("account").order_by("account__display_name", "pk"):
        team.setdefault(access.scope, []).append(access.account)
    together = {row.pk: leads.get(row.community_id, []) + team.get(row.pk, []) for row in rows}
    return {pk: list({account.pk: account for account in people}.values()) for pk, people in together.items()}


def _told(ids: list[int]) -> set[tuple[int, int, str, date, int]]:
    rows = DueReminder.objects.filter(enrolment__in=ids)
    return set(rows.values_list("enrolment", "account", "what", "due_on", "step"))
