"""The methods of consultations: what people think of a statement, and whether they still change their minds."""

from typing import Any

from communitas.benchmarking.rules.statistics import delphi
from communitas.benchmarking.rules.statistics.ranks import kendall_w
from tests.acceptance.judging.fields import Field


def delphi_ipras(given: Field, params: Field) -> dict[str, Any]:
    """Disagreement by the width of the middle."""
    scale, ratings = _ratings(given, "ratings")
    found = delphi.spread([rating for rating in ratings if rating is not None], scale=scale)
    return {
        "median": found.median,
        "p30": found.p30,
        "p70": found.p70,
        "ipr": found.width,
        "asymmetry_index": found.asymmetry,
        "ipras": found.ipras,
        "disagreement": found.disagreement,
        "disagreement_index": found.index,
    }


def delphi_summary(given: Field, params: Field) -> dict[str, Any]:
    """One statement in one round; those who abstained are counted apart."""
    scale, ratings = _ratings(given, "ratings")
    answered = [rating for rating in ratings if rating is not None]
    wanted = params.get("consensus_percent", delphi.CONSENSUS_PERCENT)
    if not 0 <= wanted.number() <= 100:
        raise wanted.wrong("a percentage")
    found = delphi.opinion(answered, consensus_percent=wanted.number(), scale=scale)
    return {
        "n": found.n,
        "abstained": len(ratings) - found.n,
        "median": found.median,
        "iqr": found.iqr,
        "q1": found.lower,
        "q3": found.upper,
        "percent_agree": found.percent_agree,
        "percent_disagree": found.percent_disagree,
        "consensus_in": found.consensus,
        "rand_classic_disagreement": found.classic_disagreement,
        "outside_median_region": found.outside_median_region,
    }


def delphi_stability(given: Field, params: Field) -> dict[str, Any]:
    """Two rounds, person by person."""
    scale, first = _ratings(given, "round1")
    given.get("round2").items(len(first))
    found = delphi.stability(first, _ratings(given, "round2")[1], scale=scale)
    return {
        "n_paired": found.n,
        "percent_changed": found.percent_changed,
        "scheibe_net_change_percent": found.net_change_percent,
        "median_change": found.median_change,
        "iqr_change": found.iqr_change,
        "kappa_quadratic": found.kappa_quadratic,
        "stable_15": found.stable,
    }


def kendall_w_of(given: Field, params: Field) -> dict[str, Any]:
    """Common order; a subject that somebody did not rate is left out."""
    rows = [row for row in given.get("ratings").matrix() if not any(each.is_missing() for each in row)]
    found = kendall_w([[each.number() for each in row] for row in rows])
    return {"W": found.w, "chi2": found.test.statistic, "df": found.test.degrees, "p": found.test.p}


def _ratings(given: Field, name: str) -> tuple[tuple[int, int], list[int | None]]:
    scale = given.get("scale", list(delphi.NINE)).scale()
    ratings: list[int | None] = []
    for each in given.get(name).items():
        rating = None if each.is_missing() else each.whole()
        if rating is not None and not scale[0] <= rating <= scale[1]:
            raise each.wrong(f"a rating from {scale[0]} to {scale[1]}")
        ratings.append(rating)
    return scale, ratings
