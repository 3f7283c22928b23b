"""A workbook is printed: every page can be traced, and a print made again is the same."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from communitas.workbooks.actions import printing
from communitas.workbooks.models import Printing, Sheet, Workbook
from communitas.workbooks.queries import on_paper, paper
from communitas.workbooks.queries.printed import pdf_of
from communitas.workbooks.rules.paper import read_code
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer
from tests.workbooks.paper import printed, sheet_of

pytestmark = pytest.mark.django_db


def test_print_keeps_which_criteria_stand_on_which_page(world: World, workbook: Workbook) -> None:
    found = printed(workbook, world.lena)

    sheets = list(Sheet.objects.filter(printing=found).select_related("printing"))

    assert [one.criteria for one in sheets] == [[], ["c1-1", "c1-2", "c1-3"], ["c2-1", "c2-2", "c2-3"]]
    assert [read_code(one.code) for one in sheets] == [(found.token, number) for number in (1, 2, 3)]
    assert {one.state for one in sheets} == {"printed"}
    assert sheets[0].asks_nothing
    assert not sheets[1].asks_nothing
    assert sheets[1].holder == world.lena.display_name
    assert AuditLine.objects.filter(verb="selfreview.print").count() == 1


def test_print_made_again_has_the_same_bytes_though_the_workbook_went_on(
    world: World, workbook: Workbook, put: Answer
) -> None:
    put(workbook, world.stefan, "c1-1", 2)
    workbook.refresh_from_db()
    found = paper.printings().get(pk=printed(workbook, world.lena, filled=True).pk)
    before = pdf_of(found)

    put(workbook, world.stefan, "c1-2", 1, comment="We learned this since.")

    assert pdf_of(paper.printings().get(pk=found.pk)) == before


def test_only_the_chosen_sections_are_printed(world: World, workbook: Workbook) -> None:
    found = printed(workbook, world.lena, sections=(2,))

    assert [one.criteria for one in Sheet.objects.filter(printing=found)] == [[], ["c2-1", "c2-2", "c2-3"]]


def test_reviewers_form_is_for_somebody_of_the_team(world: World, peer: Workbook, workbook: Workbook) -> None:
    found = printed(peer, world.ludo, world.rafi)

    assert {one.hand for one in Sheet.objects.filter(printing=found)} == {world.rafi.display_name}
    assert [one.findings for one in Sheet.objects.filter(printing=found).order_by("number")][-1] == [2]
    with pytest.raises(NotAllowed, match="not on the team"):
        printed(peer, world.ludo, world.otto)
    with pytest.raises(NotAllowed, match="has no reviewer"):
        printed(workbook, world.lena, world.rafi)


def test_reviewers_answers_are_printed_for_that_reviewer_alone(world: World, peer: Workbook) -> None:
    assert printed(peer, world.rafi, world.rafi, filled=True).reviewer == world.rafi
    for by, reviewer in ((world.ludo, world.rafi), (world.ludo, None)):
        with pytest.raises(NotAllowed, match="Only your own form"):
            printed(peer, by, reviewer, filled=True)


def test_sheets_change_hands_are_missing_and_found(world: World, workbook: Workbook) -> None:
    found = printed(workbook, world.lena)
    printing.hand_out(printing=found, numbers=[2], holder=" Garden group ", by=world.lena, at=NOW)
    printing.lose(sheets=[sheet_of(found)], reason="Left on the bus.", by=world.lena, at=NOW)

    lost = sheet_of(found)
    assert (lost.holder, lost.state, lost.note) == ("Garden group", "missing", "Left on the bus.")
    assert paper.standing(workbook) == paper.Standing(printed=2, on_paper=1, missing=1)

    printing.find(sheets=[lost], by=world.lena, at=NOW)
    assert sheet_of(found).state == "printed"
    for refused in (
        lambda: printing.lose(sheets=[sheet_of(found)], reason=" ", by=world.lena, at=NOW),
        lambda: printing.find(sheets=[sheet_of(found)], by=world.lena, at=NOW),
        lambda: printing.hand_out(printing=found, numbers=[2], holder=" ", by=world.lena, at=NOW),
        lambda: printing.add_copy(sheet=sheet_of(found), hand=" ", by=world.lena, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_photocopy_is_a_sheet_of_its_own(world: World, workbook: Workbook) -> None:
    found = printed(workbook, world.lena)

    copy = printing.add_copy(sheet=sheet_of(found), hand="Kitchen group", by=world.lena, at=NOW)

    assert (copy.copy, copy.criteria, copy.hand) == (2, ["c1-1", "c1-2", "c1-3"], "Kitchen group")
    assert str(copy) == f"{copy.code}, copy 2"
    with pytest.raises(NotAllowed, match="already"):
        printing.add_copy(sheet=sheet_of(found), hand="Kitchen group", by=world.lena, at=NOW)


def test_database_keeps_a_print_as_it_was(world: World, workbook: Workbook) -> None:
    found = printed(workbook, world.lena)

    changes: list[Callable[[], object]] = [
        lambda: Printing.objects.filter(pk=found.pk).update(token="AAAAAA"),
        lambda: Sheet.objects.filter(printing=found).update(state="eaten"),
        lambda: Sheet.objects.filter(printing=found, number=2).update(state="keyed"),
        lambda: Sheet.objects.filter(printing=found, number=2).update(keyed_by=world.lena, checked_by=world.lena),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_lists_cost_the_same_for_one_print_and_for_three(
    world: World, workbook: Workbook, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for prints in (1, 3):
        while Printing.objects.count() < prints:
            printed(workbook, world.lena)
        with django_assert_num_queries(1):
            assert len(on_paper.lines(workbook, None)) == prints
        with django_assert_num_queries(1):
            assert paper.standing(workbook).printed == 2 * prints


def test_pages_of_one_print_in_one_place_stand_in_one_line(world: World, workbook: Workbook) -> None:
    printed(workbook, world.lena)

    [line] = on_paper.lines(workbook, [])

    assert (line.pages, line.words, line.who, line.token) == ("2–3", "on paper", "with Lena", "")
    assert on_paper.still_on_paper(workbook) == ["2 printed pages are still on paper."]
