"""The editions of the demo network are complete, and their lineage agrees with their texts."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from communitas.standards.rules.edition import Criterion, Edition, Level
from communitas.standards.rules.lineage import Kind
from tests.demo.files import Data, by_key, edition_of, hearth_edition, load

SIZES = {1: 92, 2: 98, 3: 104}
EDITIONS = [pytest.param(hearth_edition(number), id=f"edition {number}") for number in SIZES] + [
    pytest.param(edition_of(load("twin-network.yaml")["edition"]), id="twin network")
]


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_complete_and_names_nothing_twice(edition: Edition) -> None:
    criteria = list(edition.criteria())
    layers = {layer.code for layer in edition.layers}

    assert all(value > 0 for value in Counter(section.title for section in edition.sections).values())
    assert len({criterion.key for criterion in criteria}) == len(criteria)
    assert len({criterion.statement for criterion in criteria}) == len(criteria)
    assert len({criterion.plain_text for criterion in criteria}) == len(criteria)
    assert all(c.guidance and c.evidence and c.plain_text and c.standard for c in criteria)
    assert {criterion.layer for criterion in criteria} == layers
    assert [mark.value for mark in edition.scale.marks] == sorted(
        (mark.value for mark in edition.scale.marks), reverse=True
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_codes_number_the_sections_and_their_criteria(edition: Edition) -> None:
    for position, section in enumerate(edition.sections, start=1):
        assert section.code == str(position)
        assert [c.code for c in section.criteria] == [
            f"{position}.{number}" for number in range(1, len(section.criteria) + 1)
        ]


@pytest.mark.parametrize("number", SIZES)
def test_an_edition_has_its_size_and_a_believable_share_of_levels(number: int) -> None:
    levels = Counter(criterion.level for criterion in hearth_edition(number).criteria())

    assert levels.total() == SIZES[number]
    assert 27 <= 100 * levels[Level.ESSENTIAL] / levels.total() <= 33
    assert 42 <= 100 * levels[Level.EXPECTED] / levels.total() <= 48
    assert 22 <= 100 * levels[Level.DESIRABLE] / levels.total() <= 28


@pytest.mark.parametrize("edition", EDITIONS)
def test_plain_text_is_short_enough_for_a_reader_of_eleven(edition: Edition) -> None:
    for criterion in edition.criteria():
        sentences = [s for s in re.split(r"[.!?]\s*", criterion.plain_text) if s]
        words = re.findall(r"[^\W\d]+(?:['’][^\W\d]+)?", criterion.plain_text)

        assert max(len(sentence.split()) for sentence in sentences) <= 22, criterion.key
        assert sum(map(len, words)) / len(words) < 5.2, criterion.key


def test_every_service_type_has_criteria_and_supplements_stay_with_their_type() -> None:
    edition = hearth_edition(3)
    types = [service_type["code"] for service_type in load("communities.yaml")["service_types"]]

    counts = {code: len(edition.applicable(code)) for code in types}

    assert {name for c in edition.criteria() for name in c.applies_to} <= set(types)
    assert counts == {"adult": 88, "prison": 91, "addiction": 89, "children": 92, "learning_disability": 88}
    assert len(edition.applicable("adult", frozenset({"outreach"}))) == counts["adult"] + 4


@pytest.mark.parametrize(("older", "newer"), list(pairwise(SIZES)))
def test_lineage_agrees_with_the_texts_of_both_editions(older: int, newer: int) -> None:
    before, after = by_key(hearth_edition(older)), by_key(hearth_edition(newer))
    links = load(f"standards/lineage-{older}-{newer}.yaml")

    assert sorted(key for link in links for key in link["from"]) == sorted(before)
    assert sorted(key for link in links for key in link["to"]) == sorted(after)
    for link in links:
        assert set(link) == {"kind", "from", "to", "same_meaning"}
        _check(link, [before[key] for key in link["from"]], [after[key] for key in link["to"]])


def _check(link: Data, old: list[Criterion], new: list[Criterion]) -> None:
    kind = Kind(link["kind"])
    sizes = (len(old), len(new))
    if kind in {Kind.UNCHANGED, Kind.REWORDED, Kind.LEVEL_CHANGED}:
        assert sizes == (1, 1)
        assert (old[0].statement == new[0].statement) is (kind is not Kind.REWORDED), link
        assert (old[0].level == new[0].level) is (kind is not Kind.LEVEL_CHANGED), link
        assert link["same_meaning"] or kind is Kind.REWORDED
    else:
        assert not link["same_meaning"]
        assert {
            Kind.SPLIT: len(old) == 1 and len(new) >= 2,
            Kind.MERGED: len(old) >= 2 and len(new) == 1,
            Kind.NEW: sizes == (0, 1),
            Kind.WITHDRAWN: sizes == (1, 0),
        }[kind], link


@pytest.mark.parametrize("name", ["lineage-1-2", "lineage-2-3"])
def test_lineage_shows_every_kind_and_leaves_most_criteria_comparable(name: str) -> None:
    links = load(f"standards/{name}.yaml")

    assert {link["kind"] for link in links} == {kind.value for kind in Kind}
    assert {link["same_meaning"] for link in links if link["kind"] == "reworded"} == {True, False}
    assert sum(link["same_meaning"] for link in links) / len(links) > 0.75
