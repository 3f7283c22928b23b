"""The methods about shares: their likely range, their difference, their change."""

from typing import Any

from communitas.benchmarking.rules.lineage import CommunityScores, Lineage, LineageKind, trend
from communitas.benchmarking.rules.statistics import proportions, trends
from communitas.benchmarking.rules.statistics.paired import (
    Paired,
    mcnemar_chi_square,
    mcnemar_mid_p,
    newcombe,
    sign_test,
)
from communitas.benchmarking.rules.statistics.proportions import Difference
from communitas.benchmarking.rules.statistics.severity import pairwise_severity
from communitas.benchmarking.rules.statistics.values import Interval, Undefined, Value
from tests.acceptance.judging.fields import Field, confidence_of

RELATIONS: dict[str, tuple[LineageKind, bool]] = {
    "equivalent": ("unchanged", True),
    "unchanged": ("unchanged", True),
    "level changed": ("level changed", True),
    "level_changed": ("level changed", True),
    "reworded": ("reworded", False),
    "split": ("split", True),
    "merge": ("merged", True),
    "merged": ("merged", True),
    "changed": ("reworded", False),
    "new": ("new", False),
    "retired": ("withdrawn", False),
    "withdrawn": ("withdrawn", False),
}


def proportion_interval(given: Field, params: Field) -> list[Any]:
    """Three intervals of each share."""
    confidence = confidence_of(params)
    wholes = given.get("n").counts()
    parts = [each.count(n) for each, n in zip(given.get("x").items(len(wholes)), wholes, strict=True)]
    return [
        {
            "p": proportions.share(x, n),
            "wilson": _limits(proportions.wilson(x, n, confidence=confidence)),
            "jeffreys": _limits(proportions.jeffreys(x, n, confidence=confidence)),
            "clopper_pearson": _limits(proportions.clopper_pearson(x, n, confidence=confidence)),
        }
        for x, n in zip(parts, wholes, strict=True)
    ]


def independent_difference(given: Field, params: Field) -> list[Any]:
    """The difference of x1 of n1 and x2 of n2."""
    confidence = confidence_of(params)
    rows = []
    for pair in given.get("pairs").items():
        first, whole1, second, whole2 = pair.items(4)
        n1, n2 = whole1.count(), whole2.count()
        found = proportions.independent_difference(first.count(n1), n1, second.count(n2), n2, confidence=confidence)
        rows.append(_difference(found))
    return rows


def paired_2x2(given: Field, params: Field) -> dict[str, Any]:
    """Before and after, yes and no."""
    (a, b), (c, d) = given.get("table").square(2)
    pairs = Paired(a, b, c, d)
    confidence = confidence_of(params)
    plain, corrected, test = mcnemar_chi_square(b, c), mcnemar_chi_square(b, c, corrected=True), sign_test(b, c)
    with_phi = _difference(newcombe(pairs, confidence=confidence))
    return {
        "b": b,
        "c": c,
        "n": pairs.n,
        "chi2": plain.statistic,
        "p": plain.p,
        "chi2_cc": corrected.statistic,
        "p_cc": corrected.p,
        "p_exact": test.p_exact,
        "p_midp": test.p_mid,
        "newcombe": {"p1": pairs.first, "p2": pairs.second, **with_phi},
        "newcombe_without_phi_correction": _difference(newcombe(pairs, corrected=False, confidence=confidence)),
    }


def sign_test_of(given: Field, params: Field) -> dict[str, Any]:
    """How many were higher and lower."""
    found = sign_test(given.get("self_higher").count(), given.get("self_lower").count())
    given.get("ties", 0).count()
    return {"n_untied": found.untied, "p_exact": found.p_exact, "p_midp": found.p_mid}


def pairwise_severity_of(given: Field, params: Field) -> dict[str, Any]:
    """Is one of two raters more severe?"""
    found = pairwise_severity(
        given.get("self_met_peer_not").count(),
        given.get("peer_met_self_not").count(),
        confidence=confidence_of(params),
    )
    low, high = _limits(found.interval)
    return {
        "log_odds_severity": found.estimate.value,
        "se": found.estimate.standard_error,
        "ci_low": low,
        "ci_high": high,
    }


def cochran_q(given: Field, params: Field) -> dict[str, Any]:
    """The same communities over editions; one that lacks an edition is left out."""
    rows = [row for row in given.get("table").matrix() if not any(each.is_missing() for each in row)]
    found = trends.cochran_q([[_met(each) for each in row] for row in rows])
    return {"stat": found.statistic, "df": found.degrees, "p": found.p}


def cochran_armitage(given: Field, params: Field) -> dict[str, Any]:
    """Different communities over editions."""
    wholes = given.get("n").counts()
    parts = [each.count(n) for each, n in zip(given.get("x").items(len(wholes)), wholes, strict=True)]
    found = trends.cochran_armitage(parts, wholes, given.get("scores").numbers(len(wholes)))
    return {"z": found.z, "chi2": found.chi_square, "p": found.p}


def crosswalk_trend(given: Field, params: Field) -> dict[str, Any]:
    """Change over two editions that have not all criteria in common."""
    lineage = [_lineage(group) for group in given.get("groups").items()]
    communities = [
        CommunityScores(service.get("id").text(), _scores(service, "edition1"), _scores(service, "edition2"))
        for service in given.get("services").items()
    ]
    found = trend(lineage, communities)
    confidence = confidence_of(params)
    return {
        "equivalent_only": _change(found.equivalent_only, confidence),
        "comparable": _change(found.comparable, confidence),
    }


def _change(pairs: Paired, confidence: float) -> dict[str, Any]:
    later = Paired(pairs.both, pairs.second_only, pairs.first_only, pairs.neither)  # later minus earlier
    found = _difference(newcombe(later, confidence=confidence))
    return {
        "table_met_notmet": [[pairs.both, pairs.first_only], [pairs.second_only, pairs.neither]],
        "n_pairs": pairs.n,
        "met1": pairs.first,
        "met2": pairs.second,
        "change_2_minus_1": found["diff"],
        "ci_low": found["ci_low"],
        "ci_high": found["ci_high"],
        "mcnemar_midp": mcnemar_mid_p(pairs.first_only, pairs.second_only),
    }


def _lineage(group: Field) -> Lineage:
    relation = group.get("relation")
    if relation.text() not in RELATIONS:
        raise relation.wrong("one of " + ", ".join(RELATIONS))
    kind, same = RELATIONS[relation.text()]
    same = same or group.get("same_meaning", False).truth()
    earlier, later = (tuple(code.text() for code in group.get(name, []).items()) for name in ("edition1", "edition2"))
    return Lineage(kind, earlier, later, same_meaning=same)


def _scores(service: Field, edition: str) -> dict[str, Any]:
    """The scores of one edition; a service that took no part has none."""
    if not service.has(edition):
        return {}
    scores = service.get(edition)
    if not isinstance(scores.value, dict):
        raise scores.wrong("an object")
    return {code: scores.get(code).score(3) for code in scores.value}


def _met(cell: Field) -> bool:
    return cell.value if isinstance(cell.value, bool) else cell.count(1) == 1


def _limits(interval: Interval | Undefined) -> list[Value]:
    return [interval, interval] if isinstance(interval, Undefined) else [interval.low, interval.high]


def _difference(found: Difference | Undefined) -> dict[str, Value]:
    if isinstance(found, Undefined):
        return dict.fromkeys(("diff", "ci_low", "ci_high"), found)
    return {"diff": found.difference, "ci_low": found.interval.low, "ci_high": found.interval.high}
