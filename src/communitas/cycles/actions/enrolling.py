"""Communities join a cycle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from communitas.cycles import queries
from communitas.cycles.actions.recording import note
from communitas.cycles.models import Cycle, Enrolment, Move
from communitas.cycles.queries.eligible import standing_of
from communitas.cycles.rules.changes import refuse_enrolment
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.cycles.rules.stages import Pathway
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community
from communitas.people.models import Account


@dataclass
class Enrolled:
    """What came of enrolling several: those who joined, and who could not with the reason."""

    joined: list[Enrolment] = field(default_factory=list)
    refused: list[tuple[Community, str]] = field(default_factory=list)


@transaction.atomic
def enrol(
    *, cycle: Cycle, community: Community, pathway: str, by: Account, at: datetime, modules: Sequence[str] = ()
) -> Enrolment:
    """Enrol one community; NotAllowed with the reason when its membership does not open the pathway."""
    found = enrol_many(cycle=cycle, communities=[community], pathway=pathway, by=by, at=at, modules=modules)
    if found.refused:
        raise NotAllowed(found.refused[0][1])
    return found.joined[0]


@transaction.atomic
def enrol_many(
    *,
    cycle: Cycle,
    communities: Iterable[Community],
    pathway: str,
    by: Account,
    at: datetime,
    modules: Sequence[str] = (),
) -> Enrolled:
    """Enrol communities of the cycle's network on a pathway. Those who cannot join are told apart, the others join.

    Type, name, organisation and region are written down as they are now. `modules` are codes of layers of the edition.
    """
    refuse_in_closed_cycle(cycle.state)
    wanted = [community for community in communities if community.network_id == cycle.network_id]
    standing = standing_of(cycle, wanted, queries.today_in(cycle.network, at))
    result = Enrolled()
    rows = []
    for community in wanted:
        known = standing[community.pk]
        try:
            refuse_enrolment(
                known.membership,
                Pathway(pathway),
                already_enrolled=known.enrolled,
                reviewed_cycles=known.reviewed_cycles,
            )
        except NotAllowed as refused:
            result.refused.append((community, refused.why))
        else:
            rows.append(_row(cycle, community, pathway, list(modules), by, at))
    result.joined = Enrolment.objects.bulk_create(rows)
    Move.objects.bulk_create(
        Move(enrolment=row, verb="enrol", to_stage=row.stage, by=by, at=at, detail={"pathway": pathway})
        for row in result.joined
    )
    if result.joined:
        detail = {"pathway": pathway, "enrolments": [row.pk for row in result.joined]}
        audit.record(tenant=cycle.network.tenant, verb="enrolment.create", obj=cycle, by=by, at=at, detail=detail)
    return result


@transaction.atomic
def set_modules(*, enrolment: Enrolment, modules: Sequence[str], by: Account, at: datetime) -> None:
    """Choose the optional modules that the community takes, by their codes."""
    queries.hold(enrolment)
    refuse_in_closed_cycle(enrolment.cycle.state)
    before, enrolment.modules = enrolment.modules, list(modules)
    if before != enrolment.modules:
        enrolment.save(update_fields=["modules"])
        detail = {"before": before, "after": enrolment.modules}
        note(enrolment=enrolment, verb="set_modules", by=by, at=at, detail=detail)


def _row(cycle: Cycle, community: Community, pathway: str, modules: list[str], by: Account, at: datetime) -> Enrolment:
    return Enrolment(
        cycle=cycle,
        community=community,
        pathway=pathway,
        edition_id=cycle.edition_id,
        modules=modules,
        service_type_id=community.service_type_id,
        organisation_id=community.organisation_id,
        community_name=community.name,
        region=community.region,
        enrolled_by=by,
        enrolled_at=at,
    )
