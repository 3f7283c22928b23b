from datetime import date

import pytest
from django.db.models import Q

from communitas.cycles.models import Enrolment
from communitas.kit.matching import matches
from tests.cast import World

CONDITIONS = [
    Q(),
    ~Q(),
    Q(pk__in=[]),
    Q(stage="self_review"),
    ~Q(stage="self_review"),
    Q(stage__in=["visit", "final"]),
    Q(anchor_on__isnull=True),
    Q(anchor_on__lt=date(2027, 1, 1)),
    Q(community__code="LARK"),
    Q(cycle__network__tenant__slug="hearth"),
    Q(cycle__network__tenant__slug="hearth") & Q(stage="visit"),
    Q(stage="visit") | Q(community__name__in=["Hearth Lark House"]),
    ~(Q(stage="visit") | Q(stage="self_review")),
    Q(reviews__kind="peer"),
    Q(visit__state="planned"),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_an_object_in_memory_matches_exactly_when_a_queryset_would_hold_it(world: World, condition: Q) -> None:
    Enrolment.objects.filter(pk=world.oak_enrolment.pk).update(anchor_on=date(2026, 12, 1))
    everything = Enrolment.objects.filter(pk__in=[world.enrolment.pk, world.oak_enrolment.pk, world.twin.enrolment.pk])

    in_memory = {enrolment.pk for enrolment in everything if matches(condition, enrolment)}

    assert in_memory == set(everything.filter(condition).values_list("pk", flat=True))


def test_a_lookup_that_memory_does_not_know_is_an_error(world: World) -> None:
    with pytest.raises(AttributeError, match="icontains"):
        matches(Q(stage__icontains="x"), world.enrolment)
