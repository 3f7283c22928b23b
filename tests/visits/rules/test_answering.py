"""How long people have to answer, and when a place is free again."""

from datetime import date, timedelta

import pytest

from communitas.visits.rules.answering import (
    Asking,
    answer_by,
    has_lapsed,
    is_reminder_due,
    is_short_notice,
    may_extend_until,
)

ASKING = Asking(days=7, short_notice_days=14, short_days=2)
TODAY = date(2027, 3, 1)


def _in(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("visit", "papers", "expected"),
    [
        (_in(60), None, 7),
        (None, None, 7),
        (_in(15), None, 7),
        (_in(14), None, 2),  # on short notice
        (_in(2), None, 1),  # never beyond the day before the visit
        (_in(0), None, 0),  # on the day itself, that day
        (_in(60), _in(3), 3),  # papers for a secure site come first
        (_in(60), _in(-3), 0),  # a last day is never over when somebody is asked
    ],
)
def test_the_last_day_for_an_answer(visit: date | None, papers: date | None, expected: int) -> None:
    assert answer_by(TODAY, visit, ASKING, papers) == _in(expected)


@pytest.mark.parametrize(("away", "expected"), [(15, False), (14, True), (0, True), (-1, True)])
def test_short_notice_are_the_last_days_before_a_visit(away: int, expected: bool) -> None:
    assert is_short_notice(TODAY, _in(away), ASKING) is expected
    assert not is_short_notice(TODAY, None, ASKING)


@pytest.mark.parametrize(
    ("today", "last", "visit", "expected"),
    [
        (4, 7, 60, False), (5, 7, 60, True), (7, 7, 60, True), (8, 7, 60, False),
        (0, 2, 9, False), (1, 2, 9, True), (0, 0, 0, False), (0, 1, 60, False), (1, 1, 60, True),
    ],
)  # fmt: skip
def test_a_reminder_comes_two_days_before_or_one_on_short_notice_and_never_with_the_question(
    today: int, last: int, visit: int, expected: bool
) -> None:
    assert is_reminder_due(_in(today), asked=TODAY, last=_in(last), on=_in(visit), asking=ASKING) is expected


def test_a_place_lapses_when_its_last_day_is_over() -> None:
    assert [has_lapsed(_in(day), _in(7)) for day in (6, 7, 8)] == [False, False, True]


@pytest.mark.parametrize(("until", "expected"), [(-1, False), (0, True), (9, True), (10, False)])
def test_the_office_gives_longer_until_the_day_before_the_visit(until: int, expected: bool) -> None:
    assert may_extend_until(_in(until), _in(10), TODAY) is expected
    assert not may_extend_until(_in(until), _in(10), TODAY, papers_by=_in(-2))
