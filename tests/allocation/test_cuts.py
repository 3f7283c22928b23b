"""Cuts over three rows: broken by halves of teams, kept by every plan of whole ones."""

import json
from itertools import combinations

import numpy as np

from communitas.allocation.rules.reading import read_problem
from communitas.allocation.rules.solver.bounding import Bounding
from communitas.allocation.rules.solver.cuts import CutsOfOption, PricedCuts, Row, broken_cuts, is_in, rows_of
from communitas.allocation.rules.solver.instance import Instance
from communitas.allocation.rules.solver.pricing import Pricing
from tests.allocation.problems import MONDAY, TUESDAY, WEDNESDAY, host, problem, reviewer

LEADS = [reviewer(name, levels=["lead"]) for name in ("Ludo", "Mina", "Rafi")]


def _instance() -> Instance:
    """Three hosts on three days, one seat each, beside three leads who make one visit."""
    days = dict(zip("ABC", (MONDAY, TUESDAY, WEDNESDAY), strict=True))
    hosts = [host(name, dates=[day]) for name, day in days.items()]
    seats = {"peer_review": {"lead": 1, "staff": 1, "client_member": 0}}
    people = [*LEADS, *(one | {"levels": ["lead", "reviewer"]} for one in LEADS)]
    named = [one | {"id": f"{one['id']}{number}"} for number, one in enumerate(people)]
    return Instance(read_problem(json.dumps(problem(hosts, named, settings={"seats": seats})).encode()))


def test_three_half_teams_that_share_people_in_pairs_break_a_cut_of_their_visits() -> None:
    one = _instance()
    teams = [one.column(number, team) for number, team in enumerate(((3, 4), (4, 5), (3, 5)))]

    found = broken_cuts(one, teams, np.full(3, 0.5), ())

    cut = (Row("visit", 3), Row("visit", 4), Row("visit", 5))
    assert found == [cut]
    assert broken_cuts(one, teams, np.full(3, 0.5), found) == []
    assert broken_cuts(one, teams[:2], np.full(2, 0.5), ()) == []
    alone = one.column(0, (0, 3))
    assert [is_in(cut, rows_of(one, team)) for team in (*teams, alone)] == [True, True, True, False]


def test_a_team_pays_alike_whether_it_is_asked_whole_or_person_by_person() -> None:
    one = _instance()
    cuts = PricedCuts(
        {
            (Row("visit", 3), Row("visit", 4), Row("visit", 5)): 7.0,
            (Row("host", 1), Row("visit", 3), Row("visit", 4)): 2.0,
        }
    )

    for option in range(3):
        asked = CutsOfOption(one, option, cuts)
        for people in combinations(range(6), 2):
            assert asked.price(people) == cuts.asked(one, one.column(option, people))
    assert CutsOfOption(one, 1, cuts).price((0, 3)) == 2.0
    assert cuts.granted == 9.0
    assert dict(cuts.between(PricedCuts(), 0.5).prices) == {cut: price / 2 for cut, price in cuts.prices.items()}


def test_cuts_raise_the_bound_and_never_above_what_whole_teams_cost() -> None:
    one = _instance()
    bounding = Bounding.begin(Pricing(one), [])
    while bounding.step():
        pass
    before = bounding.bound

    while bounding.cut():
        while bounding.step():
            pass

    assert before <= bounding.bound <= bounding.value + 1e-6
