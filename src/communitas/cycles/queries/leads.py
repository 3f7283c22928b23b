"""The community leads, who get the reminders of their community."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from communitas.cycles.models import DueDate, Enrolment
from communitas.cycles.rules.calendar import in_words
from communitas.cycles.rules.due import Due, what_comes_next
from communitas.cycles.rules.stages import Pathway, Stage
from communitas.members.models import RoleGrant
from communitas.people.models import Account


@dataclass(frozen=True, slots=True)
class Letter:
    """One enrolment to remind: who gets mail, who has no address, and what is true of it."""

    enrolment: Enrolment
    reached: tuple[Account, ...]
    without_address: tuple[Account, ...]
    values: Mapping[str, str]

    @property
    def nobody(self) -> bool:
        """Whether the community has no lead at all."""
        return not self.reached and not self.without_address


def leads_of(community_ids: Iterable[int], now: datetime) -> dict[int, list[Account]]:
    """The active accounts that hold the role of community lead now, by community: one query."""
    grants = (
        RoleGrant.objects.filter(
            community__in=list(community_ids), role=RoleGrant.Role.COMMUNITY_LEAD, since_at__lte=now
        )
        .exclude(until_at__lte=now)
        .filter(account__is_active=True)
        .select_related("account")
        .order_by("account__display_name", "pk")
    )
    leads: dict[int, list[Account]] = {}
    for grant in grants:
        if grant.community_id is not None:
            leads.setdefault(grant.community_id, []).append(grant.account)
    return leads


def letters(enrolments: Iterable[Enrolment], now: datetime) -> list[Letter]:
    """For each enrolment whom a reminder reaches and what it can say: two queries for any number."""
    rows = list(enrolments)
    leads = leads_of((row.community_id for row in rows), now)
    dates: dict[tuple[int, str], date] = {
        (enrolment, what): on
        for enrolment, what, on in DueDate.objects.filter(
            enrolment__in=[row.pk for row in rows], due_on__isnull=False
        ).values_list("enrolment", "what", "due_on")
        if on
    }
    found = []
    for row in rows:
        people = leads.get(row.community_id, [])
        reached = tuple(account for account in people if account.email)
        without = tuple(account for account in people if not account.email)
        found.append(Letter(row, reached, without, _values(row, dates.get((row.pk, row.stage)))))
    return found


def _values(row: Enrolment, on: date | None) -> dict[str, str]:
    stage = Stage(row.stage)
    dues = {stage: Due(on, on)} if on else {}
    return {
        "community": row.community_name,
        "cycle": row.cycle.name,
        "stage": row.get_stage_display(),
        "due": in_words(on) if on else _("a date that is not set yet"),
        "next": what_comes_next(Pathway(row.pathway), stage, dues),
    }
