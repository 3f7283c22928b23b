"""The worked examples of the open file that the product's own figures need so far."""

import json
from pathlib import Path
from typing import Any

import pytest

from communitas.benchmarking.rules.agreement import gwet, kappa, observed, pair_table, specific_agreement
from communitas.benchmarking.rules.lineage import CommunityScores, Lineage, trend
from communitas.benchmarking.rules.paired import Paired, change, mcnemar_chi_square, newcombe, sign_test
from communitas.benchmarking.rules.proportions import clopper_pearson, independent_difference, jeffreys, wilson
from communitas.benchmarking.rules.quantiles import quantile

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "statistics.json").read_text(encoding="utf-8"))["cases"]
}


def of(method: str) -> list[str]:
    return [name for name, case in CASES.items() if case["method"] == method]


def limits(interval: Any) -> list[float | None]:
    return [None, None] if interval is None else [interval.low, interval.high]


def near(found: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        return found is not None and abs(found - expected) <= tolerance
    if isinstance(expected, list | tuple):
        return len(found) == len(expected) and all(near(a, b, tolerance) for a, b in zip(found, expected, strict=True))
    return bool(found == expected)


@pytest.mark.parametrize("name", of("proportion_interval"))
def test_intervals_of_a_share(name: str) -> None:
    case = CASES[name]
    for x, n, expected in zip(case["input"]["x"], case["input"]["n"], case["expected"], strict=True):
        found = [limits(method(x, n)) for method in (wilson, jeffreys, clopper_pearson)]

        wanted = [expected["wilson"], expected["jeffreys"], expected["clopper_pearson"]]
        assert near(found, wanted, 1e-6)


@pytest.mark.parametrize("name", of("paired_2x2"))
def test_paired_tables(name: str) -> None:
    (a, b), (c, d) = CASES[name]["input"]["table"]
    expected = CASES[name]["expected"]
    pairs = Paired(a, b, c, d)

    with_phi, without = newcombe(pairs), newcombe(pairs, corrected=False)
    plain, corrected = mcnemar_chi_square(b, c), mcnemar_chi_square(b, c, corrected=True)

    assert with_phi is not None
    assert without is not None
    assert near(with_phi[0], expected["newcombe"]["diff"], 1e-6)
    assert near(limits(with_phi[1]), [expected["newcombe"]["ci_low"], expected["newcombe"]["ci_high"]], 1e-6)
    uncorrected = expected["newcombe_without_phi_correction"]
    assert near(limits(without[1]), [uncorrected["ci_low"], uncorrected["ci_high"]], 1e-6)
    assert near(plain, [expected["chi2"], expected["p"]], 1e-6)
    assert near(corrected, [expected["chi2_cc"], expected["p_cc"]], 1e-6)
    assert near(sign_test(b, c).p_exact, expected["p_exact"], 1e-6)
    assert near(sign_test(b, c).p_mid, expected["p_midp"], 1e-6)


@pytest.mark.parametrize("name", of("sign_test"))
def test_sign_test(name: str) -> None:
    case = CASES[name]

    found = sign_test(case["input"]["self_higher"], case["input"]["self_lower"])

    wanted = case["expected"]
    assert near(
        [found.untied, found.p_exact, found.p_mid], [wanted["n_untied"], wanted["p_exact"], wanted["p_midp"]], 1e-6
    )


@pytest.mark.parametrize("name", of("agreement_table"))
def test_agreement_tables(name: str) -> None:
    table, expected = CASES[name]["input"]["table"], CASES[name]["expected"]

    for weighting in ("unweighted", "linear", "quadratic"):
        found = [observed(table, weighting), kappa(table, weighting), gwet(table, weighting)]
        assert near(found, [expected[weighting][key] for key in ("po", "kappa", "ac")], 1e-6)
    specific = [specific_agreement(table, mark) for mark in range(len(table))]
    assert near(specific, expected["specific_agreement"], 1e-6)


@pytest.mark.parametrize("name", of("self_peer_pairs"))
def test_pairs_of_self_and_agreed(name: str) -> None:
    given = [[None if score == "NS" else score for score in pair] for pair in CASES[name]["input"]["pairs"]]
    expected = CASES[name]["expected"]

    pairs = pair_table([(ours, theirs) for ours, theirs in given])

    assert near(pairs.table, expected["table"], 0)
    assert (pairs.n, pairs.both_not_applicable, pairs.applicability_differs, pairs.not_scored) == tuple(
        expected[key] for key in ("n_scored_pairs", "n_both_na", "n_na_mismatch", "n_not_scored")
    )
    assert near(pairs.applicability_agreement, expected["applicability_agreement_percent"], 1e-6)
    assert (pairs.self_higher, pairs.self_lower) == (expected["self_higher"], expected["self_lower"])
    assert near([kappa(pairs.table), gwet(pairs.table)], [expected["kappa_linear"], expected["ac2_linear"]], 1e-6)


@pytest.mark.parametrize("name", of("quantiles"))
def test_quantiles_of_type_7(name: str) -> None:
    case = CASES[name]

    found = [quantile(case["input"]["values"], share) for share in case["input"]["probs"]]

    assert near(found, case["expected"]["type7_default"], 1e-8)


@pytest.mark.parametrize("name", of("independent_difference"))
def test_difference_of_independent_shares(name: str) -> None:
    for numbers, expected in zip(CASES[name]["input"]["pairs"], CASES[name]["expected"], strict=True):
        found = independent_difference(*numbers)

        assert found is not None
        wanted = [expected["diff"], expected["ci_low"], expected["ci_high"]]
        assert near([found[0], *limits(found[1])], wanted, 1e-6)


@pytest.mark.parametrize("name", of("crosswalk_trend"))
def test_trend_follows_lineage(name: str) -> None:
    case = CASES[name]
    kinds = {"equivalent": "unchanged", "merge": "merged", "retired": "withdrawn", "changed": "reworded"}
    lineage = [
        Lineage(kinds.get(group["relation"], group["relation"]), tuple(group["edition1"]), tuple(group["edition2"]))
        for group in case["input"]["groups"]
    ]
    communities = [
        CommunityScores(
            service["id"],
            *(
                {code: None if score == "NS" else score for code, score in service[edition].items()}
                for edition in ("edition1", "edition2")
            ),
        )
        for service in case["input"]["services"]
    ]

    found = trend(lineage, communities)

    for pairs, wanted in (
        (found.equivalent_only, case["expected"]["equivalent_only"]),
        (found.comparable, case["expected"]["comparable"]),
    ):
        changed = change(pairs)
        assert changed is not None
        table = [[pairs.both, pairs.first_only], [pairs.second_only, pairs.neither]]
        assert (table, pairs.n) == (wanted["table_met_notmet"], wanted["n_pairs"])
        assert near(changed.difference, wanted["change_2_minus_1"], 1e-6)
        assert near(limits(changed.interval), [wanted["ci_low"], wanted["ci_high"]], 1e-6)
        assert near(changed.p, wanted["mcnemar_midp"], 1e-6)
