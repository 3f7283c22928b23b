"""Scores of past cycles from files: looked at, imported, and undone."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communitas.benchmarking import actions, queries
from communitas.benchmarking.models import FactSet
from communitas.benchmarking.rules.facts import Fact
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import ImportRun
from tests.cast import NOW, World

GOOD = "Service,Ref,Self score,Peer review\nLARK,1.1,2,met\nLARK,1.2,N/A,N/A\nlark,2.1,1,0\nOAK,1.1,2,1\n"


def start(world: World, content: str = GOOD, **fields: object) -> ImportRun:
    given = {
        "cycle": None,
        "name": "2025",
        "opens_on": date(2024, 9, 1),
        "closes_on": date(2025, 8, 31),
        "edition": world.edition,
        "content": content.encode(),
        "file_name": "scores 2025.csv",
    }
    return actions.start_import(network=world.network, by=world.cora, at=NOW, **{**given, **fields})  # type: ignore[arg-type]  # as the form gives it


def finish(world: World, content: str = GOOD, **fields: object) -> ImportRun:
    run = start(world, content, **fields)
    actions.finish_import(run=run, by=world.cora, at=NOW)
    run.refresh_from_db()
    return run


def test_a_file_shows_what_would_be_imported_and_changes_nothing(world: World) -> None:
    run = start(world)

    prepared = queries.prepare_scores(run)

    assert prepared.ready
    assert (prepared.cycle_name, prepared.preview.rows, prepared.preview.communities) == ("2025", 4, ("LARK", "OAK"))
    assert (Cycle.objects.filter(name="2025").count(), FactSet.objects.count()) == (0, 0)


def test_scores_become_facts_of_imported_enrolments_in_a_closed_cycle(world: World) -> None:
    run = finish(world)

    cycle = Cycle.objects.get(network=world.network, name="2025")
    enrolment = Enrolment.objects.get(cycle=cycle, community=world.lark)
    assert (cycle.state, enrolment.imported, enrolment.stage) == ("closed", True, "completed")
    assert queries.facts_of(enrolment) == (
        Fact("LARK", "c1-1", "agreed", 2),
        Fact("LARK", "c1-1", "self", 2),
        Fact("LARK", "c1-2", "agreed", "NA"),
        Fact("LARK", "c1-2", "self", "NA"),
        Fact("LARK", "c2-1", "agreed", 0),
        Fact("LARK", "c2-1", "self", 1),
    )
    assert (run.summary["communities"], run.summary["scores"]) == (2, 8)
    assert set(FactSet.objects.values_list("source", "import_run")) == {("import", run.pk)}


def test_imported_scores_stand_beside_the_present_criteria(world: World) -> None:
    finish(world)

    beside = queries.before([world.enrolment.pk])[world.enrolment.pk]

    assert (beside["c1-1"].cycle, beside["c1-1"].self_score, beside["c2-1"].agreed_score) == ("2025", 2, 0)


def test_nothing_is_imported_while_one_row_is_wrong(world: World) -> None:
    run = start(world, GOOD + "ELM,9.9,2,2\n")

    problems = queries.prepare_scores(run).problems

    assert [(problem.row, problem.value) for problem in problems] == [(6, "9.9")]
    with pytest.raises(NotAllowed, match="nothing was imported"):
        actions.finish_import(run=run, by=world.cora, at=NOW)
    assert FactSet.objects.count() == 0


def test_headers_can_be_named(world: World) -> None:
    run = start(world, "Haus,Nummer,Eigen,Team\nLARK,1.1,2,1\n")
    assert not queries.prepare_scores(run).ready

    mapping = {"community": "Haus", "criterion": "Nummer", "self": "Eigen", "agreed": "Team"}
    actions.decide_import(run=run, sheet="", mapping=mapping, by=world.cora, at=NOW)

    run.refresh_from_db()
    assert queries.prepare_scores(run).preview.facts == (
        Fact("LARK", "1.1", "self", 2),
        Fact("LARK", "1.1", "agreed", 1),
    )


def test_scores_that_stand_are_never_replaced_by_a_file(world: World) -> None:
    finish(world)
    cycle = Cycle.objects.get(network=world.network, name="2025")

    again = start(world, "community,criterion,self,agreed\nLARK,1.3,2,2\n", cycle=cycle)

    assert [problem.reason for problem in queries.prepare_scores(again).problems] == [
        "This community has scores in the 2025 cycle already. Undo that import first."
    ]


def test_a_second_file_can_add_other_communities_to_the_same_cycle(world: World) -> None:
    finish(world)
    cycle = Cycle.objects.get(network=world.network, name="2025")

    finish(world, "community,criterion,self,agreed\nELM,1.1,2,2\n", cycle=cycle)

    assert cycle.enrolments.count() == 3


def test_scores_are_not_imported_over_a_review_that_ran_here(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(state="closed")

    run = start(world, cycle=Cycle.objects.get(pk=world.cycle.pk))

    assert {problem.value for problem in queries.prepare_scores(run).problems} == {"LARK", "OAK"}


def test_undoing_takes_facts_and_enrolments_away_and_keeps_the_cycle(world: World) -> None:
    run = finish(world)

    actions.undo_import(run=run, by=world.cora, at=NOW)

    cycle = Cycle.objects.get(network=world.network, name="2025")
    assert (FactSet.objects.count(), cycle.enrolments.count()) == (0, 0)
    with pytest.raises(NotAllowed, match="nothing left"):
        actions.undo_import(run=run, by=world.cora, at=NOW)


def test_an_import_stays_once_national_figures_are_released_from_it(world: World) -> None:
    run = finish(world)
    cycle = Cycle.objects.get(network=world.network, name="2025")
    counted = queries.count_and_protect(cycle=cycle, say=lambda step: None)
    release = actions.freeze_release(cycle=cycle, counted=counted, by=world.cora, at=NOW)
    actions.release_figures(release=release, signed_hash=release.hash, by=world.cyrus, at=NOW + timedelta(hours=1))

    with pytest.raises(NotAllowed, match="until national figures are released"):
        actions.undo_import(run=run, by=world.cora, at=NOW)

    assert FactSet.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": ""}, "needs its name, its dates and its edition"),
        ({"closes_on": date(2024, 1, 1)}, "closes after it opens"),
        ({"closes_on": date(2030, 1, 1)}, "Only cycles that are over"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused(world: World, fields: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        start(world, **fields)


def test_an_empty_file_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed, match="The file is empty"):
        start(world, "")


def test_the_office_imports_in_the_browser(world: World, client: Client) -> None:
    world.sign_in(client, world.cora)
    file = SimpleUploadedFile("scores.csv", GOOD.encode())
    data = {
        "cycle": "",
        "name": "2025",
        "opens_on": "2024-09-01",
        "closes_on": "2025-08-31",
        "edition": world.edition.pk,
    }

    answer = client.post(path_of("hearth", "benchmarking:import_start"), data | {"file": file})
    run = ImportRun.objects.get(kind="scores")
    assert answer.url == path_of("hearth", "benchmarking:import", run.pk)  # type: ignore[attr-defined]  # a redirect has one
    look = client.get(path_of("hearth", "benchmarking:import", run.pk))
    assert "2: LARK, OAK" in look.content.decode()
    client.post(path_of("hearth", "benchmarking:import_finish", run.pk))
    done = client.get(path_of("hearth", "benchmarking:import", run.pk)).content.decode()

    assert "Undo the import" in done
    assert FactSet.objects.count() == 2
    client.post(path_of("hearth", "benchmarking:import_undo", run.pk))
    assert FactSet.objects.count() == 0


def test_problems_are_listed_with_their_rows(world: World, client: Client) -> None:
    run = start(world, GOOD + "LARK,1.3,7,2\n")
    world.sign_in(client, world.cora)

    text = client.get(path_of("hearth", "benchmarking:import", run.pk)).content.decode()

    assert "1 problem" in text
    assert "A score is 2 or &#x27;met&#x27;" in text
    assert "Import these scores" not in text


def test_a_form_without_a_file_says_so(world: World, client: Client) -> None:
    world.sign_in(client, world.cora)

    answer = client.post(path_of("hearth", "benchmarking:import_start"), {"name": "2025"})

    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()


def test_files_of_the_twin_network_are_not_seen(world: World, client: Client) -> None:
    run = start(world)
    world.sign_in(client, world.tess)

    assert client.get(path_of("harbour", "benchmarking:import", run.pk)).status_code == 404


def test_a_workbook_with_a_sheet_for_each_community_is_read(world: World) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for number, code in enumerate(("LARK", "OAK")):
        sheet = book.create_sheet(code)
        sheet.append(["criterion", "self", "agreed"])
        sheet.append(["1.1", 2, number])
    content = BytesIO()
    book.save(content)

    run = actions.start_import(
        network=world.network,
        cycle=None,
        name="2025",
        opens_on=date(2024, 9, 1),
        closes_on=date(2025, 8, 31),
        edition=world.edition,
        content=content.getvalue(),
        file_name="scores.xlsx",
        by=world.cora,
        at=NOW,
    )

    assert queries.prepare_scores(run).preview.communities == ("LARK", "OAK")


def test_the_list_of_imports_needs_the_same_queries_for_any_number(world: World, client: Client) -> None:
    world.sign_in(client, world.cora)
    counts = []
    for number in (1, 3):
        while ImportRun.objects.count() < number:
            start(world, name=f"20{ImportRun.objects.count()}")
        counts.append(len(queries.imports_of(world.network)))

    assert counts == [1, 3]


def test_only_the_office_opens_the_page(world: World, client: Client) -> None:
    world.sign_in(client, world.lena)

    assert client.get(path_of("hearth", "benchmarking:imports")).status_code == 403
