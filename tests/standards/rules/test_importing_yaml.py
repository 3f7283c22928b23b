"""Editions from YAML."""

from importlib import resources
from pathlib import Path

import pytest

from communitas.kit.tabular import Imported, read_yaml
from communitas.standards.rules.edition import Edition
from communitas.standards.rules.importing_yaml import edition_from_yaml

SMALL = """\
schema: 1
title: T
number: 2
sections:
  - title: S
    criteria:
      - {code: 3.10, statement: a, level: 1}
"""


def imported(text: str) -> Imported[Edition]:
    return edition_from_yaml(read_yaml(text.encode(), file="e.yaml"), file="e.yaml")


def test_a_code_keeps_its_zero() -> None:
    result = imported(SMALL)

    assert result.value is not None
    assert [criterion.code for criterion in result.value.criteria()] == ["3.10"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_editions_of_the_demo_are_read(number: int) -> None:
    name = f"edition-{number}.yaml"
    content = resources.files("communitas.demo").joinpath("data", "standards", name).read_bytes()

    result = edition_from_yaml(read_yaml(content, file=name), file=name)

    assert result.problems == ()
    assert result.value is not None
    assert result.value.number == number


@pytest.mark.parametrize(
    ("old", "new", "row", "reason"),
    [
        ("schema: 1", "schema: 2", 1, "Only schema 1 is known, not 2."),
        ("schema: 1", "scheme: 1", 1, "The schema does not know 'scheme' here."),
        ("title: T\n", "", 1, "'title' is missing."),
        ("number: 2", "number: two", 3, "A whole number from 1 is expected here."),
        ("level: 1", "level: 4", 7, "A level is 1, 2 or 3, or essential, expected or desirable."),
        ("level: 1", "importance: 1", 7, "'level' is missing."),
        ("level: 1", "level: 1, layer: x", 7, "This layer is not among the layers of the edition."),
        (
            "level: 1}",
            "level: 1}\n      - {code: '3.10', statement: b, level: 1}",
            8,
            "The same code stands in line 7 too.",
        ),
        ("  - title: S", "  - {title: s}\n  - title: S", 6, "The same title stands in line 5 too."),
        (
            "number: 2",
            "number: 2\nscale: [{value: 1, word: met}]",
            4,
            "A scale has at least two different marks and begins at 0.",
        ),
        ("statement: a", "statement: [a]", 7, "One text is expected here."),
        ("      - {", "      - x  # {", 7, "Names with values are expected here."),
        ("layers", "layers", None, ""),
    ],
)
def test_what_is_refused_with_its_line(old: str, new: str, row: int | None, reason: str) -> None:
    result = imported(SMALL.replace(old, new))

    if row is None:
        assert result.problems == ()
    else:
        assert (row, reason) in [(problem.row, problem.reason) for problem in result.problems]
        assert result.value is None


def test_the_example_of_the_documentation_is_read() -> None:
    page = (Path(__file__).parents[3] / "docs" / "develop" / "edition-yaml.md").read_text()
    example = page.split("```yaml\n")[1].split("```")[0]

    result = imported(example)

    assert result.problems == ()
    assert result.value is not None
    assert [criterion.code for criterion in result.value.criteria()] == ["1.10"]
