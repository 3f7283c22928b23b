"""A draft is written, rearranged and undone."""

from datetime import timedelta
from typing import Any

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from communitas.standards import actions, queries
from communitas.standards.models import Criterion, Edition, Standard, StandardSet
from communitas.standards.rules import edition as rules
from communitas.standards.rules.identity import hash_of
from tests.cast import NOW, World
from tests.standards.conftest import edition_data


def codes(edition: Edition) -> list[list[str]]:
    return [[row.code for row in section.criteria] for section in queries.sections_of(edition.pk)]


def headings(edition: Edition) -> list[str]:
    return [row.standard for section in queries.sections_of(edition.pk) for row in section.criteria]


def test_edition_from_data_reads_back_as_the_same_data(world: World, hearth_set: StandardSet) -> None:
    data = edition_data(3)

    edition = actions.create_edition_from(data=data, standard_set=hearth_set, by=world.cora, at=NOW)

    assert queries.edition_data(edition) == data
    assert edition.predecessor is None
    assert AuditLine.objects.filter(verb="edition.create", object_id=str(edition.pk)).count() == 1


def test_edition_number_is_used_once(world: World, small: Edition) -> None:
    data = edition_data(1)

    with pytest.raises(NotAllowed, match="exists already"):
        actions.create_edition_from(data=data, standard_set=small.standard_set, by=world.cora, at=NOW)


def test_edition_that_does_not_fit_is_refused(world: World, hearth_set: StandardSet) -> None:
    data = rules.Edition("x" * 201, 1, ())

    with pytest.raises(NotAllowed, match="edition title is longer than 200"):
        actions.create_edition_from(data=data, standard_set=hearth_set, by=world.cora, at=NOW)


def test_copy_of_an_edition_has_its_content_and_another_number(world: World, first: Edition) -> None:
    made = actions.begin_edition(
        standard_set=first.standard_set, number=2, title="Second", copy_of=first, by=world.cora, at=NOW
    )

    data = queries.edition_data(made)
    assert (data.title, data.number, made.predecessor) == ("Second", 2, first)
    assert data.sections == edition_data(1).sections


def test_criterion_is_added_behind_its_standard(world: World, small: Edition) -> None:
    section = small.sections.all()[0]
    data = rules.Criterion("1.9", "A new one.", rules.Level.ESSENTIAL, standard="A", applies_to=("prison",))

    made = actions.save_criterion(edition=small, criterion=None, section=section, data=data, by=world.cora, at=NOW)

    assert codes(small)[0] == ["1.1", "1.2", "1.9", "1.3"]
    assert (made.key, made.applies_to) == ("1.9", ["prison"])


def test_criterion_keeps_its_key_when_its_code_changes(world: World, small: Edition) -> None:
    row = small.criteria.get(code="1.2")
    data = rules.Criterion("1.7", "Other words.", rules.Level.EXPECTED, standard="A")

    actions.save_criterion(edition=small, criterion=row, section=row.section, data=data, by=world.cora, at=NOW)

    row.refresh_from_db()
    assert (row.key, row.code, row.statement) == ("1.2", "1.7", "Other words.")
    assert codes(small)[0] == ["1.1", "1.7", "1.3"]


def test_criterion_code_stands_once_in_any_case(world: World, small: Edition) -> None:
    row = small.criteria.get(code="1.2")
    data = rules.Criterion("2.1", "Other words.", rules.Level.EXPECTED)

    with pytest.raises(NotAllowed, match=r"Another criterion has the code 2\.1"):
        actions.save_criterion(edition=small, criterion=row, section=row.section, data=data, by=world.cora, at=NOW)


@pytest.mark.parametrize(
    ("code", "up", "expected", "standards"),
    [
        ("1.2", True, [["1.2", "1.1", "1.3"], ["2.1", "2.2", "2.3"]], "AABCCC"),
        ("1.3", True, [["1.1", "1.2", "1.3"], ["2.1", "2.2", "2.3"]], "AAACCC"),
        ("1.3", False, [["1.1", "1.2"], ["1.3", "2.1", "2.2", "2.3"]], "AACCCC"),
        ("2.1", True, [["1.1", "1.2", "1.3", "2.1"], ["2.2", "2.3"]], "AABBCC"),
        ("1.1", True, [["1.1", "1.2", "1.3"], ["2.1", "2.2", "2.3"]], "AABCCC"),
        ("2.3", False, [["1.1", "1.2", "1.3"], ["2.1", "2.2", "2.3"]], "AABCCC"),
    ],
)
def test_criterion_moves_past_its_neighbour_or_into_the_next_standard(
    world: World, small: Edition, code: str, up: bool, expected: list[list[str]], standards: str
) -> None:
    row = small.criteria.get(code=code)

    actions.move_criterion(edition=small, criterion=row, up=up, by=world.cora, at=NOW)

    assert codes(small) == expected
    assert "".join(headings(small)) == standards


def test_standard_without_criteria_disappears(world: World, small: Edition) -> None:
    row = small.criteria.get(code="1.3")

    actions.move_criterion(edition=small, criterion=row, up=True, by=world.cora, at=NOW)

    assert sorted(Standard.objects.filter(section__edition=small).values_list("title", flat=True)) == ["A", "C"]


def test_section_moves_with_its_criteria(world: World, small: Edition) -> None:
    section = small.sections.get(title="Safety")

    actions.move_section(edition=small, section=section, up=True, by=world.cora, at=NOW)

    assert codes(small) == [["2.1", "2.2", "2.3"], ["1.1", "1.2", "1.3"]]
    assert [row.code for row in small.criteria.order_by("position")] == ["2.1", "2.2", "2.3", "1.1", "1.2", "1.3"]


def test_every_change_can_be_undone_step_by_step(world: World, small: Edition) -> None:
    who: dict[str, Any] = {"by": world.cora, "at": NOW}
    states = [queries.edition_data(small)]
    section, row, value = small.sections.all()[0], small.criteria.get(code="2.2"), small.values.all()[0]
    layer = small.layers.get()

    for change in (
        lambda: actions.save_section(edition=small, section=section, code="9", title="T", introduction="", **who),
        lambda: actions.remove_criterion(edition=small, criterion=row, **who),
        lambda: actions.save_value(edition=small, value=value, title="Faith", text="", **who),
        lambda: actions.move_value(edition=small, value=value, up=False, **who),
        lambda: actions.save_layer(
            edition=small, layer=layer, code="core", title="Base", kind="core", applies_to=[], **who
        ),
        lambda: actions.edit_scale(edition=small, words=("yes", "no"), **who),
        lambda: actions.remove_section(edition=small, section=section, **who),
    ):
        change()
        states.append(queries.edition_data(small))

    assert len(set(map(hash_of, states))) == len(states)
    for state in reversed(states[:-1]):
        actions.undo(edition=small, **who)
        assert queries.edition_data(small) == state
    with pytest.raises(NotAllowed, match="no change left to undo"):
        actions.undo(edition=small, **who)


def test_undo_brings_confirmed_lineage_back(world: World, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)
    actions.confirm_unchanged(edition=second, by=world.cyrus, at=NOW)
    before = [(row.link, row.confirmed_by, row.confirmed_at) for row in queries.link_rows(second.pk)]

    actions.remove_criterion(edition=second, criterion=second.criteria.all()[0], by=world.cora, at=NOW)
    actions.undo(edition=second, by=world.cora, at=NOW)

    assert [(row.link, row.confirmed_by, row.confirmed_at) for row in queries.link_rows(second.pk)] == before


def test_only_the_last_twenty_changes_are_kept(world: World, small: Edition) -> None:
    value = small.values.all()[0]

    for number in range(23):
        actions.save_value(edition=small, value=value, title=f"V{number}", text="", by=world.cora, at=NOW)

    assert small.changes.count() == 20


def test_layer_with_criteria_is_not_removed(world: World, small: Edition) -> None:
    with pytest.raises(NotAllowed, match="Criteria still belong to this layer"):
        actions.remove_layer(edition=small, layer=small.layers.get(), by=world.cora, at=NOW)


def test_layer_without_criteria_is_removed(world: World, small: Edition) -> None:
    layer = actions.save_layer(
        edition=small, layer=None, code="extra", title="Extra", kind="module", applies_to=[], by=world.cora, at=NOW
    )

    actions.remove_layer(edition=small, layer=layer, by=world.cora, at=NOW)

    assert [row.code for row in queries.layers_of(small.pk)] == ["core"]


def test_standard_takes_another_title(world: World, small: Edition) -> None:
    standard = Standard.objects.get(section__edition=small, title="A")

    actions.rename_standard(edition=small, standard=standard, title="B2", by=world.cora, at=NOW)

    assert headings(small) == ["B2", "B2", "B", "C", "C", "C"]
    with pytest.raises(NotAllowed, match="Another standard"):
        actions.rename_standard(edition=small, standard=standard, title="B", by=world.cora, at=NOW)


def test_facts_change_but_not_to_a_number_in_use(world: World, second: Edition) -> None:
    who: dict[str, Any] = {"by": world.cora, "at": NOW + timedelta(hours=3)}
    words = {1: "must", 2: "should", 3: "could"}

    actions.edit_facts(edition=second, title="T", number=5, summary="S", level_words=words, **who)

    second.refresh_from_db()
    assert (second.title, second.number, second.summary) == ("T", 5, "S")
    assert queries.level_words(second) == words
    with pytest.raises(NotAllowed, match="Edition 1 exists already"):
        actions.edit_facts(edition=second, title="T", number=1, summary="S", level_words=words, **who)


def test_draft_is_deleted_with_everything_in_it(world: World, small: Edition) -> None:
    actions.delete_draft(edition=small, by=world.cora, at=NOW)

    assert not Edition.objects.filter(standard_set__slug="living").exists()
    assert not Criterion.objects.filter(edition__standard_set__slug="living").exists()


def test_set_has_an_address_of_its_own(world: World, hearth_set: StandardSet) -> None:
    with pytest.raises(NotAllowed, match="Another set has this address"):
        actions.add_set(network=world.network, name="Other", slug="living", by=world.cora, at=NOW)
