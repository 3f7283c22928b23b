"""Frozen figures cut by subject: read back as they were, giving way upwards, and said in words."""

import pytest

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Percent, Protected, Quarters
from communitas.benchmarking.rules.exploring import Wanted, broken_words, chosen_subject, own_words, value_words
from communitas.benchmarking.rules.subjects import Given, Groups, SubjectCells, cut, give_way, groups_of, spread_of
from communitas.standards.rules.edition import Criterion, Edition, Level, Section

PRISON, NORTHERN = Group("type", "prison"), Group("type × region", "prison × North")
GROUPS = Groups({NETWORK: None, PRISON: NETWORK, NORTHERN: PRISON}, {NETWORK: 40})
SHOWN = {"percent_met": 70, "percent_partly_met": 20, "percent_not_met": 10, "rounded_to": 5}
PROTECTED = {
    "parents": [["network", "", "", ""], ["type", "prison", "network", ""]],
    "took_part": [["network", "", 40]],
    "cells": [
        ["agreed", "criterion", "1.1", "network", "", {"almost_all": "met", "all_but_at_most": 3}],
        ["agreed", "criterion", "1.1", "type", "prison", {"hidden": True}],
        ["agreed", "section", "Care", "network", "", SHOWN],
        ["self", "section", "Care", "network", "", {"hidden": True}],
    ],
    "spreads": [["section", "Care", "network", "", 71, 60, 80]],
    "densities": [["section", "Care", "network", "", [[0, 60, 25], [60, 100, 75]]]],
}
EDITION = Edition(
    "Standards",
    1,
    (
        Section("Care", (Criterion("1.1", "Welcome", Level.ESSENTIAL),)),
        Section("Place", (Criterion("2.1", "Warmth", Level.EXPECTED),)),
    ),
)


def test_subjects_are_read_back_and_hidden_cells_leave_no_trace() -> None:
    found = {(level, name): plain for level, name, plain in cut(PROTECTED)}

    care, welcome = SubjectCells(found["section", "Care"]), SubjectCells(found["criterion", "1.1"])
    assert care.value("agreed", NETWORK) == Percent(70, 20, 10, 5)
    assert (care.value("self", NETWORK), care.value("agreed", PRISON)) == (HIDDEN, HIDDEN)
    assert (care.spread(NETWORK), care.spread(PRISON)) == (Quarters(71, 60, 80), None)
    assert (care.bins(NETWORK), care.bins(PRISON)) == ((Bin(0, 60, 25), Bin(60, 100, 75)), ())
    assert welcome.value("agreed", NETWORK) == AlmostAll("met", 3)
    assert groups_of(found["groups", ""]) == Groups({NETWORK: None, PRISON: NETWORK}, {NETWORK: 40})
    assert "prison" not in str(found["criterion", "1.1"])


@pytest.mark.parametrize(
    ("published", "given"),
    [
        ({NORTHERN, PRISON, NETWORK}, NORTHERN),
        ({PRISON, NETWORK}, PRISON),
        ({NETWORK}, NETWORK),
    ],
)
def test_a_hidden_cell_gives_way_to_its_nearest_declared_parent(published: set[Group], given: Group) -> None:
    keys = [f"{group.dimension}:{group.name}" for group in published]
    cells = SubjectCells({"agreed": dict.fromkeys(keys, "70 20 10 5"), "spreads": dict.fromkeys(keys, "71 - -")})

    assert give_way(cells, GROUPS, "agreed", NORTHERN) == Given(Percent(70, 20, 10, 5), given)
    assert spread_of(cells, GROUPS, NORTHERN) == given


def test_hidden_all_the_way_up_stays_hidden() -> None:
    nothing = SubjectCells({})

    assert give_way(nothing, GROUPS, "agreed", NORTHERN) == Given(HIDDEN, NORTHERN)
    assert spread_of(nothing, GROUPS, NORTHERN) is None


def test_a_group_that_was_never_declared_is_not_asked_for() -> None:
    cells = SubjectCells({"agreed": {"network:": "70 20 10 5"}})

    assert give_way(cells, GROUPS, "agreed", Group("town", "Bath")).group == NETWORK


@pytest.mark.parametrize(
    ("wanted", "subject"),
    [
        (Wanted(), OVERALL),
        (Wanted(section="Place"), Subject("section", "Place")),
        (Wanted(section="Care", standard="1.1"), Subject("criterion", "1.1")),
        (Wanted(standard="2.1"), Subject("criterion", "2.1")),
        (Wanted(section="Care", standard="2.1"), Subject("section", "Care")),
        (Wanted(section="<script>"), OVERALL),
    ],
)
def test_subject_is_the_finest_that_fits(wanted: Wanted, subject: Subject) -> None:
    assert chosen_subject(EDITION, wanted) == subject


@pytest.mark.parametrize(
    ("value", "pooled", "words"),
    [
        (Percent(70, 20, 10), True, "70%"),
        (AlmostAll("met", 3), False, "all but at most 3 meet it"),
        (AlmostAll("not_met", 3), True, "all but at most 3 meet none of it"),
        (HIDDEN, False, "hidden to protect small groups"),
    ],
)
def test_values_in_words(value: Protected, pooled: bool, words: str) -> None:
    assert value_words(value, pooled=pooled) == words


def test_own_marks_in_words() -> None:
    assert [own_words(own) for own in (None, Counts(), Counts(met=1), Counts(partly_met=1), Counts(3, 1, 1))] == [
        *("–", "none applied", "met", "partly met", "3 of 5"),
    ]
    assert broken_words("reworded") == "reworded, with another meaning"
    assert broken_words("") == "other standards than before"
