"""Files become drafts: mapped, checked, imported, undone."""

from dataclasses import replace

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import ImportRun, RememberedMapping, StoredFile
from communitas.standards import actions, queries
from communitas.standards.models import Edition, StandardSet
from communitas.standards.rules import exporting
from communitas.standards.rules.edition import TWO_MARKS
from communitas.standards.rules.edition import Edition as Data
from tests.cast import NOW, World
from tests.standards.conftest import edition_data

ODD = """Standards of the network;;;;
Second draft;;;;
;;;;
Ref. no.;What we ask;Weight;Whom;Remarks
Belonging;;;;
1.1;People are welcomed.;Type 1;prison;old
1.2;People are known.;2;;
Safety;;;;
2.1;;1;;
2.2;Doors are safe.;7;Moon base;
2.2;Nights are staffed.;Desirable;;
""".encode("cp1252")
MAPPING = {"code": "Ref. no.", "statement": "What we ask", "level": "Weight", "applies_to": "Whom"}


def start(world: World, into: StandardSet, content: bytes, name: str) -> ImportRun:
    return actions.start_import(
        network=world.network, standard_set=into, content=content, name=name, by=world.cora, at=NOW
    )


def decide(world: World, run: ImportRun, mapping: dict[str, str]) -> None:
    actions.decide_import(run=run, sheet="", mapping=mapping, title="", number=None, by=world.cora, at=NOW)
    run.refresh_from_db()


@pytest.mark.parametrize(
    ("name", "write"),
    [("e.xlsx", exporting.edition_xlsx), ("e.yaml", exporting.edition_yaml)],
)
def test_exported_edition_comes_back_the_same(world: World, hearth_set: StandardSet, name: str, write: object) -> None:
    assert callable(write)
    data = edition_data(2)
    world.network.service_types.model.objects.bulk_create(
        world.network.service_types.model(network=world.network, code=code, name=code)
        for code in ("children", "learning_disability")
    )
    run = start(world, hearth_set, write(data), name)

    made = actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)

    assert queries.edition_data(made) == data


def test_csv_brings_the_criteria_back(world: World, hearth_set: StandardSet) -> None:
    data = edition_data(1)
    run = start(world, hearth_set, exporting.edition_csv(data), "e.csv")
    actions.decide_import(run=run, sheet="", mapping={}, title=data.title, number=4, by=world.cora, at=NOW)

    made = actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)

    found = queries.edition_data(made)
    assert (found.title, found.number, found.sections) == (data.title, 4, data.sections)


def test_two_marks_survive_a_file(world: World, hearth_set: StandardSet) -> None:
    data: Data = replace(edition_data(1), scale=TWO_MARKS)
    run = start(world, hearth_set, exporting.edition_xlsx(data), "e.xlsx")

    made = actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)

    assert queries.scale_of(made) == TWO_MARKS


def test_unknown_headers_are_shown_with_samples_to_be_mapped(world: World, hearth_set: StandardSet) -> None:
    prepared = queries.prepare(start(world, hearth_set, ODD, "odd.csv"))

    assert [(column.header, column.field) for column in prepared.columns] == [
        ("Ref. no.", "code"),
        ("What we ask", ""),
        ("Weight", ""),
        ("Whom", ""),
        ("Remarks", ""),
    ]
    assert prepared.columns[2].samples == ("Type 1", "2", "1")
    assert prepared.edition is None
    assert prepared.rest is None
    assert [problem.reason for problem in prepared.problems] == [
        "The column 'statement' is missing.",
        "The column 'level' is missing.",
    ]


def test_every_problem_is_listed_with_row_column_and_value(world: World, hearth_set: StandardSet) -> None:
    run = start(world, hearth_set, ODD, "odd.csv")

    decide(world, run, MAPPING)

    prepared = queries.prepare(run)
    assert [(problem.row, problem.column, problem.value) for problem in prepared.problems] == [
        (9, "B (What we ask)", ""),
        (10, "C (Weight)", "7"),
        (11, "A (Ref. no.)", "2.2"),
    ]
    assert prepared.edition is None


def test_nothing_is_imported_with_problems_unless_the_rest_is_accepted(world: World, hearth_set: StandardSet) -> None:
    run = start(world, hearth_set, ODD, "odd.csv")
    decide(world, run, MAPPING)

    with pytest.raises(NotAllowed, match="nothing was imported"):
        actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)
    assert Edition.objects.filter(standard_set=hearth_set).count() == 0
    made = actions.finish_import(run=run, accept_rest=True, by=world.cora, at=NOW)

    run.refresh_from_db()
    found = queries.edition_data(made)
    assert [[row.code for row in section.criteria] for section in found.sections] == [["1.1", "1.2"]]
    assert found.sections[0].criteria[0].applies_to == ("prison",)
    assert (run.state, run.accept_rest, run.summary["left_out"]) == ("done", True, 3)


def test_mapping_is_remembered_for_the_next_file_of_the_network_alone(world: World, hearth_set: StandardSet) -> None:
    decide(world, start(world, hearth_set, ODD, "odd.csv"), MAPPING)

    prepared = queries.prepare(start(world, hearth_set, ODD.replace(b"7", b"3"), "next.csv"))

    assert {column.header: column.field for column in prepared.columns} == {
        "Ref. no.": "code",
        "What we ask": "statement",
        "Weight": "level",
        "Whom": "applies_to",
        "Remarks": "",
    }
    assert not RememberedMapping.objects.filter(tenant=world.twin.network.tenant).exists()


def test_column_that_is_not_read_is_left_alone(world: World, hearth_set: StandardSet) -> None:
    table = b"code,statement,level,guidance\n1.1,People agree.,1,Secret remark\n"
    run = start(world, hearth_set, table, "t.csv")

    decide(world, run, {"code": "code", "statement": "statement", "level": "level"})

    prepared = queries.prepare(run)
    assert prepared.edition is not None
    assert next(prepared.edition.criteria()).guidance == ""


def test_unknown_service_types_are_named_and_known_names_become_codes(world: World, hearth_set: StandardSet) -> None:
    table = b"code,statement,level,applies to\n1.1,People agree.,1,Prison; Moon base\n"

    prepared = queries.prepare(start(world, hearth_set, table, "t.csv"))

    assert prepared.edition is not None
    assert next(prepared.edition.criteria()).applies_to == ("prison", "Moon base")
    assert prepared.unknown_types == ("Moon base",)


def test_texts_that_do_not_fit_are_problems(world: World, hearth_set: StandardSet) -> None:
    table = b"code,statement,level\n" + b"1" * 30 + b",People agree.,1\n"

    prepared = queries.prepare(start(world, hearth_set, table, "t.csv"))

    assert [problem.reason for problem in prepared.problems] == [
        "The criterion code is longer than 20 characters."
    ] or [problem.reason for problem in prepared.problems] == [
        "The criterion code is longer than 20 characters.",
        "The key is longer than 60 characters.",
    ]


def test_file_that_is_no_table_says_so(world: World, hearth_set: StandardSet) -> None:
    prepared = queries.prepare(start(world, hearth_set, b"PK\x03\x04 not really", "broken.xlsx"))

    assert prepared.columns == ()
    assert len(prepared.problems) == 1
    with pytest.raises(NotAllowed, match="empty"):
        start(world, hearth_set, b"", "empty.csv")


def test_import_is_undone_until_the_edition_is_published(world: World, hearth_set: StandardSet) -> None:
    run = start(world, hearth_set, exporting.edition_yaml(edition_data(1)), "e.yaml")
    made = actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)

    actions.undo_import(run=run, by=world.cora, at=NOW)

    run.refresh_from_db()
    assert run.state == "undone"
    assert not Edition.objects.filter(pk=made.pk).exists()
    assert StoredFile.objects.filter(pk=run.file_id).exists()
    with pytest.raises(NotAllowed, match="nothing left"):
        actions.undo_import(run=run, by=world.cora, at=NOW)


def test_published_import_is_not_undone(world: World, hearth_set: StandardSet) -> None:
    run = start(world, hearth_set, exporting.edition_yaml(edition_data(1)), "e.yaml")
    made = actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)
    actions.publish(edition=made, proposed_by=world.cora, by=world.cyrus, at=NOW)

    with pytest.raises(NotAllowed, match="never changes"):
        actions.undo_import(run=run, by=world.cora, at=NOW)


def test_finished_import_is_not_finished_again(world: World, hearth_set: StandardSet) -> None:
    run = start(world, hearth_set, exporting.edition_yaml(edition_data(1)), "e.yaml")
    actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="imported or left already"):
        actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)


def test_number_that_is_taken_is_said_before_the_import(world: World, first: Edition) -> None:
    run = start(world, first.standard_set, exporting.edition_yaml(edition_data(1)), "e.yaml")

    assert queries.prepare(run).number_taken == 1
    with pytest.raises(NotAllowed, match="Edition 1 exists already"):
        actions.finish_import(run=run, accept_rest=False, by=world.cora, at=NOW)
