"""Each rule about teams refuses what it names, and only that."""

from dataclasses import replace
from typing import Any

import pytest

from communitas.kit.rulebook import sentence
from communitas.visits.rules import conflicts
from communitas.visits.rules.conflicts import Case, Host, Limits, PastVisit, Person, Refusal
from communitas.visits.rules.team import Place, TeamShape

HOST = Host("hill-house", "north-trust", 8)
RAFI = Person("rafi", frozenset({"oak"}), frozenset({"south-trust"}), approvals=frozenset({"reviewer"}))
NADIA = replace(RAFI, person="nadia", is_client_member=True)
CASE = Case(RAFI, "staff", HOST)


def _broken(case: Case) -> list[str]:
    return [refusal.rule for refusal in conflicts.conflicts(case)]


def _person(**changes: Any) -> Case:
    return replace(CASE, person=replace(RAFI, **changes))


def _past(reviewing: str, host: str, cycle: int) -> Case:
    return replace(CASE, history=(PastVisit(reviewing, host, cycle),))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (CASE, []),
        (_person(communities=frozenset({"oak", "hill-house"})), ["not_own_community"]),
        (_person(communities=frozenset()), []),
        (_person(organisations=frozenset({"north-trust"})), ["not_own_organisation"]),
        (replace(CASE, host=replace(HOST, organisation=""), person=replace(RAFI, organisations=frozenset({""}))), []),
        (_person(declared=frozenset({"hill-house"})), ["no_declared_interest"]),
        (_person(declared=frozenset({"oak"})), []),
        (_past("hill-house", "oak", 8), ["no_swap"]),
        (_past("hill-house", "oak", 7), []),
        (_past("hill-house", "elm", 8), []),
        (_past("oak", "hill-house", 7), ["no_repeat"]),
        (_past("oak", "hill-house", 6), ["no_repeat"]),
        (_past("oak", "hill-house", 5), []),
        (_past("oak", "hill-house", 8), []),
        (_past("elm", "hill-house", 7), []),
        (_past("oak", "elm", 7), []),
        (replace(_past("oak", "hill-house", 7), limits=Limits(repeat_after=0)), []),
        (_person(approvals=frozenset()), ["approved_for_seat"]),
        (_person(approvals=frozenset({"lead"})), []),
        (replace(CASE, seat="lead"), ["approved_for_seat"]),
        (replace(_person(approvals=frozenset({"lead"})), seat="lead"), []),
        (replace(CASE, seat="client_member"), ["client_member_seat_is_theirs"]),
        (replace(CASE, person=NADIA, seat="client_member"), []),
        (replace(CASE, person=NADIA), ["client_member_seat_is_theirs"]),
        (replace(CASE, team=(Place("rafi", "lead"),)), ["one_seat_each"]),
        (replace(CASE, team=(Place("rafi", "lead", "declined"),)), []),
        (replace(CASE, team=(Place("sam", "staff"), Place("kim", "staff"))), ["seat_is_free"]),
        (replace(CASE, team=(Place("sam", "staff"), Place("kim", "staff", "declined"))), []),
        (replace(_person(approvals=frozenset({"specialist"})), seat="specialist"), ["seat_is_free"]),
        (
            replace(
                _person(approvals=frozenset({"specialist"})), seat="specialist", shape=TeamShape({"specialist": 1})
            ),
            [],
        ),
        (_person(visits=1), []),
        (_person(visits=2), ["not_too_many_visits"]),
        (_person(is_available=False), ["available_on_date"]),
        (_person(is_available=True), []),
    ],
)
def test_which_rules_a_person_on_a_seat_breaks(case: Case, expected: list[str]) -> None:
    assert _broken(case) == expected


def test_a_client_member_may_lead_when_approved() -> None:
    lead = replace(NADIA, approvals=frozenset({"lead"}))

    assert _broken(replace(CASE, person=lead, seat="lead")) == []


def test_the_refusal_is_the_sentence_of_the_rule() -> None:
    found = conflicts.conflicts(_past("hill-house", "oak", 8))

    assert found == [Refusal("no_swap", "Two communities do not review each other in one cycle.")]


def test_all_refusals_are_given_at_once() -> None:
    person = replace(RAFI, communities=frozenset({"hill-house"}), organisations=frozenset({"north-trust"}), visits=5)

    assert _broken(replace(CASE, person=person)) == ["not_own_community", "not_own_organisation", "not_too_many_visits"]


def test_a_team_lists_only_people_with_refusals() -> None:
    cases = [CASE, replace(CASE, person=replace(RAFI, person="sam", is_available=False))]

    assert conflicts.team_conflicts(cases) == {
        "sam": [Refusal("available_on_date", sentence(conflicts.available_on_date))]
    }
