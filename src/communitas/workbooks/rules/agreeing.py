"""What the team could agree on: where every reviewer who scored gave the same mark."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.kit.rulebook import rule
from communitas.workbooks.rules.events import NOT_APPLICABLE, Score
from communitas.workbooks.rules.fold import Answer
from communitas.workbooks.rules.review import agreed_score_is_explained


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The mark on which all reviewers agree, the reasons they gave, and whether it still needs a reason."""

    score: Score
    reason: str
    needs_reason: bool


@rule
def suggestion(answers: Iterable[Answer], self_score: Score) -> Suggestion | None:
    """An agreed score is suggested where every reviewer who scored a criterion gave the same mark.

    None where nobody scored, or the marks differ, or one reviewer's own answers differ.
    """
    given = [answer for answer in answers if answer.kind != "none"]
    scores = {answer.score for answer in given}
    if len(scores) != 1 or not all(answer.is_answered for answer in given):
        return None
    score = given[0].score
    reason = "\n".join(dict.fromkeys(answer.reason for answer in given if answer.reason))
    explained = agreed_score_is_explained(score, self_score, reason) and (score != NOT_APPLICABLE or bool(reason))
    return Suggestion(score, reason, not explained)
