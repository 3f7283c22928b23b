"""Printed one-time codes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit.exceptions import NotAllowed
from communitas.people.rules import one_time_codes
from communitas.people.rules.one_time_codes import OneTimeCode

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(st.binary(min_size=16, max_size=32))
def test_a_code_has_two_groups_of_letters_that_cannot_be_confused(random: bytes) -> None:
    code = one_time_codes.make_code(random)

    assert [len(group) for group in code.split("-")] == [5, 5]
    assert set(code) - {"-"} <= set("CDFGHJKMNPQRTWXY34679")
    assert one_time_codes.make_code(random) == code


def test_too_little_randomness_is_refused() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        one_time_codes.make_code(b"short")


def test_spaces_hyphens_and_small_letters_do_not_matter() -> None:
    assert one_time_codes.normalised(" cdfgh - jkmnp ") == "CDFGHJKMNP"
    assert one_time_codes.normalised("CDFGH-JKMNP") == "CDFGHJKMNP"


@pytest.mark.parametrize(
    ("code", "after", "refused"),
    [
        (OneTimeCode(MADE), timedelta(days=14, microseconds=-1), False),
        (OneTimeCode(MADE), timedelta(days=14), True),
        (OneTimeCode(MADE, wrong_tries=4), timedelta(0), False),
        (OneTimeCode(MADE, wrong_tries=5), timedelta(0), True),
        (OneTimeCode(MADE, used_at=MADE), timedelta(0), True),
    ],
)
def test_a_code_works_once_for_14_days_and_5_tries(code: OneTimeCode, after: timedelta, refused: bool) -> None:
    if not refused:
        one_time_codes.refuse_code(code, at=MADE + after)
        return
    with pytest.raises(NotAllowed) as caught:
        one_time_codes.refuse_code(code, at=MADE + after)
    assert caught.value.why == (
        "A one-time code works once, for 14 days, and for no more than 5 wrong tries. "
        "Please ask your community lead for a new one."
    )
