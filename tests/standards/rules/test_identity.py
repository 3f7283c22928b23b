"""Equal editions have one hash, and any change gives another."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from communitas.standards.rules import identity
from communitas.standards.rules.edition import (
    TWO_MARKS,
    Criterion,
    Edition,
    Layer,
    Level,
    Section,
    Value,
)

CRITERION = Criterion("1.1", "Everyone has a voice.", Level.ESSENTIAL, key="voice", applies_to=("prison",))
SECTION = Section("Culture", (CRITERION, Criterion("1.2", "Meals are shared.", Level.DESIRABLE)), code="1")
EDITION = Edition("Standards", 3, (SECTION,), values=(Value("Belonging", "People belong."),))


def with_criterion(**changes: Any) -> Edition:
    first = replace(CRITERION, **changes)
    return replace(EDITION, sections=(replace(SECTION, criteria=(first, SECTION.criteria[1])),))


def test_equal_editions_have_one_hash() -> None:
    assert identity.hash_of(with_criterion()) == identity.hash_of(EDITION)


def test_the_hash_is_pinned() -> None:
    assert identity.hash_of(EDITION) == "1437dc068558ce6d0fbe0fb5f270173c68469e3c58446f0cd493552587fadae7"


@pytest.mark.parametrize("name", [field.name for field in fields(Criterion)])
def test_every_field_of_a_criterion_counts(name: str) -> None:
    other = {"level": Level.EXPECTED, "applies_to": ("nhs",)}.get(name, "other")

    assert identity.hash_of(with_criterion(**{name: other})) != identity.hash_of(EDITION)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("title", "Other"),
        ("number", 4),
        ("sections", (replace(SECTION, criteria=SECTION.criteria[::-1]),)),
        ("scale", TWO_MARKS),
        ("values", ()),
        ("layers", (Layer("prison", "Prisons", "supplement", ("prison",)),)),
        ("summary", "Other"),
    ],
)
def test_every_field_of_an_edition_counts(name: str, other: Any) -> None:
    assert identity.hash_of(replace(EDITION, **{name: other})) != identity.hash_of(EDITION)


def test_the_cases_above_name_every_field_of_an_edition() -> None:
    assert {field.name for field in fields(Edition)} == {
        "title", "number", "sections", "scale", "values", "layers", "summary",
    }  # fmt: skip


def test_a_criterion_without_key_is_named_by_its_code() -> None:
    assert [identity.key_of(criterion) for criterion in EDITION.criteria()] == ["voice", "1.2"]


def test_the_canonical_text_is_json_in_utf_8() -> None:
    text = identity.canonical(replace(EDITION, title="Gemeinschaft für alle"))

    assert json.loads(text.decode("utf-8"))["title"] == "Gemeinschaft für alle"
