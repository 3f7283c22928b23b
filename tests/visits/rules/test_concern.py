from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.visits.rules.concern import CONCERN, acknowledge_by, escalates_at, is_due_for_escalation

ZONE = ZoneInfo("Europe/London")
NOON, MIDNIGHT = datetime(2027, 7, 1, 11, tzinfo=UTC), datetime(2027, 7, 1, 23, tzinfo=UTC)  # in summer time


def test_the_day_ends_by_the_networks_clocks() -> None:
    assert escalates_at(NOON, zone=ZONE) == MIDNIGHT


def test_an_answer_is_due_after_some_hours_and_never_after_the_day() -> None:
    late = datetime(2027, 7, 1, 22, tzinfo=UTC)

    assert acknowledge_by(NOON, hours=4, zone=ZONE) == datetime(2027, 7, 1, 15, tzinfo=UTC)
    assert acknowledge_by(late, hours=4, zone=ZONE) == MIDNIGHT


@pytest.mark.parametrize(
    ("state", "now", "due"),
    [
        ("raised", NOON, False),
        ("raised", MIDNIGHT, True),
        ("acknowledged", MIDNIGHT, False),
        ("closed", MIDNIGHT, False),
    ],
)
def test_only_what_nobody_answered_by_the_end_of_the_day_is_passed_on(state: str, now: datetime, due: bool) -> None:
    assert is_due_for_escalation(state, MIDNIGHT, now) is due


def test_a_concern_is_closed_only_by_somebody_who_has_it_in_hand_and_says_what_came_of_it() -> None:
    with pytest.raises(NotAllowed, match="in hand"):
        CONCERN.move("raised", "close", reason="All well.")
    with pytest.raises(NotAllowed, match="reason"):
        CONCERN.move("acknowledged", "close")

    assert CONCERN.move("acknowledged", "close", reason="All well.") == "closed"
    assert CONCERN.move("escalated", "acknowledge") == "acknowledged"
