from datetime import UTC, datetime

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.visits.rules.feedback import FEEDBACK, HOST, QUESTIONS, both_have_answered, refuse_answers, state_of

NOW = datetime(2027, 3, 12, tzinfo=UTC)


def test_feedback_opens_with_the_visit_and_is_shown_when_its_time_is_over() -> None:
    later = datetime(2027, 3, 26, tzinfo=UTC)

    assert [state_of(closes_at=closes, now=NOW) for closes in (None, later, NOW)] == ["closed", "open", "released"]


@pytest.mark.parametrize("state", ["closed", "released"])
def test_nobody_answers_before_or_after(state: str) -> None:
    with pytest.raises(NotAllowed, match="Feedback is given"):
        FEEDBACK.move(state, "answer")


@pytest.mark.parametrize(
    ("host", "answered", "both"), [(0, {1, 2}, False), (1, {1}, False), (1, {1, 2}, True), (1, {1, 2, 9}, True)]
)
def test_both_have_answered_when_the_host_and_the_whole_team_have(host: int, answered: set[int], both: bool) -> None:
    assert both_have_answered(host=host, team={1, 2}, answered=answered) is both


def test_each_question_is_answered_from_the_scale() -> None:
    whole = dict.fromkeys(QUESTIONS[HOST], 4)
    refuse_answers(HOST, whole)

    for wrong in ({}, whole | {"prepared": 5}, whole | {"another": 4}):
        with pytest.raises(NotAllowed, match="each question"):
            refuse_answers(HOST, wrong)
