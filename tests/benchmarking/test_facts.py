"""Facts that are frozen, corrected, and found again beside the next cycle's criteria."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from communitas.benchmarking import actions, queries
from communitas.benchmarking.models import Fact as Row
from communitas.benchmarking.models import FactSet
from communitas.benchmarking.rules.facts import Fact
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit.exceptions import NotAllowed
from communitas.standards.models import Criterion, Edition, Lineage
from tests import factories
from tests.cast import NOW, World


def facts(community: str = "LARK") -> list[Fact]:
    return [
        Fact(community, "c1-1", "self", 2, "We meet every morning."),
        Fact(community, "c1-1", "agreed", 1),
        Fact(community, "c1-2", "self", "NA", "Nobody lives here."),
        Fact(community, "c1-2", "agreed", "NA"),
        Fact(community, "c1-3", "self", None),
        Fact(community, "c2-1", "agreed", 0),
    ]


def freeze(world: World, enrolment: Enrolment, found: list[Fact]) -> FactSet:
    return actions.freeze_facts(enrolment=enrolment, facts=found, source="report", by=world.cora, at=NOW)


def last_year(world: World) -> Enrolment:
    cycle = factories.make_cycle(
        world.network,
        world.edition,
        name="2026",
        opens_on=date(2025, 9, 1),
        closes_on=date(2026, 8, 31),
    )
    Cycle.objects.filter(pk=world.cycle.pk).update(previous=cycle)
    return factories.make_enrolment(cycle, world.lark, stage="completed")


def test_frozen_facts_are_read_back_as_they_were(world: World) -> None:
    freeze(world, world.enrolment, facts())

    assert queries.facts_of(world.enrolment) == tuple(sorted(facts(), key=lambda fact: (fact.criterion, fact.kind)))


def test_the_hash_does_not_depend_on_the_order(world: World) -> None:
    first = freeze(world, world.enrolment, facts())

    again = freeze(world, world.enrolment, facts()[::-1])

    assert (again.pk, again.version) == (first.pk, 1)


def test_a_correction_is_a_new_version_and_keeps_the_old_one(world: World) -> None:
    first = freeze(world, world.enrolment, facts())

    second = freeze(world, world.enrolment, [Fact("LARK", "c1-1", "agreed", 2)])

    first.refresh_from_db()
    assert (first.current, second.current, second.version) == (False, True, 2)
    assert queries.facts_of(world.enrolment) == (Fact("LARK", "c1-1", "agreed", 2),)
    assert first.facts.count() == 6


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Fact("OAK", "c1-1", "self", 2), "These facts are of OAK, not of LARK."),
        (Fact("LARK", "c9-9", "self", 2), "There is no criterion c9-9 in the edition of this enrolment."),
        (Fact("LARK", "c1-1", "self", 3), "The score 3 on criterion c1-1 is not on the scale of the edition."),
    ],
)
def test_strange_facts_are_refused(world: World, wrong: Fact, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        freeze(world, world.enrolment, [wrong])

    assert FactSet.objects.count() == 0


def test_two_scores_for_one_place_are_refused(world: World) -> None:
    with pytest.raises(NotAllowed, match="There are two self scores on criterion c1-1"):
        freeze(world, world.enrolment, [Fact("LARK", "c1-1", "self", 2), Fact("LARK", "c1-1", "self", 1)])


def test_the_database_refuses_to_change_or_drop_facts_of_a_report(world: World) -> None:
    made = freeze(world, world.enrolment, facts())

    with pytest.raises(DatabaseError, match="facts_are_written_once"), transaction.atomic():
        Row.objects.filter(fact_set=made).update(score=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        FactSet.objects.filter(pk=made.pk).update(hash="0" * 64)


def test_last_cycle_in_the_same_edition_stands_beside_every_criterion(world: World) -> None:
    freeze(world, last_year(world), facts())

    assert queries.last_cycle(world.enrolment) == {"c1-1": (2, 1), "c1-2": ("NA", "NA"), "c2-1": (None, 0)}


def test_without_facts_there_is_no_last_cycle(world: World) -> None:
    last_year(world)

    assert queries.last_cycle(world.enrolment) == {}
    assert queries.earlier(world.enrolment) is None


def test_last_cycle_follows_the_lineage_and_stops_where_the_meaning_changed(world: World) -> None:
    newer = factories.make_edition(world.network, number=8, published=False)
    links = {"c1-1": ("reworded", True), "c1-2": ("reworded", False), "c2-1": ("level_changed", None)}
    for key, (kind, same) in links.items():
        link = Lineage.objects.create(edition=newer, kind=kind, same_meaning=same, confirmed_at=NOW)
        link.older.add(Criterion.objects.get(edition=world.edition, key=key))
        link.newer.add(Criterion.objects.get(edition=newer, key=key))
    Edition.objects.filter(pk=newer.pk).update(state="published", content_hash="1" * 64, predecessor=world.edition)
    freeze(world, world.enrolment, facts())
    cycle = factories.make_cycle(
        world.network,
        Edition.objects.get(pk=newer.pk),
        name="2028",
        opens_on=date(2027, 9, 1),
        closes_on=date(2028, 8, 31),
    )
    enrolment = factories.make_enrolment(cycle, world.lark)

    assert queries.last_cycle(enrolment) == {"c1-1": (2, 1), "c2-1": (None, 0)}


def test_the_twin_network_has_no_last_cycle_of_ours(world: World) -> None:
    freeze(world, last_year(world), facts())

    assert queries.last_cycle(world.twin.enrolment) == {}
