"""The worked examples of the open file, and the runner that takes any file of its schema."""

import io
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.statistics import main

FILE = Path(__file__).parent / "statistics.json"
OPEN = json.loads(FILE.read_text(encoding="utf-8"))
CASES = {case["method"]: case for case in OPEN["cases"]}


def run(path: Path) -> tuple[int, list[str], str]:
    out, err = io.StringIO(), io.StringIO()
    status = main([str(path)], out=out, err=err)
    return status, out.getvalue().splitlines(), err.getvalue()


def judged(tmp_path: Path, *cases: Any, **frame: Any) -> tuple[int, list[str], str]:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"schema_version": "1", "cases": cases} | frame), encoding="utf-8")
    return run(path)


def case(method: str, given: Any, expected: Any, *, params: Any = None) -> dict[str, Any]:
    return {
        "id": "X",
        "method": method,
        "input": given,
        "params": params or {},
        "expected": expected,
        "tolerance": {"abs": 1e-6},
    }


def test_the_open_file_passes() -> None:
    status, lines, complaints = run(FILE)

    assert (status, complaints) == (0, "")
    assert lines == [f"{each['id']} ok" for each in OPEN["cases"]]


def test_what_differs_is_said_with_both_values(tmp_path: Path) -> None:
    wrong = case("sign_test", {"self_higher": 8, "self_lower": 2}, {"n_untied": 9, "p_exact": None, "p_mid": 0.1})

    status, lines, _ = judged(tmp_path, wrong)

    assert status == 1
    assert lines == [
        "X differs n_untied expected 9 found 10; p_exact expected null found 0.109375; p_mid expected 0.1 found nothing"
    ]


def test_undefined_is_null_with_its_reason_and_never_a_number(tmp_path: Path) -> None:
    none = case("sign_test", {"self_higher": 0, "self_lower": 0}, {"n_untied": 0, "p_exact": None, "p_midp": 1.0})

    assert judged(tmp_path, none)[1] == ["X differs p_midp expected 1 found null (no_differences)"]


def test_limits_are_found_by_their_n_however_many_are_asked_for(tmp_path: Path) -> None:
    limits = {"lo95": 0.0, "hi95": 1.0}
    few = case("funnel_limits_normal", {"target": 0.5, "n": [1, 9]}, [{"n": 9, "lo95": 0.1733393}])
    more = case("funnel_limits_normal", {"target": 0.5, "n": [1]}, [{"n": 1, **limits}, {"n": 9, "lo95": 0.1733393}])

    assert judged(tmp_path, few)[:2] == (0, ["X ok"])
    assert judged(tmp_path, more)[0] == 1


def test_an_unknown_method_is_not_supported_whatever_it_holds(tmp_path: Path) -> None:
    status, lines, complaints = judged(tmp_path, case("crystal_ball", {"odd": [None]}, {}))

    assert (status, lines, complaints) == (0, ["X not supported"], "")


@pytest.mark.parametrize("field", ["id", "method", "input", "params", "expected", "tolerance"])
def test_a_case_without_a_field_is_malformed_and_the_others_are_judged(tmp_path: Path, field: str) -> None:
    good = deepcopy(CASES["sign_test"])
    bad = {**case("sign_test", {"self_higher": 1, "self_lower": 1}, {}), "id": "B"}
    del bad[field]

    status, lines, complaints = judged(tmp_path, bad, good)

    assert (status, lines) == (2, [f"{good['id']} ok"])
    assert complaints == f"malformed: case {'number 1' if field == 'id' else 'B'}.{field} is missing\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not JSON"),
        ("[1, 2", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "the file should be an object"),
        ("{}", "the file.cases is missing"),
        ('{"cases": {}}', "the file.cases should be a list"),
        ('{"schema_version": "2", "cases": []}', "schema_version should be '1'"),
        ('{"cases": [NaN]}', "NaN"),
        ('{"cases": [7]}', "case number 1 should be an object"),
        ('{"cases": [' + "9" * 5000 + "]}", "a number that cannot be read"),
    ],
)
def test_a_file_of_another_form_is_malformed(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")

    status, lines, complaints = run(path)

    assert (status, lines) == (2, [])
    assert complaint in complaints


def test_a_file_that_is_not_there_or_no_text_is_malformed(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    assert [run(path)[0] for path in (tmp_path / "none", tmp_path, tmp_path / "binary")] == [2, 2, 2]
    assert main([], out=io.StringIO(), err=io.StringIO()) == 2


def test_two_cases_of_one_name_are_malformed(tmp_path: Path) -> None:
    assert (
        judged(tmp_path, CASES["sign_test"], CASES["sign_test"])[2] == "malformed: case O08 stands in the file twice\n"
    )


STRANGE: list[Any] = [None, True, -1, 0.5, "x", "NA", [], [[]], {}, [[1, 2], [3]], [None], [-1], ["x"], [[None]], 1e300]


@pytest.mark.parametrize("method", sorted(CASES))
def test_strange_input_is_malformed_or_computed_but_never_breaks_the_run(tmp_path: Path, method: str) -> None:
    cases: list[Any] = []
    for place in ("input", "params"):
        for field in CASES[method][place]:
            for value in [*STRANGE, "taken away"]:
                changed = deepcopy(CASES[method])
                changed["id"] = str(len(cases))
                changed["expected"] = {} if isinstance(changed["expected"], dict) else []
                changed[place][field] = value
                if value == "taken away":
                    del changed[place][field]
                cases.append(changed)

    status, lines, complaints = judged(tmp_path, *cases)

    assert status in {1, 2}
    assert len(lines) + len(complaints.splitlines()) == len(cases)


@pytest.mark.parametrize("method", sorted(CASES))
def test_each_part_of_an_input_may_be_missing_or_empty_without_breaking_the_run(tmp_path: Path, method: str) -> None:
    cases: list[Any] = []
    for i, given in enumerate(thinned(CASES[method]["input"])):
        cases.append({**CASES[method], "id": str(i), "input": given, "expected": {}})

    _, lines, complaints = judged(tmp_path, *cases)

    assert len(lines) + len(complaints.splitlines()) == len(cases)


def thinned(value: Any) -> list[Any]:
    """A value with each of its parts in turn set to null, to zero, or taken away; the first rows of long lists only."""
    if isinstance(value, dict):
        return [{**value, key: part} for key, each in value.items() for part in (None, *thinned(each))]
    if isinstance(value, list):
        shorter = [[], value[1:], *([part, *value[1:]] for part in (thinned(value[0]) if value else []))]
        return [*shorter, [None, *value[1:]], [0, *value[1:]]]
    return [None, 0]
