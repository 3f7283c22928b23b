from datetime import date

import pytest

from communitas.demo.making import _still_good

MARK = "abc seed 1\n2026-11-20\n"


@pytest.mark.parametrize(
    ("mark", "today", "good"),
    [
        (MARK, date(2026, 11, 23), True),
        (MARK, date(2026, 11, 27), False),
        (MARK, date(2026, 11, 10), False),
        ("abd seed 1\n2026-11-20\n", date(2026, 11, 20), False),
        ("abc seed 1\n", date(2026, 11, 20), False),
    ],
)
def test_a_made_network_is_served_again_only_while_it_is_of_this_code_and_this_week(
    mark: str, today: date, good: bool
) -> None:
    assert _still_good(mark, "abc seed 1", today) is good
