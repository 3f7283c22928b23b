"""What an engine counts is what plain Python counts, on networks at random and on every edge."""

import os
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from communitas.benchmarking.figures import engines, pairs
from communitas.benchmarking.figures.star import NOT_APPLICABLE, NOT_SCORED
from tests.benchmarking.figures.comparing import compare
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
