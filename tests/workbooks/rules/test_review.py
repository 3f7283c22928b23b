"""A review moves as its table says; sending and closing ask what is missing."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Moves
from communitas.workbooks.rules import review
from communitas.workbooks.rules.events import Score

GAP = ["1.1 has no answer yet."]


def test_a_self_review_is_sent_reopened_and_sent_again() -> None:
    sent = review.send("open", missing=[])
    reopened = review.SELF_REVIEW.move(sent, "reopen", reason="Two answers were mixed up")

    assert (sent, reopened, review.send(reopened, missing=[])) == ("sent", "reopened", "sent")


def test_sending_is_refused_while_criteria_are_unanswered() -> None:
    with pytest.raises(NotAllowed) as refused:
        review.send("open", missing=GAP, reason=" ")

    assert refused.value.why == (
        "A self-review is sent when every criterion has an answer, or the community lead says why not."
    )


def test_the_community_lead_may_send_with_a_reason() -> None:
    assert review.send("open", missing=GAP, reason="The garden was closed") == "sent"


def test_a_self_review_is_not_sent_twice() -> None:
    with pytest.raises(NotAllowed, match="already been sent"):
        review.send("sent", missing=[])


@pytest.mark.parametrize(
    ("table", "state"), [(review.SELF_REVIEW, "sent"), (review.PEER_REVIEW, "closed")], ids=["self", "peer"]
)
def test_reopening_is_the_offices_and_needs_a_reason(table: Moves, state: str) -> None:
    assert [move.verb for move in table.allowed(state, by="office")] == ["reopen"]
    with pytest.raises(NotAllowed, match="give a reason"):
        table.move(state, "reopen", reason="  ")


def test_only_the_reopening_of_a_peer_review_waits_for_a_second_person() -> None:
    waiting = [move.verb for table in review.TABLES.values() for move in table.moves if move.second_person]

    assert waiting == ["reopen"]
    assert review.PEER_REVIEW.find("closed", "reopen").second_person


def test_a_peer_review_goes_through_its_states() -> None:
    scoring = review.begin("not_started", team_is_appointed=True, self_review_was_sent=True)
    agreeing = review.PEER_REVIEW.move(scoring, "open_discussion")
    closed = review.close(agreeing, missing_agreed=[])
    reopened = review.PEER_REVIEW.move(closed, "reopen", reason="A point was accepted")

    assert [scoring, agreeing, closed, reopened] == ["scoring", "agreeing", "closed", "reopened"]
    assert review.close(reopened, missing_agreed=[]) == "closed"


@pytest.mark.parametrize(
    ("team", "sent", "reason", "begins"),
    [(True, True, "", True), (True, False, "", False), (True, False, "Ward closed", True), (False, True, "x", False)],
)
def test_scoring_begins_with_a_team_and_a_self_review_or_a_reason(
    team: bool, sent: bool, reason: str, begins: bool
) -> None:
    assert review.may_begin(team_is_appointed=team, self_review_was_sent=sent, reason=reason) is begins


def test_begin_is_refused_without_a_team() -> None:
    with pytest.raises(NotAllowed, match="when the team is appointed"):
        review.begin("not_started", team_is_appointed=False, self_review_was_sent=True)


def test_close_review_refuses_while_a_criterion_has_no_agreed_score() -> None:
    with pytest.raises(NotAllowed, match="every criterion has an agreed score"):
        review.close("agreeing", missing_agreed=GAP)


def test_close_review_refuses_before_the_discussion() -> None:
    with pytest.raises(NotAllowed, match="closes after the discussion"):
        review.close("scoring", missing_agreed=[])


@pytest.mark.parametrize(
    ("agreed", "own", "reason", "explained"),
    [
        (2, 2, "", True),
        (1, 2, "", False),
        (1, 2, " ", False),
        (1, 2, "No rota", True),
        (1, None, "", True),
        ("NA", 0, "", False),
    ],
)
def test_an_agreed_score_is_explained_where_it_differs(agreed: Score, own: Score, reason: str, explained: bool) -> None:
    assert review.agreed_score_is_explained(agreed, own, reason) is explained
