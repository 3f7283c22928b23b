import pytest

from communitas.benchmarking.rules.counts import Counts
from communitas.reports.rules.documents.shares import share, wilson


@pytest.mark.parametrize(
    ("counts", "words", "short"),
    [
        (Counts(), "none applied", "none applied"),
        (Counts(not_applicable=3), "none applied", "none applied"),
        (Counts(not_scored=2), "none scored", "none scored"),
        (Counts(met=3, not_met=1), "3 of 4 that applied", "3 of 4"),
        (Counts(met=4, not_met=1), "4 of 5 that applied, 80%, small number", "80%"),
        (Counts(met=41, partly_met=7), "41 of 48 that applied, 85%, likely range 73 to 93", "85%"),
        (Counts(met=10, not_scored=2), "10 of 10 that applied, 100%, likely range 72 to 100; 2 not scored", "100%"),
        (Counts(not_met=12), "0 of 12 that applied, 0%, likely range 0 to 24", "0%"),
    ],
)
def test_share_is_worded_by_its_size(counts: Counts, words: str, short: str) -> None:
    told = share(counts)

    assert (told.words, told.short) == (words, short)


def test_likely_range_is_the_interval_of_wilson() -> None:
    # Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    assert wilson(81, 263) == (26, 37)
