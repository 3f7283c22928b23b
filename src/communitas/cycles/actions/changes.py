"""What happens to a community in the middle of a cycle: it withdraws, closes, merges, is renamed, changes its type."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communitas.cycles import queries
from communitas.cycles.actions.recording import note, step
from communitas.cycles.events import TypeChanged
from communitas.cycles.models import Enrolment
from communitas.cycles.rules.changes import Change, refuse_change
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.cycles.rules.stages import Stage
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community, CommunityChange, ServiceType
from communitas.people.models import Account


@transaction.atomic
def withdraw(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """The community leaves this cycle; its membership stays."""
    _begin(Change.WITHDRAW, enrolment, reason)
    step(enrolment=enrolment, verb="withdraw", by=by, at=at, reason=reason)


@transaction.atomic
def close_community(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """The community closes: its enrolment and its membership end, what was entered is kept."""
    _begin(Change.CLOSE, enrolment, reason)
    community = enrolment.community
    step(enrolment=enrolment, verb="close", by=by, at=at, reason=reason)
    Community.objects.filter(pk=community.pk).update(status=Community.Status.CLOSED)
    _end_membership(enrolment, at)
    _write(enrolment, Change.CLOSE, community.name, "", reason, by, at)


@transaction.atomic
def merge(*, enrolment: Enrolment, into: Community, reason: str, by: Account, at: datetime) -> None:
    """The community becomes part of another one of its network; its enrolment ends, the other's goes on."""
    _begin(Change.MERGE, enrolment, reason, into.name)
    community = enrolment.community
    if into.pk == community.pk:
        raise NotAllowed(_("A community does not join itself."))
    if into.network_id != community.network_id or into.status != Community.Status.ACTIVE:
        raise NotAllowed(_("A community joins an active community of its own network."))
    step(enrolment=enrolment, verb="merge", by=by, at=at, reason=reason, detail={"into": into.pk})
    Community.objects.filter(pk=community.pk).update(status=Community.Status.MERGED, merged_into=into)
    _end_membership(enrolment, at)
    _write(enrolment, Change.MERGE, community.name, into.name, reason, by, at)


@transaction.atomic
def rename(*, enrolment: Enrolment, name: str, reason: str, by: Account, at: datetime) -> None:
    """The community has a new name from now on, also in this cycle; what was signed keeps the old one."""
    name = name.strip()
    _begin(Change.RENAME, enrolment, reason, name)
    before = enrolment.community_name
    Community.objects.filter(pk=enrolment.community_id).update(name=name)
    enrolment.community_name = name
    enrolment.save(update_fields=["community_name"])
    detail = {"before": before, "after": name}
    note(enrolment=enrolment, verb="rename", by=by, at=at, reason=reason, detail=detail)
    _write(enrolment, Change.RENAME, before, name, reason, by, at)


@transaction.atomic
def change_type(*, enrolment: Enrolment, service_type: ServiceType, reason: str, by: Account, at: datetime) -> None:
    """The community changes its service type, also in this cycle; the criteria follow (TypeChanged is published)."""
    _begin(Change.CHANGE_TYPE, enrolment, reason, service_type.name)
    before = enrolment.service_type
    if service_type.network_id != enrolment.cycle.network_id:
        raise NotAllowed(_("This service type belongs to another network."))
    if service_type.pk == before.pk:
        raise NotAllowed(_("The community has this type already."))
    Community.objects.filter(pk=enrolment.community_id).update(service_type=service_type)
    enrolment.service_type = service_type
    enrolment.save(update_fields=["service_type"])
    detail = {"before": before.code, "after": service_type.code}
    note(enrolment=enrolment, verb="change_type", by=by, at=at, reason=reason, detail=detail)
    _write(enrolment, Change.CHANGE_TYPE, before.name, service_type.name, reason, by, at)
    events.publish(TypeChanged(enrolment.pk, before.code, service_type.code, by.pk, at))


def _begin(change: Change, enrolment: Enrolment, reason: str, other: str = "") -> None:
    queries.hold(enrolment)
    refuse_in_closed_cycle(enrolment.cycle.state)
    name = enrolment.community.name
    refuse_change(change, Stage(enrolment.stage), reason=reason, community=name, other=other)


def _end_membership(enrolment: Enrolment, at: datetime) -> None:
    today = queries.today_in(enrolment.cycle.network, at)
    current = enrolment.community.memberships.filter(Q(until__isnull=True) | Q(until__gt=today), since__lt=today)
    current.update(until=today)


def _write(
    enrolment: Enrolment, change: Change, before: str, after: str, reason: str, by: Account, at: datetime
) -> None:
    CommunityChange.objects.create(
        community_id=enrolment.community_id,
        kind=change.value,
        before=before,
        after=after,
        effective_on=queries.today_in(enrolment.cycle.network, at),
        reason=reason.strip(),
        by=by,
        at=at,
    )
