"""YAML with lines, within limits."""

import pytest

from communitas.kit.tabular import Limits, Problem, dump_yaml, read_yaml


def test_scalars_are_text_as_typed_and_know_their_line() -> None:
    root = read_yaml(b"title: T\ncodes:\n  - 3.10\n  - yes\n  - null\nempty:\n", file="f.yaml").root

    assert root is not None
    parts = root.mapping()
    assert [node.value for node in parts["codes"].items()] == ["3.10", "yes", None]
    assert [node.line for node in parts["codes"].items()] == [3, 4, 5]
    assert parts["empty"].items() == ()


@pytest.mark.parametrize(
    ("content", "row", "reason"),
    [
        (b"a: &x 1\nb: *x\n", 1, "Anchors and aliases (& and *) are not read: write the value out."),
        (b"a: !!python/object:os.system {}\n", 1, "Tags (!!) are not read: write the plain value."),
        (b"a: 1\nb: 2\na: 3\n", 3, "This name stands twice."),
        (b"a: [1\nb: 2\n", 2, "This is not valid YAML: did not find expected ',' or ']'."),
        (b"[" * 100_000, 1, "The file is nested too deeply, too long, or holds several documents."),
        (b"a: 1\n---\nb: 2\n", 2, "The file is nested too deeply, too long, or holds several documents."),
        (b"", None, "The file is empty."),
        ("é".encode("cp1252"), None, "A YAML file must be written in UTF-8."),
    ],
)
def test_what_is_refused(content: bytes, row: int | None, reason: str) -> None:
    reading = read_yaml(content, file="f.yaml")

    assert reading.root is None
    assert [(problem.row, problem.reason) for problem in reading.problems] == [(row, reason)]


def test_a_file_that_is_too_large_is_refused() -> None:
    assert read_yaml(b"a: 1", file="f.yaml", limits=Limits(file_bytes=2)).problems == (
        Problem("f.yaml", "The file is larger than 0 MB. Split it, or remove pictures from it."),
    )


def test_what_is_written_is_read_again() -> None:
    data = {"a": "3.10", "b": ["yes", "two\nlines", "", "null", "# no comment", "é"], "c": {"d": "1"}}

    root = read_yaml(dump_yaml(data), file="f.yaml").root

    assert root is not None
    assert [node.text() for node in root.mapping()["b"].items()] == data["b"]
    assert root.mapping()["a"].text() == "3.10"
