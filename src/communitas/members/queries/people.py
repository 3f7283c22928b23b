"""People of a network and of a community, as far as the reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communitas.members.models import Access, Invitation, Network, RoleGrant
from communitas.people.models import Account
from communitas.people.slots import Kept, RoleLine


@dataclass(frozen=True)
class PersonLine:
    """One person of a network with every role held there now."""

    account: Account
    roles: tuple[RoleGrant, ...]

    @property
    def role_words(self) -> str:
        """The roles in words: 'staff (Lark House), reviewer'."""
        return "; ".join(
            f"{grant.get_role_display()} ({grant.community.name})" if grant.community else grant.get_role_display()
            for grant in self.roles
        )


def people_of_network(network: Network, *, at: datetime) -> QuerySet[RoleGrant]:
    """Every role held in the network now, with its person and community."""
    held = RoleGrant.objects.filter(network=network, since_at__lte=at).exclude(until_at__lte=at)
    return held.select_related("account", "community")


def roles_in_network(account: Account, network: Network) -> list[RoleGrant]:
    """Every role the person holds or held in the network, those that hold first."""
    grants = RoleGrant.objects.filter(account=account, network=network).select_related("community", "network")
    return sorted(grants, key=lambda grant: (grant.until_at is not None, -grant.since_at.timestamp()))


def person_in_network(network: Network, account_id: int) -> Account | None:
    """The account, when it holds or held a role in the network; nobody else exists for the network."""
    return Account.objects.filter(pk=account_id, roles__network=network).distinct().first()


def invitations_of(network: Network, *, community_id: int | None = None) -> QuerySet[Invitation]:
    """Invitations that are neither accepted nor withdrawn, newest first."""
    found = Invitation.objects.filter(network=network, accepted_at=None, withdrawn_at=None)
    if community_id is not None:
        found = found.filter(community_id=community_id)
    return found.select_related("community", "invited_by", "network__tenant")


def role_lines(account_ids: Sequence[int]) -> dict[int, tuple[RoleLine, ...]]:
    """The roles that accounts hold anywhere, for people's own pages (fills people.slots.roles)."""
    held = RoleGrant.objects.filter(account__in=account_ids, until_at=None).select_related("community", "network")
    lines: dict[int, list[RoleLine]] = {}
    for grant in held.order_by("network__name", "pk"):
        place = grant.community.name if grant.community else ""
        lines.setdefault(grant.account_id, []).append(
            RoleLine(str(grant.get_role_display()), place, grant.network.name, grant.since_at)
        )
    return {key: tuple(value) for key, value in lines.items()}


def kept_of(account_ids: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """What members keeps about people: roles with their ends, and accesses (fills people.slots.kept)."""
    roles: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    for grant in RoleGrant.objects.filter(account__in=account_ids).select_related("community", "network"):
        roles[grant.account_id].append(
            {
                _("Role"): str(grant.get_role_display()),
                _("Community"): grant.community.name if grant.community else "",
                _("Network"): grant.network.name,
                _("Since"): grant.since_at.date().isoformat(),
                _("Until"): grant.until_at.date().isoformat() if grant.until_at else "",
            }
        )
    accesses: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    for access in Access.objects.filter(account__in=account_ids).select_related("community"):
        accesses[access.account_id].append(
            {
                _("As"): str(access.get_relation_display()),
                _("Community"): access.community.name,
                _("Since"): access.since_at.date().isoformat(),
                _("Until"): access.until_at.date().isoformat() if access.until_at else "",
            }
        )
    return {
        pk: (Kept(_("Roles"), tuple(roles[pk])), Kept(_("Access to communities"), tuple(accesses[pk])))
        for pk in account_ids
    }


def working_calendar(network: Network) -> tuple[frozenset[int], frozenset[date]]:
    """The days off of a week (Monday is 0) and the holidays of the network's office."""
    return frozenset(network.weekend), frozenset(network.holidays.values_list("on", flat=True))
