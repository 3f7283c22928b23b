"""Declared interests: they keep a person off a community's reviews until they are withdrawn."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.members.models import Access, Community, Organisation
from communitas.people.models import Account
from communitas.visits.models import Interest
from communitas.visits.rules.conflicts import organisation_by_appointment


@transaction.atomic
def declare_interest(
    *,
    community: Community | None = None,
    organisation: Organisation | None = None,
    kind: str = Interest.Kind.OTHER,
    nature: str,
    by: Account,
    at: datetime,
) -> Interest:
    """Declare an interest about a community, or by an appointment about all of an organisation.

    It wins over every grant, at once. Communities that the organisation takes on later are covered too.
    """
    if not nature.strip():
        raise NotAllowed(_("Say in a few words what the interest is; only the office reads it."))
    if community is None and organisation is None:
        raise NotAllowed(_("Choose the community that the interest is about, or an organisation."))
    if not organisation_by_appointment(kind, organisation is not None):
        raise NotAllowed(sentence(organisation_by_appointment))
    standing = Interest.objects.filter(account=by, withdrawn_at=None)
    if community and standing.filter(community=community).exists():
        raise NotAllowed(_("You have declared an interest about this community already."))
    if organisation and standing.filter(organisation=organisation).exists():
        raise NotAllowed(_("You have declared an interest about this organisation already."))
    interest = Interest.objects.create(
        account=by, community=community, organisation=organisation, kind=kind, nature=nature.strip(), declared_at=at
    )
    _cover(interest, at)
    audit.record(tenant=interest.network.tenant, verb="interest.declare", obj=interest, by=by, at=at)
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
    audit.record(tenant=interest.network.tenant, verb="interest.withdraw", obj=interest, by=by, at=at)


@transaction.atomic
def follow_organisations(*, organisations: Collection[int], by: Account | None, at: datetime) -> None:
    """Interests about organisations cover the communities that these run now: no fewer and no more."""
    standing = Interest.objects.filter(organisation__in=organisations, withdrawn_at=None)
    for interest in standing.select_related("organisation__network__tenant"):
        if _cover(interest, at):
            tenant = interest.network.tenant
            audit.record(tenant=tenant, verb="interest.follow_organisation", obj=interest, by=by, at=at)


def _cover(interest: Interest, at: datetime) -> bool:
    """Keep the person off every community that the interest is about; whether anything changed."""
    wanted = {interest.community_id} if interest.community_id else set()
    if interest.organisation_id:
        wanted |= set(Community.objects.filter(organisation=interest.organisation_id).values_list("pk", flat=True))
    source = f"interest:{interest.pk}"
    held = Access.objects.filter(source=source, relation=Access.Relation.INTEREST, until_at=None)
    there = set(held.values_list("community", flat=True))
    Access.objects.bulk_create(
        Access(
            account_id=interest.account_id,
            community_id=pk,
            relation=Access.Relation.INTEREST,
            source=source,
            scope=interest.pk,
            since_at=at,
        )
        for pk in sorted(wanted - there)
    )
    held.filter(community__in=there - wanted).update(until_at=at)
    return wanted != there
