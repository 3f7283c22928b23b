"""Who may be asked onto a team: every reviewer of the network with the rules that speak against them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.members.models import RoleGrant
from communitas.people.models import Account
from communitas.visits import slots
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries.clearance import cleared_until, weeks_of
from communitas.visits.queries.derived import counting, former_places, has_ended
from communitas.visits.queries.objections import kept_apart
from communitas.visits.queries.settings import limits_of, settings_of, shape_for
from communitas.visits.rules import conflicts as rules
from communitas.visits.rules.clearance import Papers
from communitas.visits.rules.overriding import SET_ASIDE, SetAside, left_over, used
from communitas.visits.rules.team import LEAD, SPECIALIST, Place, TeamShape

TAKEN = ("asked", "accepted")
# Until the learning app brings approvals, a lead reviewer counts as approved for the specialist seat (decision 0006).
APPROVALS = {"reviewer": frozenset({"reviewer"}), "lead_reviewer": frozenset({LEAD, SPECIALIST})}


@dataclass(frozen=True)
class Candidate:
    """One reviewer, with what the office wants to know before asking."""

    account: Account
    community: str
    community_id: int | None
    is_client_member: bool
    is_lead: bool
    visits_done: int
    visits_this_cycle: int
    refusals: tuple[str, ...]  # without the rules that two people set aside
    in_spite_of: str = ""  # what is so all the same, in words
    why: str = ""  # the reason of those two people


@dataclass(frozen=True)
class Grounds:
    """Everything that the rules ask about a visit's possible reviewers, read in a constant number of queries."""

    host: rules.Host
    team: tuple[Place, ...]
    history: tuple[rules.PastVisit, ...]
    persons: dict[int, rules.Person]
    accounts: dict[int, Account]
    homes: dict[int, RoleGrant]
    done: Counter[int]
    limits: rules.Limits
    shape: TeamShape
    papers: Papers | None  # what a secure site asks for


def candidates(visit: Visit, seat: str, *, now: datetime, search: str = "") -> list[Candidate]:
    """Reviewers for the seat, those who may sit on it first, then by name. Six queries whatever their number."""
    grounds, aside = _grounds(visit, now=now), set_aside_at(visit)
    words = search.casefold().split()
    found = [
        _candidate(grounds, account_id, _case(grounds, account_id, seat), aside.get(account_id))
        for account_id in grounds.persons
        if all(word in _searched(grounds, account_id) for word in words)
    ]
    return sorted(found, key=lambda one: (len(one.refusals), one.account.display_name.casefold(), one.account.pk))


def reviewers(network_id: int, *, now: datetime) -> QuerySet[Account]:
    """The people who may review in the network at all."""
    grants = RoleGrant.objects.filter(network_id=network_id, role__in=list(APPROVALS), since_at__lte=now)
    return Account.objects.filter(is_active=True, roles__in=grants.exclude(until_at__lte=now)).distinct()


def set_aside_at(visit: Visit) -> dict[int, SetAside]:
    """What two people set aside at the visit, by account. One query."""
    return {pk: aside for found in slots.set_aside.ask([visit.pk]).get(visit.pk, []) for pk, aside in found.items()}


def case_for(visit: Visit, account: Account, seat: str, *, now: datetime, moving: bool = False) -> rules.Case | None:
    """One person considered for one seat; None for somebody who is no reviewer of the network.

    `moving`: they leave the seat that they have on this visit for it.
    """
    grounds = _grounds(visit, now=now, only=account)
    if account.pk not in grounds.persons:
        return None
    case = _case(grounds, account.pk, seat)
    if not moving:
        return case
    others = tuple(place for place in case.team if place.person != str(account.pk))
    return replace(case, team=others, papers=None)  # their papers are what they were, whichever seat they take


def _case(grounds: Grounds, account_id: int, seat: str) -> rules.Case:
    return rules.Case(
        person=grounds.persons[account_id],
        seat=seat,
        host=grounds.host,
        team=grounds.team,
        history=grounds.history,
        limits=grounds.limits,
        shape=grounds.shape,
        papers=grounds.papers,
    )


def _grounds(visit: Visit, *, now: datetime, only: Account | None = None) -> Grounds:
    """What the rules ask about everybody, or about one person alone, who is then read without the others."""
    enrolment, network = visit.enrolment, visit.enrolment.cycle.network
    settings = settings_of(network)
    held = RoleGrant.objects.filter(network=network, since_at__lte=now, account__is_active=True)
    if only is not None:
        held = held.filter(account=only)
    held = held.filter(counting(settings, now)).select_related("account", "community__organisation")
    grants, ended = list[RoleGrant](), defaultdict[int, list[RoleGrant]](list)
    for grant in held:
        (ended[grant.account_id] if has_ended(grant, now) else grants).append(grant)
    cycles = {pk: number for number, pk in enumerate(_cycle_ids(network.pk))}
    # Who could not come on the day keeps their place on this visit, and cannot be asked onto it once more.
    absent = Q(state="absent", visit=visit.pk)
    taken = TeamPlace.objects.filter(Q(state__in=TAKEN) | absent, visit__enrolment__cycle__network=network)
    if only is not None:
        own, host = Q(account=only), enrolment.community_id
        taken = taken.filter(own | Q(visit__enrolment__community=host) | Q(from_community=host))
    places = list(taken.select_related("visit__enrolment"))
    apart = kept_apart(network.pk, at=now)
    declared = {pk: frozenset(map(str, communities)) for pk, communities in apart.items()}
    reviewers = [grant.account_id for grant in grants if grant.role in APPROVALS]
    papers = _papers(visit, now)
    cleared = cleared_until(enrolment.community_id, reviewers) if papers else {}
    busy = Counter(
        place.account_id
        for place in places
        if place.visit.enrolment.cycle_id == enrolment.cycle_id and place.visit_id != visit.pk
    )
    done = Counter(place.account_id for place in places if place.visit.state in {"held", "closed"})
    return Grounds(
        host=rules.Host(str(enrolment.community_id), str(enrolment.organisation_id or ""), cycles[enrolment.cycle_id]),
        team=tuple(
            Place(str(place.account_id), place.seat, place.state) for place in places if place.visit_id == visit.pk
        ),
        history=tuple(
            rules.PastVisit(
                str(place.from_community_id),
                str(place.visit.enrolment.community_id),
                cycles[place.visit.enrolment.cycle_id],
            )
            for place in places
            if place.from_community_id and place.visit_id != visit.pk
        ),
        persons={
            pk: replace(
                _person(pk, grants, ended[pk], declared.get(pk, frozenset()), busy[pk]), cleared_until=cleared.get(pk)
            )
            for pk in dict.fromkeys(reviewers)
        },
        accounts={grant.account_id: grant.account for grant in grants},
        homes={grant.account_id: grant for grant in grants if grant.community_id},
        done=done,
        limits=limits_of(settings),
        shape=shape_for(settings, enrolment.pathway),
        papers=papers,
    )


def _papers(visit: Visit, now: datetime) -> Papers | None:
    weeks = weeks_of(visit) if visit.on else 0
    return Papers(today_in(visit.enrolment.cycle.network, now), visit.on, weeks) if visit.on and weeks else None


def _cycle_ids(network_id: int) -> Iterable[int]:
    return Cycle.objects.filter(network_id=network_id).order_by("opens_on", "pk").values_list("pk", flat=True)


def _person(
    account_id: int, grants: list[RoleGrant], ended: list[RoleGrant], declared: frozenset[str], visits: int
) -> rules.Person:
    mine = [grant for grant in grants if grant.account_id == account_id]
    homes = [grant.community for grant in mine if grant.community]
    former_communities, former_organisations = former_places(ended)
    return rules.Person(
        person=str(account_id),
        communities=frozenset(str(community.pk) for community in homes),
        organisations=frozenset(str(community.organisation_id) for community in homes if community.organisation_id),
        declared=declared,
        approvals=frozenset(approval for grant in mine for approval in APPROVALS.get(grant.role, ())),
        is_client_member=any(grant.role == "client_member" for grant in mine),
        visits=visits,
        former_communities=former_communities,
        former_organisations=former_organisations,
    )


def _candidate(grounds: Grounds, account_id: int, case: rules.Case, aside: SetAside | None) -> Candidate:
    home, refusals = grounds.homes.get(account_id), rules.conflicts(case)
    in_spite_of = used(refusals, aside)
    return Candidate(
        account=grounds.accounts[account_id],
        community=str(home.community) if home else "",
        community_id=home.community_id if home else None,
        is_client_member=case.person.is_client_member,
        is_lead=LEAD in case.person.approvals,
        visits_done=grounds.done[account_id],
        visits_this_cycle=case.person.visits,
        refusals=tuple(refusal.sentence for refusal in left_over(refusals, aside)),
        in_spite_of=", ".join(SET_ASIDE[name] for name in in_spite_of),
        why=aside.reason if aside and in_spite_of else "",
    )


def _searched(grounds: Grounds, account_id: int) -> str:
    home = grounds.homes.get(account_id)
    return f"{grounds.accounts[account_id].display_name} {home.community if home else ''}".casefold()
