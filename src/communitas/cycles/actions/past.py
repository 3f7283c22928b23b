"""Cycles that ran before this installation, for scores that are imported."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community, Network
from communitas.people.models import Account
from communitas.standards.models import Edition


@transaction.atomic
def record_past_cycle(
    *, network: Network, name: str, opens_on: date, closes_on: date, edition: Edition, by: Account, at: datetime
) -> Cycle:
    """Write down a cycle that is over; it is closed from the start, and the next cycle after it follows it."""
    if network.cycles.filter(name__iexact=name.strip()).exists():
        raise NotAllowed(_("There is a cycle with this name. Please choose it, or another name."))
    cycle = Cycle.objects.create(
        network=network,
        name=name.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        edition=edition,
        state=Cycle.State.CLOSED,
        previous=network.cycles.filter(opens_on__lt=opens_on).order_by("-opens_on").first(),
    )
    following = network.cycles.filter(opens_on__gt=opens_on).order_by("opens_on").first()
    if following:
        Cycle.objects.filter(pk=following.pk).update(previous=cycle)
    audit.record(tenant=network.tenant, verb="cycle.record_past", obj=cycle, by=by, at=at)
    return cycle


@transaction.atomic
def enrol_imported(*, cycle: Cycle, communities: Iterable[Community], by: Account, at: datetime) -> list[Enrolment]:
    """Completed enrolments, marked as imported, for communities that have none in the cycle; those that have are left.

    They carry no history of moves, because nothing happened here.
    """
    present = set(cycle.enrolments.values_list("community", flat=True))
    made = Enrolment.objects.bulk_create(
        Enrolment(
            cycle=cycle,
            community=community,
            pathway=Enrolment.Pathway.PEER_REVIEW,
            edition_id=cycle.edition_id,
            service_type_id=community.service_type_id,
            organisation_id=community.organisation_id,
            community_name=community.name,
            region=community.region,
            stage=Enrolment.Stage.COMPLETED,
            imported=True,
            enrolled_by=by,
            enrolled_at=at,
            completed_at=at,
        )
        for community in communities
        if community.pk not in present
    )
    detail = {"enrolments": [row.pk for row in made]}
    audit.record(tenant=cycle.network.tenant, verb="enrolment.import", obj=cycle, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def undo_imported(*, cycle: Cycle, enrolment_ids: Iterable[int], by: Account, at: datetime) -> int:
    """Take imported enrolments back; NotAllowed once something else stands on one of them. How many went."""
    rows = cycle.enrolments.filter(pk__in=list(enrolment_ids), imported=True)
    detail = {"enrolments": list(rows.values_list("pk", flat=True))}
    try:
        count, _by_model = rows.delete()
    except ProtectedError as used:
        raise NotAllowed(_("This import can no longer be undone: something else uses it.")) from used
    audit.record(tenant=cycle.network.tenant, verb="enrolment.undo_import", obj=cycle, by=by, at=at, detail=detail)
    return count
