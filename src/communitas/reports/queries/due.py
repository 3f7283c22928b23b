"""Which actions come up or have passed their day, and who hears of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from communitas.cycles.queries import today_in
from communitas.kit.addresses import address_of
from communitas.kit.agenda import Item
from communitas.members.actors import Actor
from communitas.members.models import Community, Network, RoleGrant
from communitas.people.models import Account
from communitas.reports.models import Action, ActionReminder
from communitas.reports.queries.planned import OPEN, actions, entry_of
from communitas.reports.rules import actionplan


@dataclass(frozen=True, slots=True)
class Due:
    """An action that somebody is to hear of: `step` is soon or late."""

    action: Action
    due_on: date
    step: str


def due_by_person(network: Network, at: datetime) -> list[tuple[Account, list[Due]]]:
    """Everybody who has to hear of actions now, with those of which they have not heard: four queries.

    It is the owner's account; where there is none, it has no address or no longer belongs to the community, its leads.
    """
    found = list(_due(network, today_in(network, at)))
    communities = {due.action.enrolment.community_id for due in found}
    people = _people_of(communities, at)
    told = set(
        ActionReminder.objects.filter(action__in=[due.action.pk for due in found]).values_list(
            "action", "account", "due_on", "step"
        )
    )
    by_person: dict[Account, list[Due]] = defaultdict(list)
    for due in found:
        for account in _reached(due.action, people):
            if (due.action.pk, account.pk, due.due_on, due.step) not in told:
                by_person[account].append(due)
    return sorted(by_person.items(), key=lambda pair: pair[0].pk)


def calendar_items(actor: Actor, network: Network, now: datetime) -> Iterator[Item]:
    """The open actions that the actor sees to, on their days: one query. The title says nothing of what they are."""
    mine = Action.objects.filter(owner=actor.account_id, enrolment__cycle__network=network, state__in=OPEN)
    for action in mine.annotate(number=Count("notes"), last=Max("notes__at")):
        if action.due_on is not None:
            yield Item(
                name=f"action-{action.pk}",
                title=_("An action of the plan is due"),
                on=action.due_on,
                changed_at=action.last or action.made_at,
                revision=action.number,
                href=address_of(network.slug, "reports:action", action.pk),
            )


def _due(network: Network, today: date) -> Iterator[Due]:
    rows = (
        actions()
        .select_related("owner")
        .filter(
            enrolment__cycle__network=network,
            enrolment__community__status=Community.Status.ACTIVE,
            state__in=OPEN,
            due_on__lte=today + timedelta(days=actionplan.SOON_DAYS),
            due_on__gte=today - timedelta(days=actionplan.LATE_DAYS),
            carried_to__isnull=True,  # what was carried on is reminded of in its new plan
        )
        .order_by("due_on", "pk")
    )
    for action in rows:
        step = actionplan.reminder_step(entry_of(action), today)
        if step and action.due_on:
            yield Due(action, action.due_on, step)


def _people_of(communities: set[int], at: datetime) -> dict[int, dict[int, tuple[Account, bool]]]:
    """The people with a role in each community now: the account, and whether it leads."""
    grants = (
        RoleGrant.objects.filter(
            community__in=communities,
            role__in=[RoleGrant.Role.STAFF, RoleGrant.Role.CLIENT_MEMBER, RoleGrant.Role.COMMUNITY_LEAD],
            since_at__lte=at,
            account__is_active=True,
        )
        .filter(Q(until_at=None) | Q(until_at__gt=at))
        .select_related("account")
        .order_by("pk")
    )
    found: dict[int, dict[int, tuple[Account, bool]]] = defaultdict(dict)
    for grant in grants:
        people = found[grant.community_id or 0]
        led = people.get(grant.account_id, (grant.account, False))[1]
        people[grant.account_id] = (grant.account, led or grant.role == RoleGrant.Role.COMMUNITY_LEAD)
    return found


def _reached(action: Action, people: dict[int, dict[int, tuple[Account, bool]]]) -> list[Account]:
    here = people.get(action.enrolment.community_id, {})
    owner = here.get(action.owner_id or 0)
    if owner and owner[0].email:
        return [owner[0]]
    return [account for account, leads in here.values() if leads]
