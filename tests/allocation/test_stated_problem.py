"""A cycle's problem from the database, and what is missing in words."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from communitas.allocation.models import ApproximatePoint, AvailableDay, HomeBase
from communitas.allocation.queries import state_problem
from communitas.members.models import Community
from communitas.visits import actions as visits
from communitas.visits.models import Interest, Visit
from tests import factories
from tests.cast import NOW, World
from tests.factories.plans import OFFERED

TODAY = date(2027, 1, 20)
FIRST, SECOND, _third = OFFERED


@pytest.fixture
def elm(world: World) -> Visit:
    """Elm Row's visit waits for a date; Lark House's is confirmed, with a team of Oak Court."""
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    factories.make_free(world.cycle, [world.rafi, world.ludo, world.nadia], SECOND)
    return factories.make_host(world.cycle, world.elm)


def test_hosts_and_reviewers_stand_as_the_database_has_them(elm: Visit, world: World) -> None:
    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert stated.problem is not None
    [host] = stated.problem.hosts
    assert (host.id, host.dates, host.pathway) == (f"c{world.elm.pk}", OFFERED, "peer_review")
    ludo = next(one for one in stated.problem.reviewers if one.id == f"p{world.ludo.pk}")
    assert ludo.levels == {"reviewer", "lead", "specialist"}
    assert (ludo.community, set(ludo.available), ludo.max_visits) == (f"c{world.oak.pk}", {SECOND}, 2)
    assert {one.id: one.kind for one in stated.problem.reviewers} == {
        f"p{world.rafi.pk}": "staff",
        f"p{world.ludo.pk}": "staff",
        f"p{world.nadia.pk}": "client_member",
    }
    assert [(row.community, row.host) for row in stated.problem.history] == [(f"c{world.oak.pk}", f"c{world.lark.pk}")]
    assert [gap.words for gap in stated.gaps] == ["Hearth Oak Court: no visit is planned yet."]


def test_it_takes_fourteen_queries_with_one_host_and_with_three(
    elm: Visit, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(14):
        state_problem(world.cycle, on=TODAY, at=NOW)
    for number in range(2):
        community = factories.make_community(world.network, f"NEW{number}", f"New House {number}")
        factories.make_host(world.cycle, community)

    with django_assert_num_queries(14):
        stated = state_problem(world.cycle, on=TODAY, at=NOW)
    assert len(stated.content["hosts"]) == 3


def test_a_secure_site_is_planned_only_on_days_that_leave_time_for_papers(elm: Visit, world: World) -> None:
    visits.change_site_clearance(community=world.elm, weeks=6, words="", by=world.cora, at=NOW)

    stated = state_problem(world.cycle, on=SECOND - timedelta(weeks=6), at=NOW)

    assert stated.content["hosts"][0]["dates"] == [day.isoformat() for day in OFFERED[1:]]
    assert "Hearth Elm Row wants papers 6 weeks before a visit: dates that are sooner are left out." in [
        gap.words for gap in stated.gaps
    ]


def test_a_host_without_dates_or_place_is_told_and_left_out(elm: Visit, world: World) -> None:
    Community.objects.filter(pk=world.elm.pk).update(latitude=None)
    elm.offered.all().delete()

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert stated.visits == {}
    assert [gap.kind for gap in stated.gaps if gap.visit_id == elm.pk] == ["no_dates", "no_point"]


def test_dates_that_have_gone_are_no_dates(elm: Visit, world: World) -> None:
    stated = state_problem(world.cycle, on=date(2027, 4, 14), at=NOW)

    assert stated.content["hosts"][0]["dates"] == ["2027-04-15"]


def test_a_hidden_address_is_told_by_its_approximate_point_alone(elm: Visit, world: World) -> None:
    Community.objects.filter(pk=world.elm.pk).update(hidden_address=True)

    without = state_problem(world.cycle, on=TODAY, at=NOW)
    ApproximatePoint.objects.create(community=world.elm, latitude=54.0, longitude=-1.0, changed_at=NOW)
    roughly = state_problem(world.cycle, on=TODAY, at=NOW)

    assert without.content["hosts"] == []
    assert (roughly.content["hosts"][0]["lat"], roughly.content["hosts"][0]["lon"]) == (54.0, -1.0)
    assert "53.8" not in str(roughly.content)


def test_a_home_base_wins_over_the_community_and_days_that_nobody_told_are_missing(elm: Visit, world: World) -> None:
    HomeBase.objects.create(network=world.network, account=world.rafi, latitude=52.0, longitude=0.1, changed_at=NOW)
    AvailableDay.objects.filter(account=world.nadia).delete()

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    rafi = next(one for one in stated.content["reviewers"] if one["id"] == f"p{world.rafi.pk}")
    assert (rafi["lat"], rafi["lon"]) == (52.0, 0.1)
    assert [gap.words for gap in stated.gaps if gap.kind == "no_days"] == [
        "Nadia has not said on which days they could visit."
    ]


def test_a_declared_interest_is_a_conflict(elm: Visit, world: World) -> None:
    visits.declare_interest(community=world.elm, nature="A relative.", by=world.rafi, at=NOW)

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert Interest.objects.count() == 1
    assert {"reviewer": f"p{world.rafi.pk}", "host": f"c{world.elm.pk}"} in stated.content["conflicts"]


def test_who_was_asked_already_is_pinned_with_the_date(elm: Visit, world: World) -> None:
    Visit.objects.filter(pk=elm.pk).update(on=SECOND)
    factories.on_team(elm, world.ludo, "lead", community=world.oak)

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert stated.content["pinned"] == [
        {"host": f"c{world.elm.pk}", "date": "2027-04-13"},
        {"host": f"c{world.elm.pk}", "date": "2027-04-13", "reviewer": f"p{world.ludo.pk}", "as": "lead"},
    ]
    assert stated.problem is not None


def test_the_twin_network_tells_nothing(elm: Visit, world: World) -> None:
    stated = state_problem(world.twin.cycle, on=TODAY, at=NOW)

    assert stated.content["reviewers"] == []
    assert [gap.who for gap in stated.gaps] == ["Harbour Lark House", "Harbour Oak Court"]


def test_a_visit_whose_team_was_chosen_against_a_rule_is_left_as_it_is_and_the_others_are_planned(
    elm: Visit, world: World
) -> None:
    new = factories.make_community(world.network, "NEW1", "New House")
    settled = factories.make_host(world.cycle, new)
    Visit.objects.filter(pk=settled.pk).update(on=SECOND)
    factories.on_team(settled, world.ludo, "lead", community=world.oak)
    HomeBase.objects.create(network=world.network, account=world.ludo, latitude=48.0, longitude=16.0, changed_at=NOW)

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert stated.problem is not None
    assert list(stated.visits) == [f"c{world.elm.pk}"]
    [gap] = [gap for gap in stated.gaps if gap.kind == "as_it_is"]
    assert gap.words.startswith("New House is left as it is. Ludo lives")


def test_a_date_for_which_no_lead_is_free_is_left_as_it_is(elm: Visit, world: World) -> None:
    Visit.objects.filter(pk=elm.pk).update(on=FIRST)

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert stated.visits == {}
    assert [gap.words.partition("is left as it is. ")[2] for gap in stated.gaps if gap.kind == "as_it_is"] == [
        "No lead reviewer is left for Hearth Elm Row."
    ]


def test_people_asked_for_a_visit_without_a_date_are_kept_on_the_first_day_that_suits_them_all(
    elm: Visit, world: World
) -> None:
    factories.on_team(elm, world.ludo, "lead", community=world.oak)
    factories.on_team(elm, world.rafi, "staff", community=world.oak)
    kept = state_problem(world.cycle, on=TODAY, at=NOW)
    AvailableDay.objects.filter(account=world.rafi).update(on=FIRST)

    none = state_problem(world.cycle, on=TODAY, at=NOW)

    assert kept.content["hosts"][0]["dates"] == ["2027-04-13"]
    assert {pin["reviewer"] for pin in kept.content["pinned"]} == {f"p{world.ludo.pk}", f"p{world.rafi.pk}"}
    assert none.visits == {}
    assert [gap.words for gap in none.gaps if gap.kind == "as_it_is"] == [
        "Hearth Elm Row is left as it is. No date that it offers suits everybody who was asked already."
    ]
