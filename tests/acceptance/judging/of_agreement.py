"""The methods that ask how much raters agree."""

from collections.abc import Sequence
from typing import Any

from communitas.benchmarking.rules.statistics import agreement, marginal, raters
from communitas.benchmarking.rules.statistics.paired import sign_test
from communitas.benchmarking.rules.statistics.pairs import pair_table
from communitas.benchmarking.rules.statistics.values import Undefined, Value
from tests.acceptance.judging.fields import Field, Malformed, confidence_of, levels_of

WEIGHTINGS: tuple[agreement.Weighting, ...] = ("unweighted", "linear", "quadratic")


def agreement_table(given: Field, params: Field) -> dict[str, Any]:
    """Everything about one square table."""
    levels = levels_of(given, params)
    table = given.get("table").square(levels)
    return _agreement(table, _values(given.get("categories").items()) if given.has("categories") else None)


def agreement_unused_level(given: Field, params: Field) -> dict[str, Any]:
    """The same ratings on the full scale, which is ours, and with the levels that nobody used left out."""
    full = given.get("table_full_scale").square()
    if given.has("table_observed_levels_only"):
        used = given.get("table_observed_levels_only").square()
    else:
        kept = [k for k in range(len(full)) if sum(full[k]) + sum(row[k] for row in full)]
        used = [[full[i][j] for j in kept] for i in kept]
    return {f"full_scale_{len(full)}": _agreement(full), f"dropped_level_{len(used)}cat": _agreement(used)}


def weighted_kappa_custom(given: Field, params: Field) -> dict[str, Any]:
    """Kappa with weights of disagreement."""
    table = given.get("table").square()
    weights = [row.numbers(len(table)) for row in given.get("disagreement_weights").items(len(table))]
    return {
        "kappa": agreement.kappa(table, "unweighted").value,
        "weighted_kappa": agreement.custom_kappa(table, weights),
    }


def reliability_raw(given: Field, params: Field) -> dict[str, Any]:
    """Any number of raters, with ratings missing."""
    categories = given.get("categories").items()
    names = [_name(each) for each in categories]
    if len(set(names)) != len(names):
        raise given.get("categories").wrong("a list without repeats")
    ratings = [
        [None if each.is_missing() else _position(each, names) for each in row] for row in given.get("ratings").matrix()
    ]
    units = raters.units_of(ratings, levels=len(names))
    values = _values(categories)
    pairs = raters.coincidences(units, levels=len(names))
    return {
        "po": raters.observed_of_raters(units),
        "fleiss_kappa": raters.fleiss_kappa(units),
        **{f"ac_{weighting}": raters.gwet_of_raters(units, weighting) for weighting in WEIGHTINGS},
        **{f"alpha_{metric}": raters.alpha(pairs, metric, values) for metric in ("nominal", "ordinal")},
        "alpha_interval": raters.alpha(pairs, "interval", values) if values else Undefined("wrong_scale"),
        "alpha_ratio": _ratio(pairs, values),
    }


def self_peer_pairs(given: Field, params: Field) -> dict[str, Any]:
    """Pairs of self and peer, with what is no score."""
    levels = levels_of(given, params, 3) or 3
    pairs = [pair.items(2) for pair in given.get("pairs").items()]
    found = pair_table([(ours.score(levels), theirs.score(levels)) for ours, theirs in pairs], levels=levels)
    test = sign_test(found.self_higher, found.self_lower)
    return {
        "table": found.table,
        "n_scored_pairs": found.n,
        "n_both_na": found.both_not_applicable,
        "n_na_mismatch": found.applicability_differs,
        "n_not_scored": found.not_scored,
        "percent_exact": _percent(found.same, found.n),
        "percent_within_one": _percent(found.within_one, found.n),
        "applicability_agreement_percent": _hundred(found.applicability_agreement),
        "self_higher": found.self_higher,
        "self_lower": found.self_lower,
        "kappa_linear": agreement.kappa(found.table).value,
        "ac2_linear": agreement.gwet(found.table).value,
        "sign_test": {"n_untied": test.untied, "p_exact": test.p_exact, "p_midp": test.p_mid},
    }


def marginal_homogeneity(given: Field, params: Field) -> dict[str, Any]:
    """Do both use the marks equally often?"""
    table = given.get("table").square()
    tests = {
        "stuart_maxwell": marginal.stuart_maxwell(table),
        "bhapkar": marginal.bhapkar(table),
        "bowker": marginal.bowker(table),
    }
    return {name: {"stat": test.statistic, "df": test.degrees, "p": test.p} for name, test in tests.items()}


def paired_mean_score_difference(given: Field, params: Field) -> dict[str, Any]:
    """The mean of row less column."""
    table = given.get("table").square()
    scores = given.get("scores").numbers(len(table)) if given.has("scores") else None
    found = marginal.mean_difference(table, scores, confidence=confidence_of(params))
    if isinstance(found, Undefined):
        return dict.fromkeys(("mean", "se", "ci_low", "ci_high"), found)
    difference, estimate = found
    return {
        "mean": estimate.value,
        "se": estimate.standard_error,
        "ci_low": difference.interval.low,
        "ci_high": difference.interval.high,
    }


def _agreement(table: Sequence[Sequence[int]], values: list[float] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for weighting in WEIGHTINGS:
        kappa, gwet = agreement.kappa(table, weighting), agreement.gwet(table, weighting)
        found[weighting] = {
            "po": agreement.observed(table, weighting),
            "kappa": kappa.value,
            "kappa_se": kappa.standard_error,
            "ac": gwet.value,
            "ac_se": gwet.standard_error,
        }
    for metric in ("nominal", "ordinal", "interval"):
        found[f"alpha_{metric}"] = raters.alpha_of_table(table, metric, values)
    return found | {
        "bangdiwala_b": agreement.bangdiwala(table),
        "n": sum(map(sum, table)),
        "specific_agreement": [agreement.specific_agreement(table, mark) for mark in range(len(table))],
    }


def _ratio(pairs: list[list[float]], values: list[float] | None) -> Value:
    if values is None or any(value < 0 for value in values):
        return Undefined("wrong_scale")
    return raters.alpha(pairs, "ratio", values)


def _values(categories: list[Field]) -> list[float] | None:
    """The categories as numbers; None when they have names."""
    return None if any(isinstance(each.value, str) for each in categories) else [each.number() for each in categories]


def _name(category: Field) -> str | float:
    return category.text() if isinstance(category.value, str) else category.number()


def _position(rating: Field, names: list[str | float]) -> int:
    name = _name(rating)
    if name not in names:
        raise Malformed(f"{rating.place} is {name!r}, which is none of the categories")
    return names.index(name)


def _percent(part: int, whole: int) -> Value:
    return 100 * part / whole if whole else Undefined("no_pairs")


def _hundred(share: Value) -> Value:
    return share if isinstance(share, Undefined) else 100 * share
