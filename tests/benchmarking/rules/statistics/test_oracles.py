"""Our formulas give what statsmodels, irrCAC, krippendorff and scipy gave on the same counts."""

import json
from pathlib import Path
from typing import Any

import pytest

from communitas.benchmarking.rules.statistics import agreement, marginal, paired, proportions, raters, several, trends
from communitas.benchmarking.rules.statistics.values import Undefined

ORACLES: dict[str, Any] = json.loads((Path(__file__).parent / "oracles.json").read_text(encoding="utf-8"))
WEIGHTINGS: tuple[agreement.Weighting, ...] = ("unweighted", "linear", "quadratic")
METRICS: tuple[raters.Metric, ...] = ("nominal", "ordinal", "interval", "ratio")


def same(found: object, wanted: float | None) -> bool:
    if wanted is None:
        return isinstance(found, Undefined)
    return isinstance(found, float | int) and found == pytest.approx(wanted, abs=1e-6)


def test_kappa_and_its_standard_error() -> None:
    for row in ORACLES["tables"]:
        for weighting in WEIGHTINGS:
            found = agreement.kappa(row["table"], weighting)

            assert same(found.value, row[weighting]["kappa"]), row
            assert row[weighting]["se"] is None or same(found.standard_error, row[weighting]["se"]), row


def test_marginal_homogeneity() -> None:
    for row in ORACLES["tables"]:
        if "stuart_maxwell" in row:
            found = marginal.stuart_maxwell(row["table"])

            assert same(found.statistic, row["stuart_maxwell"][0])
            assert (found.degrees, same(found.p, row["stuart_maxwell"][2])) == (row["stuart_maxwell"][1], True)
            assert same(marginal.bhapkar(row["table"]).statistic, row["bhapkar"])


def test_coefficients_of_many_raters_with_ratings_missing() -> None:
    for row in ORACLES["raw"]:
        units = raters.units_of(row["ratings"], levels=row["levels"])
        pairs = raters.coincidences(units, levels=row["levels"])
        values = [float(mark + 1) for mark in range(row["levels"])]

        assert all(same(raters.alpha(pairs, metric, values), row[f"alpha_{metric}"]) for metric in METRICS), row
        assert all(same(raters.gwet_of_raters(units, each), row[f"ac_{each}"]) for each in WEIGHTINGS), row
        assert same(raters.fleiss_kappa(units), row["fleiss"])


def test_intervals_at_several_levels_of_confidence() -> None:
    for row in ORACLES["shares"]:
        for method in (proportions.wilson, proportions.jeffreys, proportions.clopper_pearson):
            found = method(row["x"], row["n"], confidence=row["confidence"])

            assert not isinstance(found, Undefined)
            assert [found.low, found.high] == pytest.approx(row[method.__name__], abs=1e-6)
    for x1, n1, x2, n2, confidence, low, high in ORACLES["differences"]:
        difference = proportions.independent_difference(x1, n1, x2, n2, confidence=confidence)

        assert not isinstance(difference, Undefined)
        assert [difference.interval.low, difference.interval.high] == pytest.approx([low, high], abs=1e-6)


def test_mcnemar() -> None:
    for first, second, exact, plain, corrected in ORACLES["paired"]:
        assert same(paired.sign_test(first, second).p_exact, exact)
        assert same(paired.mcnemar_chi_square(first, second).p, plain)
        assert same(paired.mcnemar_chi_square(first, second, corrected=True).p, corrected)


def test_many_tests_at_once() -> None:
    for values, adjusted in ORACLES["p"]:
        assert several.benjamini_hochberg(values).p == pytest.approx(adjusted, abs=1e-6)


def test_cochran_q() -> None:
    for rows, statistic, p in ORACLES["q"]:
        found = trends.cochran_q(rows)

        assert same(found.statistic, statistic)
        assert same(found.p, p)
