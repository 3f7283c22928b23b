"""The facts file: its columns, its bytes, what it says about itself, and how lightly the rest starts without it."""

import hashlib
import io
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from communitas.benchmarking.figures import star, writing
from communitas.benchmarking.rules.facts import Score
from tests.benchmarking.figures.ground import Played, played

ONE: list[Score] = [2, 1, "NA", None, 0]


def made() -> Played:
    return played(["C2", "C1"], ONE * 4, cycle=1)


def test_the_same_facts_are_the_same_bytes() -> None:
    assert hashlib.sha256(made().content()).digest() == hashlib.sha256(made().content()).digest()


def test_a_row_says_all_that_is_needed() -> None:
    row = pq.read_table(io.BytesIO(made().content())).to_pylist()[0]

    assert {**row, "cycle_opens_on": str(row["cycle_opens_on"])} == {
        "network": "made-up",
        "cycle": 1,
        "cycle_name": "cycle 1",
        "cycle_opens_on": "2021-09-01",
        "edition": 1,
        "edition_name": "Standards",
        "enrolment": 1000,
        "community": 1,
        "community_code": "C1",
        "organisation": "Trust 0",
        "service_type": "",
        "region": "",
        "criterion": "key-1.1",
        "criterion_code": "1.1",
        "section": "Care",
        "level": 2,
        "lineage": "1/key-1.1",
        "kind": "self",
        "mark": "met",
        "score": 2,
        "top": 2,
    }


def test_what_is_not_a_score_is_a_mark_without_a_number() -> None:
    rows = pq.read_table(io.BytesIO(made().content())).to_pylist()

    found = {(row["mark"], row["score"]) for row in rows}
    assert found == {
        ("met", 2),
        ("partly met", 1),
        ("not met", 0),
        ("not applicable", None),
        ("not scored", None),
    }


def test_the_file_says_what_it_is_of() -> None:
    header = star.header_of(made().content())

    assert (header.code_version, header.round.name, header.criteria) == ("0", "cycle 1", 5)
    assert [each.code for each in header.enrolled] == ["C1", "C2"]
    assert header.rows == 2 * 3 + 2 * 5  # one community of no type, one prison; two kinds of score


def test_a_cycle_without_communities_is_a_file_without_rows() -> None:
    header = star.header_of(played([], [], cycle=1).content())

    assert (header.rows, header.enrolled) == (0, ())


def test_enrolments_of_others_are_refused() -> None:
    one, other = made(), played(["C7"], [], cycle=1)

    with pytest.raises(ValueError, match="not those of the cohort"):
        writing.rows_of(one.cohort, star.Round("n", 1, "c", "2021-01-01"), star.Book(1, "S", 2), other.enrolled, {})


def test_django_starts_without_arrow_and_engines() -> None:
    heavy = "{'ibis', 'duckdb', 'pyarrow', 'pandas', 'pyspark'}"
    code = (
        "import sys, django; django.setup(); import communitas.config.urls, communitas.benchmarking.tasks;"
        f" sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
