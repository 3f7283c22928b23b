"""What happens to a community: renamed, another type, closed, merged, withdrawn, taken back; each with its reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, events
from communitas.kit.exceptions import NotAllowed
from communitas.members.events import CommunityChanged
from communitas.members.models import Community, CommunityChange, RoleGrant, ServiceType
from communitas.members.rules.changing import STANDING, Change, refuse_merging
from communitas.people.models import Account


@transaction.atomic
def change_community(
    *,
    community: Community,
    kind: str,
    effective_on: date,
    reason: str,
    name: str = "",
    service_type: ServiceType | None = None,
    into: Community | None = None,
    by: Account,
    at: datetime,
) -> CommunityChange:
    """Carry out one change; apps above hear of it (CommunityChanged) in the same transaction.

    `name` goes with a rename, `service_type` with a change of type, `into` with a merger. Closing, merging and
    withdrawing end the membership on the day; closing and merging end the roles held in the community.
    """
    status = STANDING.move(community.status, kind, reason=reason)
    before, after = _apply(community, Change(kind), name.strip(), service_type, into)
    community.status = status
    community.merged_into = into if kind == Change.MERGE else None
    community.save()
    if kind in {Change.CLOSE, Change.MERGE, Change.WITHDRAW}:
        _end_membership(community, effective_on)
    if kind in {Change.CLOSE, Change.MERGE}:
        held = RoleGrant.objects.filter(community=community, until_at=None)
        held.update(until_at=at, ended_reason=reason)
    change = CommunityChange.objects.create(
        community=community,
        kind=kind,
        before=before[:160],
        after=after[:160],
        effective_on=effective_on,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    tenant = community.network.tenant
    audit.record(tenant=tenant, verb=f"community.{kind}", obj=community, by=by, at=at, reason=reason)
    events.publish(CommunityChanged(community.pk, kind, before, after, effective_on, reason, by.pk, at))
    return change


def _apply(
    community: Community, kind: Change, name: str, service_type: ServiceType | None, into: Community | None
) -> tuple[str, str]:
    match kind:
        case Change.RENAME:
            if not name or name == community.name:
                raise NotAllowed(_("Please enter the new name."))
            before, community.name = community.name, name
            return before, name
        case Change.CHANGE_TYPE:
            if service_type is None or service_type == community.service_type:
                raise NotAllowed(_("Please choose the new type."))
            if service_type.network_id != community.network_id:
                raise NotAllowed(_("This type belongs to another network."))
            old, community.service_type = community.service_type, service_type
            return old.name, service_type.name
        case Change.MERGE:
            if into is None or into.network_id != community.network_id:
                raise NotAllowed(_("Please choose the community that goes on."))
            refuse_merging(into_itself=into == community, other_status=into.status)
            return community.name, into.name
        case _:
            return STANDING.states[community.status], STANDING.find(community.status, kind).to or ""


def _end_membership(community: Community, day: date) -> None:
    current = community.memberships.filter(until=None).first()
    if current is not None and current.since < day:
        current.until = day
        current.save(update_fields=["until"])
    elif current is not None:
        current.delete()  # it never began
