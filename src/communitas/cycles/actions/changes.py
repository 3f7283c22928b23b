"""What happens to a community in the middle of a cycle: it withdraws, closes, merges, is renamed, changes its type."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles import queries
from communitas.cycles.actions.recording import note, step
from communitas.cycles.events import TypeChanged
from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.rules.changes import Change, refuse_change
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.cycles.rules.stages import ENDED, Stage
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.members import actions as members
from communitas.members.models import Community, ServiceType
from communitas.people.models import Account

ENDINGS: Final = frozenset({Change.WITHDRAW, Change.CLOSE, Change.MERGE})
BEFORE_THE_END_OF_THE_VISIT: Final = frozenset({Stage.ENROLLED, Stage.SELF_REVIEW, Stage.VISIT})


@transaction.atomic
def withdraw(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """The community leaves this cycle; its membership stays."""
    _begin(Change.WITHDRAW, enrolment, reason)
    step(enrolment=enrolment, verb="withdraw", by=by, at=at, reason=reason)


@transaction.atomic
def close_community(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """The community closes: its enrolment and its membership end, what was entered is kept."""
    _begin(Change.CLOSE, enrolment, reason)
    members.change_community(**_told(enrolment, Change.CLOSE, reason, by, at))
    enrolment.refresh_from_db()


@transaction.atomic
def merge(*, enrolment: Enrolment, into: Community, reason: str, by: Account, at: datetime) -> None:
    """The community becomes part of another one of its network; its enrolment ends, the other's goes on."""
    _begin(Change.MERGE, enrolment, reason, into.name)
    if into.network_id != enrolment.community.network_id:
        raise NotAllowed(_("A community joins an active community of its own network."))
    members.change_community(**_told(enrolment, Change.MERGE, reason, by, at), into=into)
    enrolment.refresh_from_db()


@transaction.atomic
def rename(*, enrolment: Enrolment, name: str, reason: str, by: Account, at: datetime) -> None:
    """The community has a new name from now on, also in this cycle; what was signed keeps the old one."""
    _begin(Change.RENAME, enrolment, reason, name)
    members.change_community(**_told(enrolment, Change.RENAME, reason, by, at), name=name)
    enrolment.refresh_from_db()


@transaction.atomic
def change_type(*, enrolment: Enrolment, service_type: ServiceType, reason: str, by: Account, at: datetime) -> None:
    """The community changes its service type, also in this cycle; the criteria follow (TypeChanged is published)."""
    _begin(Change.CHANGE_TYPE, enrolment, reason, service_type.name)
    members.change_community(**_told(enrolment, Change.CHANGE_TYPE, reason, by, at), service_type=service_type)
    enrolment.refresh_from_db()


@transaction.atomic
def follow_change(*, community: Community, kind: str, reason: str, by: Account, at: datetime) -> None:
    """Bring the enrolments of cycles that are not closed in line with what happened to their community.

    Called with every change of a community, wherever it was recorded: on its own page or on that of an enrolment. A new
    type leaves an enrolment as it is once its visit is closed, because the agreed scores answer the old type.
    """
    rows = Enrolment.objects.filter(community=community).exclude(cycle__state=Cycle.State.CLOSED).order_by("pk")
    for enrolment in rows.select_related("cycle__network__tenant", "service_type"):
        if kind == Change.RENAME:
            _rename(enrolment, community, reason, by, at)
        elif kind == Change.CHANGE_TYPE and enrolment.stage in BEFORE_THE_END_OF_THE_VISIT:
            _retype(enrolment, community, reason, by, at)
        elif kind in ENDINGS and enrolment.stage not in ENDED:
            into = community.merged_into_id
            step(enrolment=enrolment, verb=kind, by=by, at=at, reason=reason, detail={"into": into} if into else None)


def _rename(enrolment: Enrolment, community: Community, reason: str, by: Account, at: datetime) -> None:
    detail = {"before": enrolment.community_name, "after": community.name}
    enrolment.community_name = community.name
    enrolment.save(update_fields=["community_name"])
    note(enrolment=enrolment, verb="rename", by=by, at=at, reason=reason, detail=detail)


def _retype(enrolment: Enrolment, community: Community, reason: str, by: Account, at: datetime) -> None:
    before, after = enrolment.service_type, community.service_type
    enrolment.service_type = after
    enrolment.save(update_fields=["service_type"])
    detail = {"before": before.name, "after": after.name}
    note(enrolment=enrolment, verb="change_type", by=by, at=at, reason=reason, detail=detail)
    events.publish(TypeChanged(enrolment.pk, before.code, after.code, by.pk, at))


def _told(enrolment: Enrolment, change: Change, reason: str, by: Account, at: datetime) -> dict[str, Any]:
    return {
        "community": enrolment.community,
        "kind": change.value,
        "effective_on": queries.today_in(enrolment.cycle.network, at),
        "reason": reason,
        "by": by,
        "at": at,
    }


def _begin(change: Change, enrolment: Enrolment, reason: str, other: str = "") -> None:
    queries.hold(enrolment)
    refuse_in_closed_cycle(enrolment.cycle.state)
    name = enrolment.community.name
    refuse_change(change, Stage(enrolment.stage), reason=reason, community=name, other=other)
