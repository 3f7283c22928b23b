import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit.exceptions import NotAllowed
from communitas.visits.rules.timetable import (
    USUAL,
    Row,
    changes,
    clashes,
    clock,
    minutes_of,
    moved,
    read_rows,
    refuse_rows,
    schedule,
    usual_day,
    with_ids,
    without_a_break,
    write_rows,
)

MEETING = Row("a", "Meeting", 60, "09:30")
TOUR = Row("b", "Tour", 30)
LUNCH = Row("c", "Lunch", 45, "12:00", pause=True)


def test_a_line_without_a_time_follows_on_the_line_above_it() -> None:
    slots = schedule([MEETING, TOUR, LUNCH], "09:00")

    assert [slot.times for slot in slots] == ["09:30–10:30", "10:30–11:00", "12:00–12:45"]


def test_the_first_line_begins_with_the_day() -> None:
    assert schedule([TOUR], "09:00")[0].times == "09:00–09:30"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([MEETING, TOUR, LUNCH], {}),
        ([MEETING, Row("b", "Tour", 30, "10:00")], {"b": "This overlaps with 'Meeting' (09:30–10:30)."}),
        ([Row("a", "Early", 10, "08:00")], {"a": "This begins before the day starts at 09:00."}),
        ([Row("a", "Long", 600)], {"a": "This ends after the day is over at 16:30."}),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(rows: list[Row], found: dict[str, str]) -> None:
    assert clashes(schedule(rows, "09:00"), "09:00", "16:30") == found


def test_three_hours_without_a_break_are_named() -> None:
    long = [Row("a", "One", 120), Row("b", "Two", 90)]

    assert without_a_break(schedule(long, "09:00")) == "There is no break between 09:00 and 12:30."
    assert without_a_break(schedule([long[0], LUNCH, long[1]], "09:00")) == ""


@pytest.mark.parametrize("form", ["on_site", "virtual", "hybrid"])
def test_the_usual_days_fit_and_have_breaks(form: str) -> None:
    slots = schedule(usual_day(form), "09:30")

    assert clashes(slots, "09:30", "16:30") == {}
    assert without_a_break(slots) == ""


def test_lines_move_up_and_down_and_stay_at_the_ends() -> None:
    rows = (MEETING, TOUR, LUNCH)

    assert moved(rows, "c", -1) == (MEETING, LUNCH, TOUR)
    assert moved(rows, "a", -1) == rows
    assert moved(rows, "nobody", 1) == rows


@given(st.permutations(list(USUAL)))
def test_only_the_order_changes_when_lines_move(rows: list[Row]) -> None:
    assert sorted(row.id for row in moved(rows, rows[0].id, 1)) == sorted(row.id for row in rows)


def test_what_changed_between_two_versions() -> None:
    after = [TOUR, MEETING, Row("d", "Tea", 10)]
    changed = [MEETING, Row("b", "Tour", 45)]

    assert changes([MEETING, TOUR, LUNCH], after) == {"a": "moved", "b": "moved", "c": "gone", "d": "new"}
    assert changes([MEETING, TOUR], changed) == {"b": "changed"}
    assert changes(USUAL, USUAL) == {}


def test_lines_are_kept_and_read_again() -> None:
    assert read_rows(write_rows(USUAL)) == USUAL


def test_each_line_has_a_name_of_its_own() -> None:
    rows = with_ids([TOUR, TOUR, Row("", "Tea", 10)], 4)

    assert [row.id for row in rows] == ["b", "v4-1", "v4-2"]


@pytest.mark.parametrize("row", [Row("a", " ", 10), Row("a", "Tea", 0), Row("a", "Tea", 2000)])
def test_a_line_says_what_happens_and_how_long(row: Row) -> None:
    with pytest.raises(NotAllowed, match="what happens and how long"):
        refuse_rows([row])


def test_a_timetable_fits_on_a_page() -> None:
    with pytest.raises(NotAllowed, match="forty lines"):
        refuse_rows([TOUR] * 41)


@pytest.mark.parametrize("time", ["", "9", "24:00", "09:60", "nine:30", "-1:00"])
def test_what_is_no_time_is_refused(time: str) -> None:
    with pytest.raises(ValueError, match="no time"):
        minutes_of(time)


def test_a_day_that_runs_past_midnight_says_so() -> None:
    assert clock(minutes_of("23:30") + 60) == "00:30 the next day"
