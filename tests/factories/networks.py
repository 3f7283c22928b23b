from datetime import UTC, date, datetime
from typing import Any

from communitas.kit.models import Tenant
from communitas.members.models import Community, Membership, Network, Organisation, RoleGrant, ServiceType
from communitas.people.models import Account

LONG_AGO = datetime(2020, 1, 1, 9, 0, tzinfo=UTC)


def make_network(slug: str, name: str) -> Network:
    network = Network.objects.create(tenant=Tenant.objects.create(slug=slug), name=name)
    for position, code in enumerate(["adult", "prison", "addiction"]):
        ServiceType.objects.create(network=network, code=code, name=code.capitalize(), position=position)
    return network


def make_community(network: Network, code: str, name: str, *, service_type: str = "adult", **fields: Any) -> Community:
    organisation, _ = Organisation.objects.get_or_create(
        network=network, name=fields.pop("organisation", f"{name} Trust")
    )
    community = Community.objects.create(
        network=network,
        code=code,
        name=name,
        service_type=ServiceType.objects.get(network=network, code=service_type),
        organisation=organisation,
        **fields,
    )
    Membership.objects.create(community=community, type=Membership.Type.FULL, since=date(2020, 1, 1))
    return community


def make_account(username: str, display_name: str, **fields: Any) -> Account:
    return Account.objects.create_user(
        username,
        email=fields.pop("email", f"{username}@people.example"),
        password="a quiet word",
        display_name=display_name,
        joined_at=LONG_AGO,
        **fields,
    )


def grant(
    account: Account,
    network: Network,
    role: str,
    *,
    community: Community | None = None,
    duties: tuple[str, ...] = (),
) -> RoleGrant:
    return RoleGrant.objects.create(
        account=account,
        network=network,
        community=community,
        role=role,
        duties=list(duties),
        since_at=LONG_AGO,
    )
