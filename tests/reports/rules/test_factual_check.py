"""Points of a factual check, and what they change."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import factual_check
from communitas.reports.rules.factual_check import POINT, Answer, Point
from communitas.standards.rules.edition import THREE_MARKS, TWO_MARKS

APPLICABLE = frozenset({"1.1", "1.2"})


@pytest.mark.parametrize(
    "point",
    [
        Point("The house has twelve rooms."),
        Point("We showed the plan.", "1.1"),
        Point("We showed the plan.", "1.1", 2),
        Point("We have no kitchen.", "1.2", "NA"),
    ],
)
def test_a_good_point_is_accepted(point: Point) -> None:
    factual_check.refuse_point(point, THREE_MARKS, APPLICABLE)


@pytest.mark.parametrize(
    "point",
    [Point(" ", "1.1"), Point("No.", "9.9"), Point("No.", "1.1", 3), Point("No.", "1.1", -1), Point("No.", "", 2)],
)
def test_another_point_is_refused(point: Point) -> None:
    with pytest.raises(NotAllowed, match=r"^A point of a factual check says what is wrong"):
        factual_check.refuse_point(point, THREE_MARKS, APPLICABLE)


def test_the_scale_is_the_editions() -> None:
    with pytest.raises(NotAllowed):
        factual_check.refuse_point(Point("No.", "1.1", 2), TWO_MARKS, APPLICABLE)


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_a_point_is_decided_once_with_a_reason(verb: str) -> None:
    decided = POINT.move("open", verb, reason="The record shows it")

    with pytest.raises(NotAllowed, match="reason"):
        POINT.move("open", verb)
    with pytest.raises(NotAllowed, match="while it is open"):
        POINT.move(decided, verb, reason="Again")
    assert POINT.move(decided, "reopen", reason="New paper found") == "open"


@pytest.mark.parametrize(("agreed", "new"), [(1, 2), (1, 0), (1, "NA"), (None, 2), ("NA", 1)])
def test_an_accepted_point_may_change_the_score(agreed: Answer | None, new: Answer) -> None:
    point = Point("We showed the plan.", "1.1", 2, "accepted")

    factual_check.refuse_score_change(point, agreed=agreed, new=new, scale=THREE_MARKS, reason="Seen")


@pytest.mark.parametrize(
    ("point", "new", "reason", "said"),
    [
        (Point("No.", "1.1", 2, "open"), 2, "Seen", "beside the old one."),
        (Point("No.", "1.1", 2, "declined"), 2, "Seen", "beside the old one."),
        (Point("No.", "", None, "accepted"), 2, "Seen", "beside the old one."),
        (Point("No.", "1.1", 2, "accepted"), 2, " ", "beside the old one."),
        (Point("No.", "1.1", 2, "accepted"), 3, "Seen", "The score is not on the scale."),
        (Point("No.", "1.1", 2, "accepted"), 1, "Seen", "The score is the same as before."),
    ],
)
def test_no_other_point_changes_the_score(point: Point, new: Answer, reason: str, said: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        factual_check.refuse_score_change(point, agreed=1, new=new, scale=THREE_MARKS, reason=reason)

    assert caught.value.why.startswith("Only an accepted point changes the agreed score")
    assert caught.value.why.endswith(said)


def test_the_outcome_is_said_in_words() -> None:
    points = [Point("a", state=state) for state in ("accepted", "declined", "declined", "open", "withdrawn")]

    assert factual_check.open_points(points) == 1
    assert factual_check.in_words(points) == (
        "The community raised 4 points about the draft: 1 accepted, 2 declined, 1 still open."
    )
    assert factual_check.in_words(points[:1]) == (
        "The community raised 1 point about the draft: 1 accepted, 0 declined."
    )
    assert factual_check.in_words(points[4:]) == "The community raised no points about the draft."
