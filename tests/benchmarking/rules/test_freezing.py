"""The hash of facts, and how scores are kept."""

import pytest

from communitas.benchmarking.rules.facts import Fact, Score
from communitas.benchmarking.rules.freezing import facts_hash, read, stored

FACTS = (
    Fact("LARK", "a", "self", 2),
    Fact("LARK", "a", "agreed", "NA", "Nobody lives here."),
    Fact("LARK", "b", "self", None),
)


def test_the_hash_is_the_same_in_any_order() -> None:
    assert facts_hash(FACTS) == facts_hash(FACTS[::-1])


@pytest.mark.parametrize(
    "other",
    [Fact("LARK", "b", "self", 0), Fact("LARK", "b", "self", "NA"), Fact("LARK", "b", "self", None, "Later.")],
)
def test_the_hash_changes_with_any_score_or_comment(other: Fact) -> None:
    assert facts_hash(FACTS) != facts_hash((*FACTS[:2], other))


@pytest.mark.parametrize("score", [None, "NA", 0, 1, 2])
def test_a_score_is_read_back_as_it_was(score: Score) -> None:
    assert read(stored(score)) == score
