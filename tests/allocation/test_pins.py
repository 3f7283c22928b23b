"""A pin that breaks a hard rule is refused with the rule's name, alone or with the other pins."""

import json
from typing import Any

import pytest

from communitas.allocation.rules.reading import ProblemRefused, read_problem
from tests.allocation.problems import MONDAY, TUESDAY, Json, host, problem, reviewer, team


def _lines(document: Json) -> list[str]:
    try:
        read_problem(json.dumps(document).encode())
    except ProblemRefused as refused:
        return list(refused.lines)
    return []


def _pin(name: str, person: str | None = None, seat: str | None = None, date: str = MONDAY) -> Json:
    return {"host": name, "date": date, "reviewer": person, "as": seat}


@pytest.mark.parametrize(
    ("person", "more", "rule"),
    [
        (reviewer("P", community="A"), {}, "own community"),
        (reviewer("P", organisation="Trust A"), {}, "own organisation"),
        (reviewer("P"), {"conflicts": [{"reviewer": "P", "host": "A"}]}, "conflict"),
        (
            reviewer("P", community="B"),
            {"history": [{"community": "B", "host": "A", "cycle": 2024}]},
            "no_repeat_cycles",
        ),
        (reviewer("P", community="B"), {"history": [{"community": "A", "host": "B", "cycle": 2027}]}, "no_swap"),
        (reviewer("P", lat=56.0), {}, "max_distance_km"),
        (reviewer("P", max_visits=0), {}, "max_visits"),
        (reviewer("P", community="B"), {"settings": {"max_same_community": 0}}, "max_same_community"),
        (reviewer("P", available=[TUESDAY]), {}, "available"),
        (reviewer("P", levels=["specialist"]), {}, "levels and seats"),
    ],
)
def test_refuses_a_pin_that_breaks_a_rule_alone(person: Json, more: Json, rule: str) -> None:
    document = problem([host("A"), host("B")], [*team(), person], pinned=[_pin("A", "P")], **more)

    assert [line.partition(": breaks the rule ")[::2][0] for line in _lines(document)] == ["pinned[0]"]
    assert f"'{rule}'" in _lines(document)[0]


def test_refuses_a_seat_that_the_person_may_not_fill() -> None:
    document = problem([host("A")], team(), pinned=[_pin("A", "Rafi", "lead")])

    assert _lines(document) == ["pinned[0]: breaks the rule 'levels and seats': Rafi can't fill the seat lead at A"]


def test_refuses_a_date_that_is_not_offered() -> None:
    document = problem([host("A")], team(), pinned=[_pin("A", date="2027-12-24")])

    assert _lines(document) == ["pinned[0]: breaks the rule 'one of its dates': A does not offer 2027-12-24"]


@pytest.mark.parametrize(
    ("pins", "changes", "rule"),
    [
        ([_pin("A"), _pin("A", date=TUESDAY)], {}, "one date a host"),
        ([_pin("A", "Ludo2", "lead"), _pin("A", "Ludo2", "staff")], {}, "one seat a visit"),
        ([_pin("A", "Nadia"), _pin("A", "Nadia2")], {}, "one person a seat"),
        ([_pin("A", "Rafi"), _pin("B", "Rafi")], {"max_visits": 2}, "one visit a day"),
        ([_pin("A", "Rafi"), _pin("B", "Rafi", date=TUESDAY)], {}, "max_visits"),
        ([_pin("A", "Bea"), _pin("B")], {}, "hosting day"),
        ([_pin("A", "Bea"), _pin("B", "Ada", date=TUESDAY)], {}, "no_swap"),
        ([_pin("C", "Bea"), _pin("C", "Ben"), _pin("C", "Bo")], {}, "max_same_community"),
        ([_pin("A"), _pin("B")], {"one_lead": True}, "lead seat filled"),
    ],
)
def test_refuses_pins_that_break_a_rule_together(pins: list[Json], changes: dict[str, Any], rule: str) -> None:
    one_lead = changes.pop("one_lead", False)
    people = [*team(**changes), reviewer("Nadia2", kind="client_member")]
    people += [reviewer("Ada", community="A"), reviewer("Bea", community="B"), reviewer("Ben", community="B")]
    people += [reviewer("Bo", community="B", levels=["lead"])]
    if not one_lead:
        people += [reviewer("Ludo2", levels=["lead", "reviewer"]), reviewer("Ludo3", levels=["lead"], max_visits=2)]
    document = problem([host("A"), host("B"), host("C", dates=[MONDAY, TUESDAY])], people, pinned=pins)
    if one_lead:
        people.remove(people[-1])

    (line,) = _lines(document)

    assert line.startswith(f"pinned[0]: together with pinned[1], {'pinned[2], ' if len(pins) > 2 else ''}breaks")
    assert f"'{rule}'" in line


def test_reads_pins_that_hold() -> None:
    pins = [_pin("A", "Rafi"), _pin("A", "Nadia", "client_member"), _pin("B", date=TUESDAY)]
    document = problem([host("A"), host("B")], [*team(), *team("other ")], pinned=pins)

    assert _lines(document) == []
