"""The people around a review: those who may be named to answer, the team, the reviewers who finished."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from communitas.members.models import Access, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import TeamPlace
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.reading import HEADS, state_of
from communitas.workbooks.rules import registers

ROLES = {"staff": _("staff"), "client_member": _("client member")}


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody of the community, and whether they are named to answer."""

    pk: int
    name: str
    role: str
    named: bool


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody on the team, how many criteria they scored, and whether they have finished."""

    person: str
    name: str
    seat: str
    scored: int
    finished: bool


def nameable(workbook: Workbook, now: datetime) -> list[Nameable]:
    """The staff and client members of the community, those who are named first: two queries."""
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
    people = {
        grant.account_id: Nameable(
            grant.account_id, grant.account.display_name, str(ROLES[grant.role]), grant.account_id in named
        )
        for grant in grants
    }
    return sorted(people.values(), key=lambda person: (not person.named, person.name.casefold()))


def account_of(workbook: Workbook, pk: int, now: datetime) -> Account | None:
    """A person of the community; None for anybody else."""
    if all(person.pk != pk for person in nameable(workbook, now)):
        return None
    return Account.objects.get(pk=pk)


def finished_in(workbook: Workbook) -> frozenset[str]:
    """The reviewers who have finished: one query."""
    return frozenset(
        register.removeprefix("reviewer:")
        for register in Event.objects.filter(
            HEADS, workbook=workbook, criterion_key="", register__startswith="reviewer:", kind="complete"
        )
        .order_by()
        .values_list("register", flat=True)
    )


def reviewers_of(workbook: Workbook, book: Book) -> list[Reviewer]:
    """The team of the visit with how far each is: two queries."""
    places = (
        TeamPlace.objects.filter(visit__enrolment=workbook.review.enrolment_id, state__in=["asked", "accepted"])
        .select_related("account")
        .order_by("pk")
    )
    state = state_of(workbook)
    finished = state.finished_reviewers()
    return [
        Reviewer(
            str(place.account_id),
            place.account.display_name,
            str(place.get_seat_display()),
            sum(state.answer(key, registers.reviewer(str(place.account_id))).is_answered for key in book.keys),
            str(place.account_id) in finished,
        )
        for place in places
    ]
