"""Declared interests: they keep a person off a community's reviews until they are withdrawn."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access, Community
from communitas.people.models import Account
from communitas.visits.models import Interest


@transaction.atomic
def declare_interest(*, community: Community, nature: str, by: Account, at: datetime) -> Interest:
    """Declare an interest about a community. It wins over every grant, at once."""
    if not nature.strip():
        raise NotAllowed(_("Say in a few words what the interest is; only the office reads it."))
    if Interest.objects.filter(account=by, community=community, withdrawn_at=None).exists():
        raise NotAllowed(_("You have declared an interest about this community already."))
    interest = Interest.objects.create(account=by, community=community, nature=nature.strip(), declared_at=at)
    Access.objects.create(
        account=by,
        community=community,
        relation=Access.Relation.INTEREST,
        source=f"interest:{interest.pk}",
        scope=interest.pk,
        since_at=at,
    )
    audit.record(tenant=community.network.tenant, verb="interest.declare", obj=interest, by=by, at=at)
    return interest


@transaction.atomic
def withdraw_interest(*, interest: Interest, by: Account, at: datetime) -> None:
    """Withdraw an interest that is over. The declaration stays on record."""
    if interest.account_id != by.pk:
        raise NotAllowed(_("Interests are declared and withdrawn by the person who has them."))
    if interest.withdrawn_at:
        raise NotAllowed(_("This interest was withdrawn already."))
    interest.withdrawn_at = at
    interest.save(update_fields=["withdrawn_at"])
    Access.objects.filter(source=f"interest:{interest.pk}", until_at=None).update(until_at=at)
    audit.record(tenant=interest.community.network.tenant, verb="interest.withdraw", obj=interest, by=by, at=at)
