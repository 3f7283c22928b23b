"""Communities that are merged, split, renamed or withdrawn, and an edition that names no other one before it."""

from datetime import date
from typing import Any

import pytest

from communitas.benchmarking import queries
from communitas.benchmarking.figures.star import header_of
from communitas.benchmarking.queries.exploring import explore
from communitas.benchmarking.rules.cohort import NETWORK
from communitas.benchmarking.rules.exploring import Wanted
from communitas.benchmarking.rules.kept import KeptStatistics, exact_plain, exact_statistics
from communitas.cycles import actions as cycles
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Community
from tests import factories
from tests.benchmarking.test_releases import past_cycle, release
from tests.cast import NOW, World


@pytest.fixture
def before(world: World) -> Cycle:
    return past_cycle(world, 14)


@pytest.fixture
def members(before: Cycle) -> list[Community]:
    """Those of the cycle before, in the order of their codes."""
    return [each.community for each in before.enrolments.select_related("community").order_by("community__code")]


def this_year(world: World, before: Cycle, members: list[Community]) -> Cycle:
    """The cycle after it, in which these communities signed."""
    Cycle.objects.filter(pk=world.cycle.pk).update(previous=before)
    cycle = Cycle.objects.get(pk=world.cycle.pk)
    factories.make_scored_cycle(cycle, members, shift=1)
    return cycle


def told(world: World) -> dict[str, Any]:
    return {"reason": "As the community wrote to us.", "by": world.cora, "at": NOW}


def codes(cycle: Cycle) -> list[str]:
    return [each.code for each in header_of(queries.star_of(cycle).content).enrolled]


def both_times(cycle: Cycle) -> int:
    """How many communities the change since the cycle before is told of."""
    found = queries.figures_of(cycle)
    assert found is not None
    assert found.change is not None
    assert {row.pairs.n for row in found.change.figures.criteria} == {found.change.figures.communities}
    return found.change.figures.communities


def test_who_withdraws_or_merges_before_signing_is_in_no_figure(
    world: World, before: Cycle, members: list[Community]
) -> None:
    cycle = this_year(world, before, members[:12])
    leaving, joining = (factories.make_enrolment(cycle, each) for each in members[12:])

    cycles.withdraw(enrolment=leaving, **told(world))
    cycles.merge(enrolment=joining, into=members[0], **told(world))

    assert codes(cycle) == [each.code for each in members[:12]]
    assert both_times(cycle) == 12


def test_halves_of_a_split_community_are_new_and_pair_with_nothing(
    world: World, before: Cycle, members: list[Community]
) -> None:
    halves = [factories.make_community(world.network, f"C000{side}", f"{side} House") for side in ("N", "S")]

    cycle = this_year(world, before, [*halves, *members[1:]])

    assert codes(cycle) == ["C000N", "C000S", *(each.code for each in members[1:])]
    assert both_times(cycle) == 13


def test_a_new_name_leaves_facts_and_pairs_as_they_are(world: World, before: Cycle, members: list[Community]) -> None:
    cycle = this_year(world, before, members)
    kept = queries.star_of(cycle).content
    signed = Enrolment.objects.get(cycle=cycle, community=members[0])

    cycles.rename(enrolment=signed, name="The Long House", **told(world))

    assert queries.star_of(cycle).content == kept
    assert both_times(cycle) == 14


def test_an_edition_without_lineage_is_counted_and_compared_with_nothing(
    world: World, before: Cycle, members: list[Community]
) -> None:
    release(world, before)
    alone = factories.make_edition(world.network, number=8)
    cycle = factories.make_cycle(
        world.network, alone, name="2028", opens_on=date(2027, 9, 1), closes_on=date(2028, 8, 31), previous=before
    )
    factories.make_scored_cycle(cycle, members)

    found = queries.figures_of(cycle)
    release(world, cycle)
    shown = explore(world.network, members[0], Wanted(standard="1.1"))

    assert found is not None
    assert (found.change, found.statistics.courses) == (None, ())
    assert found.national.network.communities == 14
    assert shown is not None
    assert shown.given.group == NETWORK
    assert [(moment.cycle, moment.asked) for moment in shown.moments] == [("2026", False), ("2028", True)]


def test_three_reviews_make_a_course_that_is_kept_with_the_figures(
    world: World, before: Cycle, members: list[Community]
) -> None:
    first = factories.make_cycle(
        world.network, world.edition, name="2025", opens_on=date(2024, 9, 1), closes_on=date(2025, 8, 31)
    )
    factories.make_scored_cycle(first, members[:12], shift=2)
    Cycle.objects.filter(pk=before.pk).update(previous=first)
    cycle = this_year(world, Cycle.objects.get(pk=before.pk), members[1:])

    found = queries.figures_of(cycle)

    assert found is not None
    assert len(found.stars) == 3
    assert found.statistics.reviews == ("2025", "2026", "2027")
    assert {(each.years, each.services, each.same) for each in found.statistics.courses} == {
        ((2024, 2025, 2026), (12, 14, 13), 11)
    }
    assert exact_statistics(exact_plain(found.national, found.change, found.statistics)) == found.statistics
    assert exact_statistics({"groups": []}) == KeptStatistics()
