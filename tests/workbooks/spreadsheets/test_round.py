"""Out and back: nothing changes by itself, what was filled in arrives, what others said meanwhile stays."""

import io
from typing import Any

import openpyxl
import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.kit.tabular import Table, read_guarded, write_csv
from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.models import Event, Review, Spreadsheet, Workbook
from communitas.workbooks.queries import spreadsheets
from tests.cast import NOW, World
from tests.workbooks.spreadsheets.conftest import Standing, downloaded, filled, loaded, planned

pytestmark = pytest.mark.django_db
ODD = [
    "=1+1",
    "+44 20 7946 0000",
    "-2",
    "@SUM(A1)",
    "'quoted",
    '=HYPERLINK("http://x","y")',
    "\uff1dcmd|' /C calc'!A0",
    "1.10",
    "2026-05-04",
    "TRUE",
    "Two\nlines\n\nand more",
    "_x0041_ and <b>&amp;</b>",
    "Émile – “quoted” 😀",
    " spaces inside  stay ",
    "tab\there",
    "#N/A",
    "http://example.org/a?b=c&d",
]


def upload(workbook: Workbook, content: bytes, by: Account, name: str = "ours.xlsx") -> Spreadsheet:
    return actions.upload_spreadsheet(workbook=loaded(workbook), content=content, name=name, by=by, at=NOW)


def take(spreadsheet: Spreadsheet, by: Account, role: str = "staff", *, only: str = "") -> tuple[int, list[str], int]:
    found = spreadsheets.spreadsheets().get(pk=spreadsheet.pk)
    plan = spreadsheets.plan(found.workbook, spreadsheets.filled_of(found))
    wanted = [spreadsheets.token(one) for one in plan.differences if not only or one.key == only]
    return actions.take_over(spreadsheet=found, wanted=wanted, role=role, by=by, at=NOW)


def said(workbook: Workbook, content: bytes) -> list[tuple[str, str, str]]:
    return [(one.key, one.what, one.kind) for one in planned(workbook, content).differences]


def test_unchanged_spreadsheet_changes_nothing(world: World, workbook: Workbook, put: Any) -> None:
    for number, text in enumerate(ODD):
        put(workbook, world.stefan, f"c{1 + number % 2}-{1 + number % 3}", number % 3, comment=text)
    put(workbook, world.mina, "c2-1", "NA", reason="=There is no garden", role="client_member")
    put(workbook, world.mina, "c2-2", 1, role="client_member")

    plan = planned(workbook, downloaded(workbook))

    assert (plan.differences, plan.problems, plan.refusal) == ((), (), "")
    assert len(plan.filled.lines) == 6


@pytest.mark.parametrize("text", ODD)
def test_formulas_in_comments_come_back_as_the_same_text(
    text: str, world: World, workbook: Workbook, put: Any, stands: Standing
) -> None:
    put(workbook, world.stefan, "c1-1", 2, comment=text)
    [before] = stands(workbook)[2]
    content = downloaded(workbook)
    book = openpyxl.load_workbook(io.BytesIO(content))

    for sheet in book.worksheets:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    [line] = [one for one in planned(workbook, content).filled.lines if one.key == "c1-1"]
    assert line.comment == before.strip()


def test_what_was_filled_in_arrives_with_its_origin(world: World, workbook: Workbook, stands: Standing) -> None:
    content = filled(
        downloaded(workbook),
        {
            "1.1": {"score": "met", "comment": "Two rotas."},
            "1.2": {"score": "PARTLY  MET"},
            "1.3": {"score": "Not applicable", "reason": "There is no garden."},
            "2.1": {"score": 0},
        },
    )

    kept = upload(workbook, content, world.stefan)
    untouched = Event.objects.count()
    done = take(kept, world.stefan)

    assert (untouched, done) == (0, (5, [], 0))
    assert [stands(workbook, key)[:2] for key in ("c1-1", "c1-2", "c1-3", "c2-1", "c2-2")] == [
        ("one", 2), ("one", 1), ("one", "NA"), ("one", 0), ("none", None)
    ]  # fmt: skip
    assert stands(workbook)[2] == ["Two rotas."]
    assert set(Event.objects.values_list("origin", "author")) == {("xlsx", world.stefan.pk)}
    assert Spreadsheet.objects.get().state == "merged"


def test_spreadsheet_replaces_only_what_it_showed(world: World, workbook: Workbook, put: Any, stands: Standing) -> None:
    put(workbook, world.stefan, "c1-1", 2, comment="Two rotas.")
    content = filled(downloaded(workbook), {"1.1": {"score": "Partly met", "comment": "Three rotas."}})

    plan = said(workbook, content)
    take(upload(workbook, content, world.stefan), world.stefan)

    assert plan == [("c1-1", "score", "replace"), ("c1-1", "comment", "replace")]
    assert stands(workbook) == ("one", 1, ["Three rotas."])


def test_answers_given_meanwhile_stand_side_by_side(
    world: World, workbook: Workbook, put: Any, stands: Standing
) -> None:
    put(workbook, world.stefan, "c1-1", 2, comment="Two rotas.")
    content = filled(downloaded(workbook), {"1.1": {"score": "Partly met", "comment": "Three rotas."}})
    seen = [str(one) for one in Event.objects.filter(kind="score").values_list("event_id", flat=True)]
    put(workbook, world.mina, "c1-1", 0, seen=seen, comment="None at all.", role="client_member")

    plan = said(workbook, content)
    take(upload(workbook, content, world.stefan), world.stefan)

    assert plan == [("c1-1", "score", "meanwhile"), ("c1-1", "comment", "meanwhile")]
    assert stands(workbook)[:2] == ("differ", None)
    assert sorted(stands(workbook)[2]) == ["None at all.", "Three rotas."]


def test_what_others_changed_and_the_spreadsheet_did_not_stays_theirs(
    world: World, workbook: Workbook, put: Any
) -> None:
    put(workbook, world.stefan, "c1-1", 2)
    content = downloaded(workbook)
    seen = [str(one) for one in Event.objects.values_list("event_id", flat=True)]
    put(workbook, world.mina, "c1-1", 0, seen=seen, role="client_member")

    assert said(workbook, content) == []


def test_same_answer_given_meanwhile_is_no_difference(world: World, workbook: Workbook, put: Any) -> None:
    content = filled(downloaded(workbook), {"1.1": {"score": "Met"}})
    put(workbook, world.mina, "c1-1", 2, role="client_member")

    assert said(workbook, content) == []


def test_empty_cells_change_nothing(world: World, workbook: Workbook, put: Any) -> None:
    put(workbook, world.stefan, "c1-1", 2, comment="Two rotas.")

    assert said(workbook, filled(downloaded(workbook), {"1.1": {"score": None, "comment": None}})) == []


def test_answer_that_was_taken_back_can_be_given_again(
    world: World, workbook: Workbook, put: Any, stands: Standing
) -> None:
    kept = upload(workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}}), world.stefan)
    take(kept, world.stefan)
    actions.undo_spreadsheet(
        spreadsheet=spreadsheets.spreadsheets().get(pk=kept.pk), role="staff", by=world.stefan, at=NOW
    )
    content = filled(downloaded(workbook), {"1.1": {"score": "Partly met"}})

    take(upload(workbook, content, world.stefan), world.stefan)

    assert stands(workbook)[:2] == ("one", 1)


def test_lost_hidden_sheet_is_made_up_for_by_the_line_of_reference(world: World, workbook: Workbook, put: Any) -> None:
    actions.renew_epoch(at=NOW)
    put(workbook, world.stefan, "c1-1", 2)
    content = filled(downloaded(workbook), {"1.1": {"score": "Partly met"}}, hidden=False)

    assert said(workbook, content) == [("c1-1", "score", "replace")]


def test_after_a_restore_the_line_of_reference_says_nothing_more(world: World, workbook: Workbook, put: Any) -> None:
    actions.renew_epoch(at=NOW)
    put(workbook, world.stefan, "c1-1", 2)
    content = filled(downloaded(workbook), {"1.1": {"score": "Partly met"}}, hidden=False)
    actions.renew_epoch(at=NOW)

    assert said(workbook, content) == [("c1-1", "score", "meanwhile")]


def test_rows_in_any_order_beside_extra_columns_and_sheets(world: World, workbook: Workbook) -> None:
    content = filled(downloaded(workbook), {"1.1": {"score": "Met"}, "2.2": {"score": "not met"}})
    book = openpyxl.load_workbook(io.BytesIO(content))
    old = list(book.worksheets[0].iter_rows(min_row=1, values_only=True))
    new = openpyxl.Workbook()
    new.create_sheet("Notes", 0).append(["Our notes"])
    sheet = new.create_sheet("Copy of it")
    head = next(row for row in old if row[0] == "Code")
    for row in (head, *reversed([row for row in old if row[4] in {"Met", "not met"}])):
        sheet.append(["x", row[4], row[0], "who said it"])
    out = io.BytesIO()
    new.save(out)

    assert {one[0] for one in said(workbook, out.getvalue())} == {"c1-1", "c2-2"}


def test_csv_is_read_too(workbook: Workbook) -> None:
    content = write_csv(Table("x", ["Code", "Our score", "Comment"], [["1.1", "Met", "=1+1"], ["1.2", "", "Well."]]))

    plan = planned(workbook, content, "ours.csv")

    assert [(one.key, one.score, one.text) for one in plan.differences] == [
        ("c1-1", 2, ""), ("c1-1", None, "=1+1"), ("c1-2", None, "Well.")
    ]  # fmt: skip


def test_code_that_became_a_number_is_told_by_its_statement(workbook: Workbook) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Ours", 0)
    for row in (["Code", "Statement", "Score"], [1.1, "Hearth: people agree on matter 1.2.", "Met"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)

    assert [one.key for one in planned(workbook, out.getvalue()).differences] == ["c1-2"]


def test_what_cannot_be_read_is_told_by_row_and_column(workbook: Workbook) -> None:
    content = filled(
        downloaded(workbook),
        {
            "1.1": {"score": "Mostly"},
            "1.2": {"score": "N/A"},
            "1.3": {"comment": "x" * 20_001},
            "2.1": {"score": "=1/0"},
            "2.2": {"score": "Met"},
        },
    )

    plan = planned(workbook, content)

    assert [(one.key, one.score) for one in plan.differences] == [("c2-2", 2)]
    assert [(one.row, one.column, one.value[:6]) for one in plan.problems] == [
        (9, "E (Our score)", "Mostly"),
        (10, "F (Reason)", ""),
        (11, "G (Comment)", "xxxxxx"),
        (13, "E (Our score)", ""),
    ]
    assert "none of the marks" in plan.problems[0].reason


def test_row_that_stands_twice_and_code_of_nobody_are_told(workbook: Workbook) -> None:
    rows = [["1.1", "Met"], ["1.1", "Not met"], ["9.9", "Met"]]

    plan = planned(workbook, write_csv(Table("x", ["Code", "Score"], rows)), "ours.csv")

    assert [(one.key, one.score) for one in plan.differences] == [("c1-1", 2)]
    assert [problem.reason for problem in plan.problems] == [
        "This criterion stands in row 2 already.",
        "These standards have no criterion with this code.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("workbook", "999", "belongs to the self-review of Hearth Oak Court"),
        ("network", "harbour", "belongs to the self-review of Hearth Oak Court"),
        ("edition", "f" * 64, "another edition"),
    ],
)
def test_foreign_spreadsheet_is_refused_whole(
    name: str, value: str, part: str, world: World, workbook: Workbook
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(downloaded(workbook), {"1.1": {"score": "Met"}})))
    for row in book["Communitas"].iter_rows():
        if row[0].value == name:
            row[1].value = value
        if row[0].value == "community" and name != "edition":
            row[1].value = "Hearth Oak Court"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(NotAllowed, match=part):
        upload(workbook, out.getvalue(), world.stefan)

    assert (Event.objects.count(), Spreadsheet.objects.count()) == (0, 0)


def test_spreadsheet_of_another_cycle_says_so(world: World, workbook: Workbook) -> None:
    from communitas.workbooks.rules.spreadsheets import Filled, Identity, refusal

    here = Identity("hearth", "5", "e1", "Lark House")

    assert "an earlier or later cycle" in refusal(Filled(Identity("hearth", "4", "e1", "Lark House")), here)
    assert "another review" in refusal(Filled(Identity("hearth", "4", "e1")), here)


@pytest.mark.parametrize(
    ("content", "name", "part"),
    [
        (b"Hello", "x.csv", "missing"),
        (b"Hello", "x.xlsx", "not a workbook"),
        (b"Code,Score\n9.9,Met\n", "x.csv", "No row of this file|no criterion"),
        (b"PK\x03\x04" + b"\0" * 50, "x.xlsx", "damaged"),
    ],
)
def test_other_files_are_refused(content: bytes, name: str, part: str, world: World, workbook: Workbook) -> None:
    with pytest.raises(NotAllowed, match=part):
        upload(workbook, content, world.stefan, name)


def test_forged_hidden_sheet_replaces_nothing_of_another_place(
    world: World, workbook: Workbook, put: Any, stands: Standing
) -> None:
    put(workbook, world.stefan, "c1-1", 2)
    put(workbook, world.mina, "c1-2", 1, role="client_member")
    other = str(Event.objects.get(criterion_key="c1-2").event_id)
    book = openpyxl.load_workbook(io.BytesIO(filled(downloaded(workbook), {"1.1": {"score": "Partly met"}})))
    for row in book["Communitas"].iter_rows():
        if row[1].value == "c1-1":
            row[2].value = other
    out = io.BytesIO()
    book.save(out)

    take(upload(workbook, out.getvalue(), world.stefan), world.stefan)

    assert stands(workbook)[0] == "differ"
    assert stands(workbook, "c1-2")[:2] == ("one", 1)


def test_contributor_settles_no_quarrel_of_others(world: World, workbook: Workbook, put: Any, stands: Standing) -> None:
    put(workbook, world.stefan, "c1-1", 2)
    put(workbook, world.mina, "c1-1", 0, role="client_member")
    content = downloaded(workbook)
    noted = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
        for cell in row
        if cell.value and "Two answers differ" in str(cell.value)
    ]

    take(upload(workbook, filled(content, {"1.1": {"score": "Partly met"}}), world.stefan), world.stefan)

    assert noted == ["Two answers differ: Stefan: Met; Mina: Not met"] or noted == [
        "Two answers differ: Mina: Not met; Stefan: Met"
    ]
    assert stands(workbook)[0] == "differ"
    assert sorted(Event.objects.filter(head__isnull=False).values_list("author__username", flat=True)) == [
        "mina", "stefan"
    ]  # fmt: skip


def test_lead_settles_a_quarrel_in_the_spreadsheet(
    world: World, workbook: Workbook, put: Any, stands: Standing
) -> None:
    put(workbook, world.stefan, "c1-1", 2)
    put(workbook, world.mina, "c1-1", 0, role="client_member")

    take(
        upload(workbook, filled(downloaded(workbook), {"1.1": {"score": "Partly met"}}), world.lena),
        world.lena,
        "community_lead",
    )

    assert stands(workbook)[:2] == ("one", 1)
    assert Event.objects.get(head__isnull=False).kind == "resolve"


def test_only_what_is_ticked_is_taken_and_the_rest_stays_in_the_file(
    world: World, workbook: Workbook, stands: Standing
) -> None:
    content = filled(downloaded(workbook), {"1.1": {"score": "Met"}, "1.2": {"score": "Met"}})
    kept = upload(workbook, content, world.stefan)

    done = take(kept, world.stefan, only="c1-2")

    assert done == (1, [], 0)
    assert [stands(workbook, key)[1] for key in ("c1-1", "c1-2")] == [None, 2]


def test_what_changed_while_somebody_looked_is_shown_again(
    world: World, workbook: Workbook, put: Any, stands: Standing
) -> None:
    kept = upload(
        workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}, "1.2": {"score": "Met"}}), world.stefan
    )
    found = spreadsheets.spreadsheets().get(pk=kept.pk)
    plan = spreadsheets.plan(found.workbook, spreadsheets.filled_of(found))
    wanted = [spreadsheets.token(one) for one in plan.differences]
    put(workbook, world.mina, "c1-1", 0, role="client_member")

    done = actions.take_over(spreadsheet=found, wanted=wanted, role="staff", by=world.stefan, at=NOW)

    assert done == (1, [], 1)
    assert stands(workbook)[:2] == ("one", 0)
    assert Spreadsheet.objects.get().state == "waiting"


def test_undo_puts_back_what_nothing_came_after(world: World, workbook: Workbook, put: Any, stands: Standing) -> None:
    put(workbook, world.stefan, "c1-1", 2, comment="Two rotas.")
    changes = {
        "1.1": {"score": "Not met", "comment": "No rota."},
        "1.2": {"score": "Met", "comment": "New."},
        "1.3": {"score": "Met"},
    }
    kept = upload(workbook, filled(downloaded(workbook), changes), world.lena)
    take(kept, world.lena, "community_lead")
    later = str(Event.objects.get(criterion_key="c1-3").event_id)
    put(workbook, world.mina, "c1-3", 1, seen=[later], role="client_member")

    done = actions.undo_spreadsheet(
        spreadsheet=spreadsheets.spreadsheets().get(pk=kept.pk), role="community_lead", by=world.lena, at=NOW
    )

    assert done == (4, 1)
    assert stands(workbook) == ("one", 2, ["Two rotas."])
    assert stands(workbook, "c1-2") == ("none", None, [])
    assert stands(workbook, "c1-3")[:2] == ("one", 1)
    assert Spreadsheet.objects.get().state == "undone"


def test_decided_twice_is_refused(world: World, workbook: Workbook) -> None:
    kept = upload(workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}}), world.stefan)
    actions.leave_spreadsheet(spreadsheet=kept, by=world.stefan, at=NOW)

    with pytest.raises(NotAllowed, match="already decided"):
        actions.leave_spreadsheet(spreadsheet=kept, by=world.stefan, at=NOW)
    with pytest.raises(NotAllowed, match="already decided"):
        take(kept, world.stefan)


def test_self_review_that_was_sent_takes_nothing(world: World, workbook: Workbook) -> None:
    kept = upload(workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}}), world.stefan)
    Review.objects.filter(pk=workbook.review_id).update(state="sent")

    done = take(kept, world.stefan)

    assert done == (0, ["A review takes answers only while it is open."], 0)


def test_text_too_long_for_a_cell_stays_as_it_is(world: World, workbook: Workbook, put: Any) -> None:
    for who in (world.stefan, world.mina):
        put(workbook, who, "c1-1", comment="long " * 3_999, role="staff" if who == world.stefan else "client_member")
    content = downloaded(workbook)

    read = read_guarded(content, file="x.xlsx")

    assert not read.problems
    assert said(workbook, content) == []
