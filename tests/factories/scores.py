"""Frozen facts of a whole cycle, for figures over many communities."""

from datetime import UTC, datetime
from typing import Any

from communitas.benchmarking import models
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Community, Network
from tests.factories.networks import make_community
from tests.factories.years import make_enrolment

FROZEN_AT = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)


def make_facts(enrolment: Enrolment, scores: dict[tuple[str, str], int | None], **fields: Any) -> models.FactSet:
    """The current facts of an enrolment; a score of -1 is not applicable."""
    found = models.FactSet.objects.create(
        enrolment=enrolment,
        source=fields.pop("source", "report"),
        frozen_at=FROZEN_AT,
        frozen_by=None,
        hash="0" * 64,
        **fields,
    )
    models.Fact.objects.bulk_create(
        models.Fact(fact_set=found, criterion_key=key, kind=kind, score=score) for (key, kind), score in scores.items()
    )
    return found


def make_scored_communities(network: Network, number: int) -> list[Community]:
    """So many communities: three in four adult, the rest prison; half North, half South; each with its own operator."""
    return [
        make_community(
            network,
            f"C{position:03d}",
            f"Community {position}",
            service_type="prison" if position % 4 == 3 else "adult",
            region="North" if position % 2 else "South",
        )
        for position in range(number)
    ]


def make_scored_cycle(cycle: Cycle, communities: list[Community], *, shift: int = 0) -> list[Enrolment]:
    """Each community scored every criterion: mostly met, in a pattern that moves with `shift`."""
    keys = list(cycle.edition.criteria.order_by("position").values_list("key", flat=True))
    enrolments = [make_enrolment(cycle, community, stage="completed") for community in communities]
    for row, enrolment in enumerate(enrolments):
        scores: dict[tuple[str, str], int | None] = {}
        for column, key in enumerate(keys):
            scores[key, "self"] = (2, 2, 1, 2)[(row + column + shift) % 4]
            scores[key, "agreed"] = (2, 1, 2, 0, 2)[(3 * row + column + shift) % 5]
        make_facts(enrolment, scores)
    return enrolments
