"""Files as they really are, brought in through the browser: looked at first, imported, undone."""

from pathlib import Path

import pytest

from communitas.benchmarking.models import FactSet
from communitas.members.models import Community
from communitas.standards.models import Edition
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.files import COMMUNITIES, EDITION, SCORES, messy_workbook
from tests.e2e.persons import Person, let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cora(world: World, visitor: Visitor) -> Person:
    """The office at its browser."""
    person = Person(visitor())
    let_in(person.watched, world.cora)
    return person


def choose(person: Person, path: Path) -> None:
    person.main.locator("input[type=file]").set_input_files(path)


def test_an_edition_becomes_a_draft(world: World, cora: Person, tmp_path: Path) -> None:
    path = messy_workbook(tmp_path, "standards.xlsx", "Standards of the network, third draft", EDITION)

    cora.go("standards:import_start")
    choose(cora, path)
    cora.press("Check the file")
    cora.look_everywhere()
    cora.reads("Belonging (2), Safety (2)")
    cora.fill("Title of the edition", "Standards for communities")
    cora.fill("Number of the edition", "7")
    cora.press("Check again")
    cora.press("Import as a draft")

    edition = Edition.objects.get(number=7, standard_set__network=world.network)
    assert edition.state == "draft"
    assert list(edition.criteria.order_by("position").values_list("code", "level")) == [
        ("1.1", 1),
        ("1.2", 2),
        ("2.1", 1),
        ("2.2", 3),
    ]


def test_communities_are_looked_at_imported_and_undone(world: World, cora: Person, tmp_path: Path) -> None:
    path = messy_workbook(tmp_path, "members.xlsx", "Our members", COMMUNITIES)

    cora.go("members:import_start")
    choose(cora, path)
    cora.press("Look at the file")
    cora.look_everywhere()
    cora.reads("2 new communities", "1 changed")
    cora.press("Import all of it")
    cora.reads("Fir Lodge")
    assert Community.objects.get(code="LARK", network=world.network).region == "East"
    cora.go("members:import_start")
    cora.press("Undo this import")

    assert not Community.objects.filter(code="FIR").exists()
    assert Community.objects.get(code="LARK", network=world.network).region == "North"


def test_scores_of_a_past_cycle_are_checked_corrected_and_imported(world: World, cora: Person, tmp_path: Path) -> None:
    wrong = [*SCORES, ("MOON", 1.1, 2, 2, ""), ("OAK", 1.2, 7, "", "")]

    cora.go("benchmarking:import_start")
    cora.fill("Name of that cycle", "2025")
    cora.fill("It opened on", "2024-09-01")
    cora.fill("It closed on", "2025-08-31")
    cora.main.get_by_label("Its edition of the standards").select_option(label=str(world.edition))
    choose(cora, messy_workbook(tmp_path, "wrong.xlsx", "Scores of 2025", wrong))
    cora.press("Check the file")
    cora.look_everywhere()
    cora.reads("2 problems", "MOON", "Nothing yet: the problems below come first.")
    cora.press("Leave this file")

    cora.go("benchmarking:import_start")
    cora.fill("Name of that cycle", "2025")
    cora.fill("It opened on", "2024-09-01")
    cora.fill("It closed on", "2025-08-31")
    cora.main.get_by_label("Its edition of the standards").select_option(label=str(world.edition))
    choose(cora, messy_workbook(tmp_path, "scores.xlsx", "Scores of 2025", SCORES))
    cora.press("Check the file")
    cora.press("Import these scores")
    cora.go("benchmarking:imports")
    cora.look_everywhere()

    assert FactSet.objects.filter(enrolment__cycle__name="2025").count() == 2
