"""The drawing of a plan is to scale, with north up, and nothing falls out of its box."""

from communitas.allocation.rules.mapping import MARGIN, TALLEST, WIDTH, draw
from tests.allocation.problems import MONDAY, host, problem, reviewer


def test_places_lie_to_scale_with_north_up() -> None:
    document = problem(
        [host("South", lat=51.0, lon=0.0), host("North", lat=52.0, lon=0.0), host("East", lat=51.0, lon=1.0)],
        [reviewer("Ludo", lat=51.0, lon=0.0)],
    )
    visit = {"host": "North", "date": MONDAY, "team": [{"reviewer": "Ludo", "as": "lead"}], "unfilled": []}

    drawn = draw(document, {"visits": [visit], "unplaced": []})

    south, north, east = drawn.dots
    assert (south.x, north.y, south.placed, north.placed) == (north.x, MARGIN, False, True)
    assert 0.61 < (east.x - south.x) / (south.y - north.y) < 0.63  # a degree east is as long as 0.62 degrees north
    [way] = drawn.ways
    assert (way.x1, way.y1, way.x2, way.y2) == (south.x, south.y, north.x, north.y)


def test_one_place_or_none_still_has_a_drawing() -> None:
    alone = draw(problem([host("A")], []), {"visits": [], "unplaced": []})
    nothing = draw(problem([], []), {"visits": [], "unplaced": []})

    [dot] = alone.dots
    assert MARGIN <= dot.x <= WIDTH - MARGIN
    assert 0 < nothing.height <= TALLEST
