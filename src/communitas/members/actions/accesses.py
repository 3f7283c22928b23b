"""Access that a higher app grants to a person and ends again: on a team, named as a contributor, an interest."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from communitas.kit import audit
from communitas.members.models import Access, Community
from communitas.people.models import Account


@transaction.atomic
def give_access(
    *,
    account: Account,
    community: Community,
    relation: str,
    source: str,
    scope: int | None = None,
    by: Account | None,
    at: datetime,
) -> Access:
    """Give one access; giving it twice changes nothing. `scope` is the enrolment for `team` and `contributor`."""
    given, made = Access.objects.get_or_create(
        account=account,
        community=community,
        relation=relation,
        source=source,
        scope=scope,
        until_at=None,
        defaults={"since_at": at},
    )
    if made:
        audit.record(tenant=community.network.tenant, verb=f"access.give_{relation}", obj=given, by=by, at=at)
    return given


@transaction.atomic
def end_access(
    *,
    relation: str,
    source: str,
    account: Account | None = None,
    scope: int | None = None,
    by: Account | None,
    at: datetime,
    reason: str = "",
) -> int:
    """End the accesses of a source, of one person or of all; the number ended. The rows stay with their end."""
    narrowed = Q(relation=relation, source=source)
    narrowed &= Q(account=account) if account else Q()
    narrowed &= Q(scope=scope) if scope is not None else Q()
    held = Access.objects.filter(narrowed).exclude(until_at__lte=at).select_related("community__network__tenant")
    ended = list(held)
    for access in ended:
        access.until_at = at
        access.save(update_fields=["until_at"])
        tenant = access.community.network.tenant
        audit.record(tenant=tenant, verb=f"access.end_{relation}", obj=access, by=by, at=at, reason=reason)
    return len(ended)
