from datetime import date, timedelta

import pytest

from communitas.cycles.rules.calendar import WorkingCalendar
from communitas.kit.exceptions import NotAllowed
from communitas.visits.rules.dates import (
    Offering,
    link_is_safe,
    link_is_shown,
    only_an_offered_date_is_locked,
    problems_with,
    refuse_offer,
)

TODAY = date(2027, 1, 20)  # a Wednesday
MONDAY, TUESDAY, THURSDAY = date(2027, 3, 8), date(2027, 3, 9), date(2027, 3, 11)
USUAL = Offering()
CALENDAR = WorkingCalendar(holidays=frozenset({date(2027, 3, 26)}))


def problems(*days: date, asked: Offering = USUAL) -> tuple[str, ...]:
    return problems_with(days, today=TODAY, calendar=CALENDAR, asked=asked)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ((MONDAY, TUESDAY, THURSDAY), ()),
        ((MONDAY, TUESDAY), ("Please offer three different dates.",)),
        ((MONDAY, MONDAY, TUESDAY), ("8 March 2027 is named twice.", "Please offer three different dates.")),
        (
            (MONDAY, MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=2)),
            ("Please offer dates on at least two different weekdays.",),
        ),
        ((date(2027, 1, 4), TUESDAY, THURSDAY), ("4 January 2027 is over already.",)),
        ((TODAY, TUESDAY, THURSDAY), ("20 January 2027 is over already.",)),
        ((date(2027, 3, 26), TUESDAY, THURSDAY), ("26 March 2027 is a day off in the network's calendar.",)),
        ((date(2027, 3, 13), TUESDAY, THURSDAY), ("13 March 2027 is a day off in the network's calendar.",)),
        (
            (date(2027, 2, 1), TUESDAY, THURSDAY),
            ("1 February 2027 is too soon: a visit needs four weeks of notice.",),
        ),
        (
            (date(2028, 3, 6), TUESDAY, THURSDAY),
            ("6 March 2028 is too far away: offer dates within 52 weeks.",),
        ),
    ],
)
def test_each_thing_that_is_wrong_with_dates_is_said(days: tuple[date, ...], found: tuple[str, ...]) -> None:
    assert problems(*days) == found


def test_how_many_dates_is_a_setting() -> None:
    assert problems(MONDAY, asked=Offering(dates=1, weekdays=1)) == ()
    assert problems(MONDAY, TUESDAY, THURSDAY, asked=Offering(dates=4)) == ("Please offer four different dates.",)


def test_an_offer_is_refused_with_all_its_sentences() -> None:
    with pytest.raises(NotAllowed, match=r"named twice\. Please offer three different dates"):
        refuse_offer([MONDAY, MONDAY], today=TODAY, calendar=CALENDAR, asked=Offering())


def test_only_what_is_offered_is_locked() -> None:
    assert only_an_offered_date_is_locked(MONDAY, [MONDAY])
    assert not only_an_offered_date_is_locked(MONDAY, [TUESDAY])


@pytest.mark.parametrize(("ahead", "shown"), [(8, False), (7, True), (0, True), (-1, False)])
def test_a_link_is_shown_some_days_before_until_the_day_is_over(ahead: int, shown: bool) -> None:
    assert link_is_shown(on=TODAY + timedelta(days=ahead), today=TODAY, days_before=7) is shown


def test_without_a_date_no_link_is_shown() -> None:
    assert not link_is_shown(on=None, today=TODAY, days_before=7)


@pytest.mark.parametrize(
    ("link", "safe"),
    [("", True), ("https://meet.example/a", True), ("http://meet.example", False), ("javascript:alert(1)", False)],
)
def test_links_begin_with_https(link: str, safe: bool) -> None:
    assert link_is_safe(link) is safe
