"""Roles are granted and ended, each time with who did it, and why one ended."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community, Network, RoleGrant
from communitas.members.rules import granting, roles
from communitas.people import actions as people
from communitas.people.models import Account


@transaction.atomic
def grant_role(
    *,
    account: Account,
    network: Network,
    role: str,
    community: Community | None = None,
    duties: Iterable[str] = (),
    by: Account | None,
    at: datetime,
) -> RoleGrant:
    """Grant a role, or give a holder of it other duties. A role that needs a second step asks the account for one.

    `by` is None only where the installation itself grants: the first office of a network, the demo.
    """
    if by is not None:
        granting.refuse_own_grant(granter=by.pk, receiver=account.pk)
    granting.refuse_misplaced_role(roles.Role(role), in_community=community is not None)
    for duty in duties:
        granting.refuse_duty(roles.Duty(duty), frozenset({roles.Role(role)}))
    if community is not None and community.network_id != network.pk:
        raise NotAllowed(_("This community belongs to another network."))
    held = RoleGrant.objects.filter(account=account, network=network, community=community, role=role)
    grant = held.exclude(until_at__lte=at).first()
    if grant is not None and set(grant.duties) == set(duties):
        raise NotAllowed(_("%(name)s holds this role already.") % {"name": account.display_name})
    if grant is None:
        grant = RoleGrant(account=account, network=network, community=community, role=role, since_at=at, granted_by=by)
    grant.duties = sorted(duties)
    grant.save()
    if roles.needs_second_factor(frozenset({roles.Role(role)})):
        people.require_second_factor(account=account, by=by, at=at)
    detail = {"account": account.pk, "role": role, "community": community.pk if community else None}
    audit.record(tenant=network.tenant, verb="role.grant", obj=grant, by=by, at=at, detail=detail)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, reason: str, by: Account, at: datetime) -> RoleGrant:
    """End a role with a reason. What the person did stays; the rights of the role are gone at once."""
    if grant.until_at is not None and grant.until_at <= at:
        raise NotAllowed(_("This role has ended already."))
    if not reason.strip():
        raise NotAllowed(_("Please give a reason: it stands in the history."))
    last = RoleGrant.objects.filter(network=grant.network, role=RoleGrant.Role.OFFICE).exclude(until_at__lte=at)
    if grant.role == RoleGrant.Role.OFFICE and last.count() == 1:
        raise NotAllowed(_("A network keeps at least one person in its office. Give the role to a colleague first."))
    grant.until_at, grant.ended_reason = at, reason.strip()
    grant.save(update_fields=["until_at", "ended_reason"])
    audit.record(tenant=grant.network.tenant, verb="role.end", obj=grant, by=by, at=at, reason=reason)
    return grant
