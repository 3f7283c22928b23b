"""Communities are added and their profile is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from communitas.kit import audit, events
from communitas.members.actions.memberships import change_membership
from communitas.members.events import OrganisationChanged
from communitas.members.models import Community, Network, Organisation, ServiceType
from communitas.members.rules import codes
from communitas.people.models import Account

PROFILE: Final = (
    *("organisation", "region", "town", "country", "address", "hidden_address", "latitude", "longitude"),
    *("phone", "website", "about"),
)


@transaction.atomic
def add_community(
    *,
    network: Network,
    code: str,
    name: str,
    service_type: ServiceType,
    organisation: Organisation | None = None,
    profile: Mapping[str, Any] | None = None,
    by: Account | None,
    at: datetime,
) -> Community:
    """Add a community. `profile` holds any of its other fields; membership is given by `change_membership`."""
    codes.refuse_code(code, list(network.communities.filter(code__iexact=code).values_list("code", flat=True)))
    fields = {key: value for key, value in (profile or {}).items() if key in PROFILE and key != "organisation"}
    community = Community.objects.create(
        network=network, code=code, name=name, service_type=service_type, organisation=organisation, **fields
    )
    audit.record(tenant=network.tenant, verb="community.add", obj=community, by=by, at=at)
    tell_organisation(community=community, before=None, by=by, at=at)
    return community


@transaction.atomic
def join(
    *,
    network: Network,
    code: str,
    name: str,
    service_type: ServiceType,
    membership: str,
    since: date,
    organisation: Organisation | None = None,
    by: Account | None,
    at: datetime,
    **profile: Any,
) -> Community:
    """Add a community together with its first membership, as when a service joins the network."""
    community = add_community(
        network=network,
        code=code,
        name=name,
        service_type=service_type,
        organisation=organisation,
        profile=profile,
        by=by,
        at=at,
    )
    change_membership(community=community, type=membership, since=since, by=by, at=at)
    return community


@transaction.atomic
def edit_community(*, community: Community, profile: Mapping[str, Any], by: Account, at: datetime) -> Community:
    """Change the profile. The name and the type change by `change_community`, because reports stand on them."""
    changed: list[str] = []
    before = community.organisation_id
    for key, value in profile.items():
        if key in PROFILE and getattr(community, key) != value:
            setattr(community, key, value)
            changed.append(key)
    if changed:
        community.save(update_fields=changed)
        audit.record(
            tenant=community.network.tenant,
            verb="community.update_profile",
            obj=community,
            by=by,
            at=at,
            detail={"fields": changed},
        )
    tell_organisation(community=community, before=before, by=by, at=at)
    return community


def tell_organisation(*, community: Community, before: int | None, by: Account | None, at: datetime) -> None:
    """Tell the apps above when a community belongs to another organisation than before."""
    after = community.organisation_id
    if before != after:
        events.publish(OrganisationChanged(community.pk, before, after, by.pk if by else None, at))
