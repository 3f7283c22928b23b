"""The actor: a person with everything that permissions ask about them, read in two queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from communitas.kit.prepared import Prepared, Rows
from communitas.members.models import Access, Network, RoleGrant
from communitas.people.models import Account

GRACE = timedelta(days=30)  # T+30: a team member may still open the evidence for thirty days


@dataclass(frozen=True)
class HeldRole:
    """One role that counts now."""

    role: str
    network: int
    community: int | None = None
    duties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HeldAccess:
    """One access that counts now, or ended less than thirty days ago; only one that lingers counts after its end."""

    relation: str
    community: int
    scope: int | None
    until_at: datetime | None = None
    lingers: bool = True


@dataclass(frozen=True)
class Actor:
    """Who asks, with the roles and accesses held at this moment. Roles that lack their second factor are left out."""

    account: Account | None
    now: datetime
    held: tuple[HeldRole, ...] = ()
    accesses: tuple[HeldAccess, ...] = ()
    lacks_second_factor: bool = False
    administrator: bool = field(default=False)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere; 'public' is everybody's."""
        names = {held.role for held in self.held} | {"public"}
        return frozenset(names | {"admin"} if self.administrator else names)

    @property
    def account_id(self) -> int | None:
        return self.account.pk if self.account else None

    def networks_as(self, role: str) -> frozenset[int]:
        """The networks in which the actor holds the role."""
        return frozenset(held.network for held in self.held if held.role == role)

    def communities_as(self, role: str) -> frozenset[int]:
        """The communities in which the actor holds the role."""
        return frozenset(held.community for held in self.held if held.role == role and held.community)

    def networks_with_duty(self, duty: str) -> frozenset[int]:
        """The networks in whose office the actor holds the named duty."""
        return frozenset(held.network for held in self.held if duty in held.duties)

    def holds(self, role: str, network: int) -> bool:
        """Whether the actor holds the role in the network."""
        return network in self.networks_as(role)

    def scopes(self, relation: str, *, grace: bool = False) -> frozenset[int]:
        """What the actor's accesses of this relation are for: ids of enrolments."""
        return frozenset(access.scope for access in self._current(relation, grace=grace) if access.scope is not None)

    def communities_via(self, relation: str, *, grace: bool = False) -> frozenset[int]:
        """The communities to which the actor's accesses of this relation lead."""
        return frozenset(access.community for access in self._current(relation, grace=grace))

    @cached_property
    def interests(self) -> frozenset[int]:
        """Communities about which the actor declared an interest, which wins over every grant."""
        return self.communities_via("interest")

    def _current(self, relation: str, *, grace: bool) -> Iterable[HeldAccess]:
        def counts(access: HeldAccess) -> bool:
            last = self.now - GRACE if grace and access.lingers else self.now
            return access.until_at is None or access.until_at > last

        return (access for access in self.accesses if access.relation == relation and counts(access))


@Prepared
def _grants(*, account: int, now: datetime, network: int | None) -> Rows:
    grants = RoleGrant.objects.filter(account=account, since_at__lte=now).exclude(until_at__lte=now)
    within = grants if network is None else grants.filter(network=network)
    return within.order_by().values_list("role", "network_id", "community_id", "duties")


@Prepared
def _accesses(*, account: int, now: datetime, ended: datetime, network: int | None) -> Rows:
    granted = Access.objects.filter(account=account, since_at__lte=now).exclude(until_at__lte=ended)
    within = granted if network is None else granted.filter(community__network=network)
    return within.order_by().values_list("relation", "community_id", "scope", "until_at", "lingers")


def actor_for(
    account: Account | AnonymousUser,
    *,
    now: datetime,
    second_factor_given: bool,
    second_factor_demanded: bool,
    network: Network | None = None,
) -> Actor:
    """The actor of an account at a moment. Two queries for somebody signed in, none for anybody else.

    Under a network's address only what is held in that network counts: rows of another network are not found there,
    even by somebody who may read them under its own address.
    """
    if not isinstance(account, Account) or not account.is_active:
        return Actor(None, now)
    place = network.pk if network else None
    held = [
        HeldRole(role, network_id, community_id, frozenset(duties))
        for role, network_id, community_id, duties in _grants(account=account.pk, now=now, network=place)
    ]
    lacks = second_factor_demanded and account.second_factor_required and not second_factor_given
    if lacks:
        held = [role for role in held if role.role not in NEEDS_SECOND_FACTOR]
    rows = _accesses(account=account.pk, now=now, ended=now - GRACE, network=place)
    accesses = tuple(HeldAccess(*row) for row in rows)
    return Actor(account, now, tuple(held), accesses, lacks, account.is_administrator and not lacks)


NEEDS_SECOND_FACTOR = frozenset({"lead_reviewer", "office", "committee"})
