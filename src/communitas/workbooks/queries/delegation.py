"""Who was given which criterion, and who can be given one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from communitas.cycles.queries import today_in
from communitas.members.models import Access, RoleGrant
from communitas.people.models import Account
from communitas.workbooks.models import Delegation, Event, Workbook
from communitas.workbooks.queries.reading import HEADS, Reading, as_event, rows_of
from communitas.workbooks.queries.screens import Given
from communitas.workbooks.queries.sides import Reader
from communitas.workbooks.rules import delegation as rules
from communitas.workbooks.rules.events import Event as RuleEvent
from communitas.workbooks.rules.fold import Answer, answer_of
from communitas.workbooks.rules.registers import SELF

ROLES = {
    "community_lead": gettext_lazy("community lead"),
    "staff": gettext_lazy("staff"),
    "client_member": gettext_lazy("client member"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a criterion now, and until when."""

    pk: int
    name: str
    due_on: date
    given_at: datetime
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody of the community who can be given criteria. `named` is whether they answer already."""

    pk: int
    name: str
    role: str
    named: bool
    has_address: bool


def held_now(workbook: Workbook, criteria: Collection[str] | None = None) -> dict[str, Holder]:
    """Who has which criterion now: one query."""
    rows = Delegation.objects.filter(workbook=workbook, ended_at=None).order_by()
    if criteria is not None:
        rows = rows.filter(criterion_key__in=list(criteria))
    found = rows.values_list("criterion_key", "account", "account__display_name", "due_on", "given_at", "reminded_at")
    return {key: Holder(who, name, on, given, reminded) for key, who, name, on, given, reminded in found}


def given_of(held: Mapping[str, Holder]) -> dict[str, rules.Given]:
    """The same for the rules."""
    return {key: rules.Given(key, str(holder.pk), holder.due_on) for key, holder in held.items()}


def answerers(workbook: Workbook, now: datetime) -> list[Answerer]:
    """The leads, staff and client members of the community by name: two queries."""
    enrolment = workbook.review.enrolment
    grants = (
        RoleGrant.objects.filter(community=enrolment.community_id, role__in=list(ROLES), since_at__lte=now)
        .exclude(until_at__lte=now)
        .filter(account__is_active=True)
        .select_related("account")
        .order_by("account__display_name", "pk")
    )
    named = set(
        Access.objects.filter(
            community=enrolment.community_id, relation="contributor", scope=enrolment.pk, since_at__lte=now
        )
        .exclude(until_at__lte=now)
        .values_list("account_id", flat=True)
    )
    found: dict[int, Answerer] = {}
    for grant in sorted(grants, key=lambda grant: list(ROLES).index(grant.role)):
        who, lead = grant.account, grant.role == "community_lead"
        found.setdefault(
            who.pk, Answerer(who.pk, who.display_name, grant.role, lead or who.pk in named, bool(who.email))
        )
    return sorted(found.values(), key=lambda one: one.name.casefold())


def given_items(
    workbook: Workbook, criteria: Collection[str], reading: Reading, reader: Reader, now: datetime
) -> dict[str, Given]:
    """Who was asked to answer each of these criteria, for the page on which they stand: one query."""
    today = today_in(workbook.review.enrolment.cycle.network, now)
    return {
        key: Given(
            holder.name,
            date_format(holder.due_on, "j F"),
            mine=holder.pk == reader.person,
            late=holder.due_on < today and reading.state.answer(key, SELF).kind == "none",
        )
        for key, holder in held_now(workbook, criteria).items()
    }


def answers_of(workbooks: Iterable[Workbook], criteria: Collection[str]) -> dict[tuple[int, str], Answer]:
    """The community's answers to these criteria in several workbooks: one query, none for none."""
    books = {book.pk: book for book in workbooks}
    if not books:
        return {}
    rows = Event.objects.filter(
        HEADS, workbook__in=list(books), register=str(SELF), criterion_key__in=list(criteria)
    ).order_by()
    heads: dict[tuple[int, str], list[RuleEvent]] = {}
    for row in rows_of(rows):
        event = as_event(books[row["workbook_id"]], row)
        heads.setdefault((row["workbook_id"], event.criterion_key or ""), []).append(event)
    return {place: answer_of(found) for place, found in heads.items()}


def account_of(pk: int) -> Account:
    """The account of somebody who was found among the answerers."""
    return Account.objects.get(pk=pk)
