"""The membership of a community: its type, its term and its fee."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community, Membership
from communitas.members.rules import membership as rules
from communitas.people.models import Account


@transaction.atomic
def change_membership(
    *,
    community: Community,
    type: str,
    since: date,
    fee: Decimal | None = None,
    note: str = "",
    by: Account | None,
    at: datetime,
) -> Membership:
    """Begin another membership on a day; the one that was open ends on that day."""
    current = community.memberships.filter(until=None).first()
    if current is not None:
        if current.type == type:
            raise NotAllowed(_("The community has this membership already."))
        if current.since >= since:
            raise NotAllowed(_("The new membership begins after the one before."))
        current.until = since
        current.save(update_fields=["until"])
    others = tuple(rules.Term(each.since, each.until) for each in community.memberships.all())
    rules.refuse_overlap(rules.Term(since), others)
    made = Membership.objects.create(community=community, type=type, since=since, fee=fee, note=note)
    audit.record(tenant=community.network.tenant, verb="membership.change", obj=made, by=by, at=at)
    return made


@transaction.atomic
def edit_membership(
    *,
    membership: Membership,
    fee: Decimal | None,
    fee_paid_on: date | None,
    until: date | None,
    note: str,
    by: Account,
    at: datetime,
) -> Membership:
    """Set the fee, the day it was paid, the end and the office's note of a membership."""
    if until is not None and until <= membership.since:
        raise NotAllowed(_("A membership ends after it begins."))
    before = {
        "fee": str(membership.fee or ""),
        "paid": str(membership.fee_paid_on or ""),
        "until": str(membership.until or ""),
    }
    membership.fee, membership.fee_paid_on, membership.until, membership.note = fee, fee_paid_on, until, note
    membership.save()
    tenant = membership.community.network.tenant
    audit.record(tenant=tenant, verb="membership.edit", obj=membership, by=by, at=at, detail={"before": before})
    return membership
