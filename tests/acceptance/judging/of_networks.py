"""The methods about many communities: spread, place, funnels, many tests, and what is hidden."""

from typing import Any

from communitas.benchmarking.rules.disclosure.audit import Cell, audit, primary_cells
from communitas.benchmarking.rules.disclosure.rounding import star_or_five
from communitas.benchmarking.rules.statistics import funnel
from communitas.benchmarking.rules.statistics.mix import expected_from_mix
from communitas.benchmarking.rules.statistics.overdispersion import overdispersion
from communitas.benchmarking.rules.statistics.quantiles import percentile_rank, quantile
from communitas.benchmarking.rules.statistics.several import benjamini_hochberg
from communitas.benchmarking.rules.statistics.values import Undefined
from tests.acceptance.judging.fields import Field

LIMITS = ("lo95", "hi95", "lo998", "hi998")


def quantiles(given: Field, params: Field) -> dict[str, Any]:
    """Quantiles by three definitions."""
    values = given.get("values").given_numbers()
    shares = [each.share() for each in given.get("probs").items()]
    return {
        "type7_default": [quantile(values, share) for share in shares],
        "type6": [quantile(values, share, kind=6) for share in shares],
        "type2": [quantile(values, share, kind=2) for share in shares],
    }


def percentile_rank_of(given: Field, params: Field) -> dict[str, Any]:
    """The place of each score among the values, by four definitions."""
    values = given.get("values").given_numbers()
    scores = [None if each.is_missing() else each.number() for each in given.get("scores").items()]
    return {
        kind: [
            Undefined("none_applied") if score is None else percentile_rank(values, score, kind=kind)
            for score in scores
        ]
        for kind in ("mean", "weak", "strict", "rank")
    }


def funnel_limits_normal(given: Field, params: Field) -> list[Any]:
    """Normal limits."""
    target = given.get("target").share()
    return [_row(n, funnel.normal_limits(target, n)) for n in given.get("n").counts()]


def funnel_limits_binomial_interpolated(given: Field, params: Field) -> list[Any]:
    """The curves that are drawn."""
    target = given.get("target").share()
    return [_row(n, funnel.binomial_limits(target, n)) for n in given.get("n").counts()]


def funnel_flag_exact(given: Field, params: Field) -> list[Any]:
    """The flag that is printed."""
    target = given.get("target").share()
    tails = [funnel.exact_flag(target, x, n) for x, n in _parts(given)]
    return [{"p_low": each.low, "p_high": each.high, "flag": each.flag} for each in tails]


def funnel_overdispersion(given: Field, params: Field) -> dict[str, Any]:
    """Funnels that allow for more than chance; the limits at each n, smallest first."""
    parts = _parts(given)
    sizes = sorted({n for _, n in parts})
    found = overdispersion([x for x, _ in parts], [n for _, n in parts])
    if isinstance(found, Undefined):
        numbers = ("theta", "phi", "tau2", "overdispersion_p")
        scores = ("z", "z_additive", "z_multiplicative")
        return {
            **dict.fromkeys(numbers, found),
            **{name: [found] * len(parts) for name in scores},
            "limits_additive": [_row(n, found) for n in sizes],
        }
    return {
        "theta": found.theta,
        "z": found.z,
        "phi": found.phi,
        "tau2": found.tau2,
        "z_additive": found.z_additive,
        "z_multiplicative": found.z_multiplicative,
        "limits_additive": [_row(n, found.limits(n)) for n in sizes],
        "overdispersion_p": found.p,
    }


def benjamini_hochberg_of(given: Field, params: Field) -> dict[str, Any]:
    """Many tests at once; a P that is null was no test."""
    values = [Undefined("no_differences") if each.is_missing() else each.share() for each in given.get("p").items()]
    found = benjamini_hochberg(values, q=params.get("q", 0.05).share())
    return {"adjusted": found.p, "reject": found.stands_out, "n_rejected": found.found, "m": found.tested}


def criterion_mix_expected(given: Field, params: Field) -> list[Any]:
    """What the mix of criteria would let expect."""
    rates = [None if each.is_missing() else each.share() for each in given.get("criterion_national_met_rate").items()]
    rows = []
    for service in given.get("services").items():
        scores = [each.score(3) for each in service.get("scores").items(len(rates))]
        found = expected_from_mix(rates, scores)
        rows.append(
            {
                "id": service.get("id").text(),
                "n": found.n,
                "observed": found.observed,
                "expected": found.expected,
                "variance": found.variance,
                "z": found.z,
            }
        )
    return rows


def suppression_audit(given: Field, params: Field) -> dict[str, Any]:
    """What can be worked out about hidden cells, for several choices of them."""
    table = [[cell.count() for cell in row] for row in given.get("table").matrix()]
    margins = given.get("margins_published", True).truth()
    threshold = params.get("threshold", 5).count()
    zero_is_safe = params.get("zero_is_safe", True).truth()
    patterns = [
        audit(table, [_cell(cell, table) for cell in pattern.items()], margins_published=margins)
        for pattern in given.get("patterns").items()
    ]
    primary = primary_cells(table, threshold=threshold, zero_is_safe=zero_is_safe)
    return {
        "primary": [list(cell) for cell in primary],
        "intervals": [[[each.low, each.high] for each in bounds] for bounds in patterns],
        "exactly_disclosed": [[list(each.cell) for each in bounds if each.is_disclosed] for bounds in patterns],
    }


def suppress_round5(given: Field, params: Field) -> dict[str, Any]:
    """Counts of people by the rule of NHS Digital."""
    counts = given.get("counts").items()
    return {"display": [None if each.value is None else star_or_five(each.count()) for each in counts]}


def _parts(given: Field) -> list[tuple[int, int]]:
    wholes = given.get("n").counts()
    return [(each.count(n), n) for each, n in zip(given.get("x").items(len(wholes)), wholes, strict=True)]


def _row(n: int, limits: funnel.Limits | Undefined) -> dict[str, Any]:
    if isinstance(limits, Undefined):
        return {"n": n, **dict.fromkeys(LIMITS, limits)}
    values = (limits.low_95, limits.high_95, limits.low_998, limits.high_998)
    return {"n": n, **dict(zip(LIMITS, values, strict=True))}


def _cell(cell: Field, table: list[list[int]]) -> Cell:
    row, column = cell.items(2)
    i = row.count(len(table) - 1)
    return i, column.count(len(table[i]) - 1)
