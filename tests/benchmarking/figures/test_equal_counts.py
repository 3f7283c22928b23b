"""What an engine counts is what plain Python counts, on networks at random and on every edge."""

import os
import subprocess
import sys
from collections import Counter
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings

from communitas.benchmarking.figures import engines, pairs, reading
from communitas.benchmarking.figures.star import NOT_APPLICABLE, NOT_SCORED
from communitas.benchmarking.rules.statistics.raters import alpha, coincidences, units_of
from communitas.benchmarking.rules.statistics.trends import cochran_q, cochran_q_of_totals
from tests.benchmarking.figures.comparing import CODES_BY_LINE, compare, courses_of, met_of
from tests.benchmarking.figures.ground import Played, cycles, played

# A few hundred rows are not worth what Java and Spark do to be quick with millions: a third of the time without.
FOR_A_SHORT_RUN = {
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "PYSPARK_SUBMIT_ARGS": "--conf spark.sql.adaptive.enabled=false --conf spark.sql.codegen.wholeStage=false"
    " pyspark-shell",
}


@given(cycles())
@settings(max_examples=12)
def test_duckdb_counts_what_the_rules_count(both: tuple[Played, Played]) -> None:
    compare(engines.Choice(), *both)


@pytest.mark.spark
def test_spark_counts_what_the_rules_count() -> None:
    """In a process of its own: Java and its sockets end with it."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarking.figures.on_spark"]

    ended = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **FOR_A_SHORT_RUN})

    assert ended.returncode == 0, ended.stderr[-4000:]


@pytest.mark.parametrize("score", [2, 0, "NA", None], ids=["all met", "none met", "all N/A", "none scored"])
def test_a_network_that_is_all_the_same_is_counted(score: Any) -> None:
    size = 3 * 5 * 2

    compare(
        engines.Choice(),
        played(["C1", "C2", "C3"], [score] * size, cycle=1),
        played(["C1", "C2", "C3"], [score] * size, cycle=2),
    )


def test_answers_of_a_pair_are_scores_or_states() -> None:
    one = played(["C1"], [2, 1, "NA", "NA", None, 0], cycle=1)
    with engines.facts_in(engines.Choice(), [one.content()]) as (engine, facts):
        rows = engine.run(pairs.pairs(facts)).to_pylist()

    found = Counter({(row["self_answer"], row["agreed_answer"]): row["n"] for row in rows if row["section"] == "Care"})
    assert found == {(2, 1): 1, (NOT_APPLICABLE, NOT_APPLICABLE): 1}
    assert {(row["self_answer"], row["agreed_answer"]) for row in rows if row["section"] == "Place"} == {
        (NOT_SCORED, NOT_SCORED)
    }


def test_three_raters_who_left_some_out_agree_as_the_rules_say() -> None:
    ratings: list[list[int | None]] = [[2, 2, 1, None, 0, 2], [2, 1, 1, None, 0, None], [2, 2, None, 1, None, 0]]
    kinds = ("self", "reviewer", "agreed")
    rows = [
        {"enrolment": 1, "criterion": str(unit), "kind": kind, "score": score}
        for kind, given_ in zip(kinds, ratings, strict=True)
        for unit, score in enumerate(given_)
    ]
    with engines.opened(engines.Choice()) as engine:
        found = reading.alpha_of_raters(engine, ibis.memtable(pa.Table.from_pylist(rows)), levels=3)

    assert found == pytest.approx(alpha(coincidences(units_of(ratings, levels=3), levels=3), "ordinal"))


def test_the_same_services_over_three_cycles_are_cochran_q() -> None:
    every: list[Any] = [2, 0, 1, 2, 2, 2, "NA", None, 1]
    three = [played(["C1", "C2", "C3", "C4"], (every[n:] + every[:n]) * 5, cycle=n) for n in (1, 2, 3)]
    with engines.facts_in(engines.Choice(), [each.content() for each in three]) as (engine, facts):
        found = reading.course(engine, facts, codes=CODES_BY_LINE, years={1: 2021, 2: 2022, 3: 2023})

    assert found == tuple(courses_of(three))
    told = [met_of(each, "1.1") for each in three]
    rows = [[met[who] for met in told] for who in set.intersection(*map(set, told))]
    assert cochran_q_of_totals(found[0].same_met, squares=found[0].squares) == cochran_q(rows)
