"""What is printed of the agreement between self-review and review team, and from how many pairs on.

Luck is allowed for by one coefficient, AC2 with linear weights; kappa and alpha stand beside it in the annex, without
adjectives. Beside it always stands how often both said 'not fully met', for AC2 is generous where most is met.
"""

from collections.abc import Sequence
from typing import Final, Literal

from communitas.benchmarking.rules.figure import (
    WORDS,
    Figure,
    coefficient_in_words,
    missing,
    p_in_words,
    percent_in_words,
    several,
)
from communitas.benchmarking.rules.statistics.agreement import gwet, kappa
from communitas.benchmarking.rules.statistics.bootstrap import bootstrap
from communitas.benchmarking.rules.statistics.paired import sign_test
from communitas.benchmarking.rules.statistics.pairs import Pairs, Table, pair_table
from communitas.benchmarking.rules.statistics.raters import alpha_of_table
from communitas.benchmarking.rules.statistics.values import Undefined, Value
from communitas.kit.rulebook import rule

__all__ = [
    "LABELS",
    "Coefficient",
    "Pairs",
    "beyond_chance_figure",
    "direction_figure",
    "direction_in_words",
    "exact_figure",
    "network_agreement",
    "pair_table",
    "specific_unmet_figure",
    "within_one_figure",
]

Coefficient = Literal["ac2", "kappa", "alpha"]
SHARE_FROM: Final = 10
BEYOND_CHANCE_FROM: Final = 30
SPECIFIC_FROM: Final = 5
TEST_FROM: Final = 6
NETWORK_COMMUNITIES_FROM: Final = 10
NETWORK_PAIRS_FROM: Final = 100

LABELS: Final = {
    "exact": "You and the review team gave the same score",
    "within_one": "Same or one step apart",
    "beyond_chance": "Agreement after allowing for luck (1 = perfect, 0 = no better than luck)",
    "specific": "Where a standard was not fully met, how often both said so",
    "direction": "Where the scores differ",
    "network": "Agreement in the network after allowing for luck (1 = perfect, 0 = no better than luck)",
}


@rule
def exact_figure(pairs: Pairs) -> Figure:
    """How often self-review and review team gave the same mark is a percentage from 10 pairs, and counts below."""
    return _share(LABELS["exact"], pairs.same, pairs.n)


@rule
def within_one_figure(pairs: Pairs) -> Figure:
    """How often the marks were the same or one step apart is a percentage from 10 pairs, and counts below."""
    return _share(LABELS["within_one"], pairs.within_one, pairs.n)


@rule
def beyond_chance_figure(pairs: Pairs, *, coefficient: Coefficient = "ac2") -> Figure:
    """Agreement beyond luck is one coefficient, from 30 pairs, and only when scores vary.

    Where both sides gave one mark throughout, AC2 would be 1 and say nothing, so it is not printed. Where one side did,
    the words say so.
    """
    label, n = LABELS["beyond_chance"], pairs.n
    if not n:
        return missing(label, "no_pairs", 0)
    plain = kappa(pairs.table).value
    if isinstance(plain, Undefined):
        return missing(label, "no_variation", n, words=_always_the_same(pairs))
    if n < BEYOND_CHANCE_FROM:
        return missing(label, "too_few_to_calculate", n)
    value = coefficient_of(pairs.table, coefficient)
    if isinstance(value, Undefined):
        return missing(label, value.reason, n)
    note = " (no variation in one set of scores)" if _one_side_constant(pairs.table) else ""
    return Figure(label, coefficient_in_words(value) + note, n, value=value)


def coefficient_of(table: Table, coefficient: Coefficient) -> Value:
    """AC2 and kappa with linear weights, alpha for ordered marks."""
    match coefficient:
        case "ac2":
            return gwet(table).value
        case "kappa":
            return kappa(table).value
        case "alpha":
            return alpha_of_table(table, "ordinal")


@rule
def specific_unmet_figure(pairs: Pairs) -> Figure:
    """How often both said 'not fully met' is a percentage from 5 such marks of either side, and counts below."""
    both, given = pairs.below_top
    label = LABELS["specific"]
    if not pairs.n:
        return missing(label, "no_pairs", 0)
    if not given:
        return missing(label, "none_applied", 0, words="Neither side found a standard not fully met")
    if given < SPECIFIC_FROM:
        return missing(label, "too_few", given, words=f"Both said so on {several(both, 'standard', 'standards')}")
    return Figure(label, percent_in_words(2 * both / given), given, value=200 * both / given)


@rule
def direction_figure(pairs: Pairs) -> Figure:
    """How often the self-review was higher and lower is counted, and tested from 6 differences.

    The value is the mid-P of the sign test.
    """
    label = LABELS["direction"]
    higher, lower = pairs.self_higher, pairs.self_lower
    test = sign_test(higher, lower)
    words = direction_in_words(higher, lower)
    if isinstance(test.p_mid, Undefined):
        return missing(label, "no_pairs" if not pairs.n else "no_differences", pairs.n)
    if test.untied < TEST_FROM:
        return missing(label, "too_few_to_calculate", test.untied, words=words)
    return Figure(label, f"{words} (P = {p_in_words(test.p_mid)})".replace("= <", "< "), test.untied, value=test.p_mid)


def direction_in_words(higher: int, lower: int) -> str:
    """'You scored yourselves higher on 9, lower on 3'."""
    if higher == lower == 0:
        return WORDS["no_differences"]
    return f"You scored yourselves higher on {higher}, lower on {lower}"


@rule
def network_agreement(tables: Sequence[Table], *, seed: int, coefficient: Coefficient = "ac2") -> Figure:
    """The network's agreement beyond luck is given from 10 communities and 100 pairs, to the office.

    `tables` has one for each community. The likely range comes from resampling communities with the seed, which is
    stored with the figure.
    """
    label = LABELS["network"]
    pairs = sum(sum(map(sum, table)) for table in tables)
    if not pairs:
        return missing(label, "no_pairs", 0)
    if len(tables) < NETWORK_COMMUNITIES_FROM or pairs < NETWORK_PAIRS_FROM:
        return missing(label, "too_few_to_calculate", pairs)
    q = len(tables[0])
    pooled = [[sum(table[i][j] for table in tables) for j in range(q)] for i in range(q)]
    value = coefficient_of(pooled, coefficient)
    if isinstance(kappa(pooled).value, Undefined) or isinstance(value, Undefined):
        return missing(label, "no_variation", pairs)
    interval = bootstrap(tables, lambda table: coefficient_of(table, coefficient), seed=seed)
    if isinstance(interval, Undefined):
        return Figure(label, coefficient_in_words(value), pairs, value=value)
    low, high = coefficient_in_words(interval.low), coefficient_in_words(interval.high)
    words = f"{coefficient_in_words(value)}, likely range {low} to {high}"
    return Figure(label, words, pairs, value=value, interval=interval)


def _share(label: str, part: int, n: int) -> Figure:
    if not n:
        return missing(label, "no_pairs", 0)
    if n < SHARE_FROM:
        return missing(label, "too_few", n, words=f"{part} of {several(n, 'standard', 'standards')}")
    return Figure(label, percent_in_words(part / n), n, value=100 * part / n)


def _always_the_same(pairs: Pairs) -> str:
    top = len(pairs.table) - 1
    if pairs.table[top][top] == pairs.n:
        return f"Both said 'met' for all {pairs.n}; chance-corrected agreement cannot be calculated"
    return WORDS["no_variation"].format(n=pairs.n)


def _one_side_constant(table: Table) -> bool:
    rows = sum(any(row) for row in table)
    columns = sum(any(column) for column in zip(*table, strict=True))
    return rows == 1 or columns == 1
