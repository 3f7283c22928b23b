"""Fairness: the give-and-take ledger, loads, distances, client members on teams, and the pages that show them."""

from typing import Any

import pytest
from django.test import Client

from communitas.allocation.queries.fairness import communities, read_fairness, travellers
from communitas.allocation.queries.problem import state_problem
from communitas.allocation.rules.fairness import Entry, Went, distances, even, ledger, loads, share, spread, total
from communitas.allocation.rules.stacking import stack
from communitas.kit.addresses import path_of
from communitas.visits.models import Visit
from tests.cast import NOW, World


def went(person: int, home: int | None, host: int, **more: Any) -> Went:
    said = {"cycle": 1, "visit": host, "is_client_member": False, "km": 10.0, "done": True} | more
    return Went(person=person, home=home, host=host, **said)


def test_ledger_counts_each_person_once_for_who_sent_them_and_who_was_visited() -> None:
    rows = [went(1, 7, 8), went(2, 7, 8), went(3, None, 8), went(4, 8, 7, cycle=2), went(5, 8, 7, done=False)]

    found = ledger(rows)

    assert found == {7: {1: Entry(2, 0), 2: Entry(0, 1)}, 8: {1: Entry(0, 3), 2: Entry(1, 0)}}
    assert [total(found[one].values()).balance for one in (7, 8)] == [1, -2]


def test_load_holds_what_is_done_and_to_come_and_the_way_of_what_is_done() -> None:
    rows = [went(1, 7, 8), went(1, 7, 9, km=None), went(1, 7, 10, done=False, cycle=2), went(2, 7, 8, km=None)]

    found = loads(rows)

    assert (found[1].done, found[1].to_come, found[1].km, dict(found[1].by_cycle)) == (2, 1, 10.0, {1: 2, 2: 1})
    assert found[2].km is None


def test_distances_leave_out_ways_that_nobody_knows() -> None:
    assert distances([went(1, 7, 8, km=None)]) is None
    found = distances([went(one, 7, 8, km=float(one)) for one in range(1, 11)] + [went(0, 7, 8, km=None)])
    assert found is not None
    assert (found.count, found.median, found.nine_of_ten, found.longest) == (10, 5.5, 9.0, 10.0)


def test_share_asks_whether_anybody_on_the_team_is_a_client_member() -> None:
    found = share([went(1, 7, 8, is_client_member=True), went(2, 7, 8), went(3, 7, 9)])

    assert (found.visits, found.with_client_member, found.percent) == (2, 1, 50)
    assert share([]).percent is None


def test_balances_are_stacked_without_a_gap() -> None:
    assert spread([-1, 1, 1]) == {-1: 1, 0: 0, 1: 2}
    assert even([-3, -2, 0, 2, 5]) == 3
    drawing = stack({-1: 1, 0: 0, 1: 2})
    assert len(drawing.dots) == 3
    assert all(0 < dot.x < drawing.width and 0 < dot.y < drawing.height for dot in drawing.dots)
    assert [at for at, _x in drawing.labels] == [-1, 0, 1]
    assert stack({}).dots == ()


@pytest.fixture
def closed(world: World) -> Visit:
    """The visit to Lark House is closed: Ludo came from Oak Court, Nadia from nowhere; Rafi had never answered."""
    world.visit.places.update(state="accepted")
    world.visit.places.filter(account=world.rafi).update(state="asked")
    world.visit.places.filter(account=world.nadia).update(from_community=None)
    Visit.objects.filter(pk=world.visit.pk).update(state="closed", closed_at=NOW)
    return world.visit


@pytest.mark.django_db
def test_the_ledger_of_plans_of_lists_and_of_pages_is_one(world: World, closed: Visit) -> None:
    fair = read_fairness(world.network)
    rows = communities(world.network).values_list("pk", "given", "received")
    listed = {pk: Entry(given, received) for pk, given, received in rows if given or received}
    stated = state_problem(world.cycle, on=NOW.date(), at=NOW).content["ledger"]

    assert listed == {world.oak.pk: Entry(1, 0), world.lark.pk: Entry(0, 2)}
    assert {pk: total(entries.values()) for pk, entries in fair.ledger.items()} == listed
    assert stated == {f"c{pk}": entry.balance for pk, entry in listed.items()}
    assert [*travellers(world.network).values_list("visits", flat=True)] == [1, 1]


@pytest.mark.django_db
def test_a_visit_that_is_not_closed_moves_no_ledger(world: World, closed: Visit) -> None:
    Visit.objects.filter(pk=closed.pk).update(state="held")

    assert read_fairness(world.network).ledger == {}
    assert state_problem(world.cycle, on=NOW.date(), at=NOW).content["ledger"] == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["fairness", "ledger", "load"])
def test_pages_show_it_in_few_queries(
    name: str, world: World, closed: Visit, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(world.cora)

    with django_assert_max_num_queries(22):
        said = client.get(path_of("hearth", f"allocation:{name}"))

    assert said.status_code == 200
    assert {"fairness": "1 (100&nbsp;%)", "ledger": "+1 −0", "load": "Nadia"}[name] in said.content.decode()


@pytest.mark.django_db
def test_a_community_reads_what_it_gave_and_received_without_a_name(
    world: World, closed: Visit, client: Client
) -> None:
    client.force_login(world.lena)

    said = client.get(path_of("hearth", "allocation:give_and_take", world.lark.pk)).content.decode()

    assert "2 days more received" not in said  # within the margin
    assert "Giving and taking balance out." in said
    assert "Ludo" not in said
    explained = client.get(path_of("hearth", "allocation:explained")).content.decode()
    assert path_of("hearth", "allocation:give_and_take", world.lark.pk) in explained
