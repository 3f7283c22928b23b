"""Who may be given what, what is replaced, and what is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.workbooks.rules import delegation as rules
from communitas.workbooks.rules.delegation import Given, Giving

TODAY = date(2027, 1, 20)
NOW = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
GIVING = Giving(
    criteria=frozenset({"a", "b"}),
    applicable=frozenset({"a", "b", "c"}),
    person="7",
    people=frozenset({"7", "8"}),
    due_on=date(2027, 2, 1),
    today=TODAY,
    last_on=date(2027, 2, 14),
    is_open=True,
)


def test_giving_in_order_is_not_refused() -> None:
    rules.refuse_giving(GIVING)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_open": False}, "while the self-review is open"),
        ({"criteria": frozenset()}, "at least one criterion"),
        ({"criteria": frozenset({"a", "x"})}, "at least one criterion"),
        ({"person": "9"}, "people of the community"),
        ({"due_on": date(2027, 1, 19)}, "today or later"),
        ({"due_on": date(2027, 2, 15)}, "not after the last day"),
    ],
)
def test_giving_out_of_order_is_refused_with_the_sentence_of_its_rule(changes: dict[str, object], words: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        rules.refuse_giving(replace(GIVING, **changes))  # type: ignore[arg-type]  # values fit their fields

    assert words in refused.value.why


@pytest.mark.parametrize("last_on", [None, date(2027, 1, 10)])
def test_any_later_day_will_do_where_the_last_day_is_not_set_or_past(last_on: date | None) -> None:
    rules.refuse_giving(replace(GIVING, last_on=last_on, due_on=date(2027, 6, 1)))


def test_today_and_the_last_day_are_in_time() -> None:
    for day in (TODAY, date(2027, 2, 14)):
        rules.refuse_giving(replace(GIVING, due_on=day))


def test_only_what_changes_hands_or_day_is_newly_given() -> None:
    now = {"a": Given("a", "7", date(2027, 2, 1)), "b": Given("b", "8", date(2027, 2, 1))}

    assert rules.newly_given(GIVING, now) == {"b"}
    assert rules.newly_given(replace(GIVING, due_on=date(2027, 2, 2)), now) == {"a", "b"}
    assert rules.newly_given(GIVING, {}) == {"a", "b"}


@pytest.mark.parametrize(
    ("settled", "differs", "due_on", "expected"),
    [
        (True, False, date(2027, 1, 1), "done"),
        (False, True, date(2027, 1, 1), "differs"),
        (False, False, date(2027, 1, 19), "late"),
        (False, False, TODAY, "waits"),
    ],
)
def test_standing(settled: bool, differs: bool, due_on: date, expected: str) -> None:
    assert rules.standing(settled=settled, differs=differs, due_on=due_on, today=TODAY) == expected


def test_person_is_reminded_once_a_day() -> None:
    assert rules.may_be_reminded(None, NOW)
    assert not rules.may_be_reminded(NOW - timedelta(hours=3), NOW)
    assert rules.may_be_reminded(NOW - timedelta(hours=21), NOW)


def test_loads_count_by_person_with_late_ones_first() -> None:
    given = [
        Given("a", "7", date(2027, 1, 25)),
        Given("b", "7", date(2027, 1, 30)),
        Given("c", "8", date(2027, 1, 10)),
        Given("d", "8", date(2027, 1, 10)),
        Given("e", "8", date(2027, 1, 28)),
    ]

    late, other = rules.loads(given, {"d"}, {"b"}, TODAY)

    assert (late.person, late.given, late.done, late.differ, late.late, late.left) == ("8", 3, 1, 0, 1, 2)
    assert late.next_on == date(2027, 1, 10)
    assert (other.person, other.given, other.done, other.differ, other.late, other.left) == ("7", 2, 0, 1, 0, 1)
    assert other.next_on == date(2027, 1, 25)
