from communitas.benchmarking.rules.facts import Score
from communitas.reports.rules.documents.agreement import agreement, change


def test_agreement_counts_pairs_scored_by_both_and_names_the_rest() -> None:
    pairs: list[tuple[Score, Score]] = [(2, 2)] * 8 + [(2, 1), (2, 0), (1, 2), ("NA", 2), (None, 2), ("NA", None)]

    told = agreement(pairs)

    assert (told.pairs, told.matched, told.within_one) == (11, 8, 10)
    assert (told.self_higher, told.self_lower, told.only_one_applied) == (2, 1, 1)
    assert told.sentences == (
        "You and the review team gave the same mark on 8 of 11 criteria (73%).",
        "You were the same or one step apart on 10 of 11 criteria (91%).",
        "You marked yourselves higher on 2 and lower on 1.",
        "You found 1 not fully met, the team 2; on 0 both said so.",
        "On 1 criterion only one side thought that it applies to you.",
    )


def test_agreement_below_ten_pairs_is_counts_alone() -> None:
    assert agreement([(2, 2)] * 9).sentences == (
        "You and the review team gave the same mark on 9 of 9 criteria.",
        "There were no differences.",
    )


def test_agreement_without_a_pair_says_so() -> None:
    assert agreement([(None, 2), ("NA", "NA")]).sentences == (
        "No criterion was scored by both you and the review team, so the two cannot be compared.",
    )


def test_change_leaves_out_what_cannot_be_compared() -> None:
    told = change("2026", [("1.1", 1, 2), ("1.2", 2, 0), ("1.3", 2, 2), ("1.4", None, 2), ("1.5", "NA", 2)])

    assert (told.better, told.worse, told.compared, told.left_out) == (("1.1",), ("1.2",), 3, 1)
    assert told.sentence == (
        "Of 3 criteria that can be compared with 2026, 1 went up, 1 went down and 1 stayed the same."
    )
