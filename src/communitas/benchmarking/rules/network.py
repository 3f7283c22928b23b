"""What is printed of the self-reviews and the agreed scores of all communities together. Exact, for the office."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from communitas.benchmarking.rules.agreement import (
    NETWORK_COMMUNITIES_FROM,
    NETWORK_PAIRS_FROM,
    Coefficient,
    network_agreement,
)
from communitas.benchmarking.rules.cohort import Cohort
from communitas.benchmarking.rules.facts import Score
from communitas.benchmarking.rules.figure import (
    RANGE_LABEL,
    Figure,
    coefficient_in_words,
    missing,
    percent_in_words,
    scaled,
)
from communitas.benchmarking.rules.statistics.bootstrap import DRAWS, bootstrap
from communitas.benchmarking.rules.statistics.marginal import mean_difference
from communitas.benchmarking.rules.statistics.pairs import Pairs, Table, pair_table
from communitas.benchmarking.rules.statistics.values import Undefined, Value
from communitas.kit.rulebook import rule

Tables = tuple[tuple[tuple[int, ...], ...], ...]  # one for each community: rows self, columns agreed
SEED: Final = 20  # kept with the figures; the same for all, so that the same facts give the same figures
OTHERS: Final[dict[Coefficient, str]] = {
    "kappa": "Agreement after allowing for luck, by Cohen's kappa with linear weights",
    "alpha": "Agreement after allowing for luck, by Krippendorff's alpha for ordered marks",
}


@rule
def network_figures(tables: Tables, *, seed: int = SEED) -> tuple[Figure, ...]:
    """How self-reviews and review teams agree over the network is told to the office, with what both found unmet.

    From 10 communities and 100 pairs. Every likely range comes from drawing communities anew, for the answers of one
    hang together; no test is made of pooled pairs.
    """
    return _figures(tables, seed)


@lru_cache(maxsize=8)  # a draft and the freeze after it ask for the same
def _figures(tables: Tables, seed: int) -> tuple[Figure, ...]:
    pooled = _sum(tables)
    return (
        _share("How often the two scores matched", tables, pooled, lambda pairs: _part(pairs.same, pairs.n), seed),
        *_one_step(tables, pooled, seed),
        network_agreement(tables, seed=seed),
        _share("Where a standard was not fully met, how often both said so", tables, pooled, _unmet, seed),
        *(_other(tables, which, seed) for which in OTHERS),
        _direction(tables, pooled, seed),
    )


def tables_of(cohort: Cohort) -> Tables:
    """The pairs of each community that has any, counted in plain Python: for files without an engine."""
    marks: list[list[tuple[Score, Score]]] = [[] for _ in cohort.communities]
    for code, asked in cohort.applies.items():
        ours, agreed = cohort.scores["self", code], cohort.scores["agreed", code]
        for i in asked:
            marks[i].append((ours[i], agreed[i]))
    found = (pair_table(each, levels=cohort.edition.scale.levels) for each in marks)
    return tuple(pairs.table for pairs in found if pairs.n)


def ranges_in_words(seed: int = SEED) -> str:
    """How the likely ranges were made."""
    return f"Likely ranges come from drawing communities {DRAWS:,} times (seed {seed})."


def _sum(tables: Tables) -> Pairs:
    q = len(tables[0]) if tables else 0
    return Pairs(tuple(tuple(sum(table[i][j] for table in tables) for j in range(q)) for i in range(q)))


def _one_step(tables: Tables, pooled: Pairs, seed: int) -> tuple[Figure, ...]:
    """On two levels everything is at most one step apart."""
    if len(pooled.table) < 3:
        return ()
    label = "Same or one step apart"
    return (_share(label, tables, pooled, lambda pairs: _part(pairs.within_one, pairs.n), seed),)


def _other(tables: Tables, which: Coefficient, seed: int) -> Figure:
    found = network_agreement(tables, seed=seed, coefficient=which)
    return Figure(OTHERS[which], found.words, found.n, found.value, found.reason, interval=found.interval)


def _share(label: str, tables: Tables, pooled: Pairs, share: Callable[[Pairs], Value], seed: int) -> Figure:
    value = _refused(tables, pooled) or share(pooled)
    if isinstance(value, Undefined):
        return missing(label, value.reason if pooled.n else "no_pairs", pooled.n)
    words = percent_in_words(value)
    found = bootstrap(tables, lambda table: share(_pairs(table)), seed=seed)
    if not isinstance(found, Undefined):
        words += f", {RANGE_LABEL} {percent_in_words(found.low)} to {percent_in_words(found.high)}"
    return Figure(label, words, pooled.n, value=100 * value, interval=scaled(found))


def _direction(tables: Tables, pooled: Pairs, seed: int) -> Figure:
    """The mean of self less agreed, in marks, with how often either was higher."""
    label = "Who gave the higher score"
    mean = _refused(tables, pooled) or _mean(pooled.table)
    if isinstance(mean, Undefined):
        return missing(label, mean.reason if pooled.n else "no_pairs", pooled.n)
    higher, lower = (percent_in_words(part / pooled.n) for part in (pooled.self_higher, pooled.self_lower))
    words = f"The self-review on {higher}, the review team on {lower}; self less agreed {coefficient_in_words(mean)}"
    found = bootstrap(tables, _mean, seed=seed)
    if isinstance(found, Undefined):
        return Figure(label, f"{words} of a step on average", pooled.n, value=mean)
    low, high = coefficient_in_words(found.low), coefficient_in_words(found.high)
    return Figure(
        label, f"{words} of a step on average, {RANGE_LABEL} {low} to {high}", pooled.n, value=mean, interval=found
    )


def _refused(tables: Tables, pooled: Pairs) -> Undefined | None:
    enough = len(tables) >= NETWORK_COMMUNITIES_FROM and pooled.n >= NETWORK_PAIRS_FROM
    return None if enough else Undefined("too_few")


def _mean(table: Table) -> Value:
    found = mean_difference(table)
    return found if isinstance(found, Undefined) else found[0].difference


def _unmet(pairs: Pairs) -> Value:
    both, given = pairs.below_top
    return _part(2 * both, given)


def _part(part: int, n: int) -> Value:
    return part / n if n else Undefined("no_pairs")


def _pairs(table: Table) -> Pairs:
    return Pairs(tuple(map(tuple, table)))
