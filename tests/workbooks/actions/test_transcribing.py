"""Paper comes back: what one hand wrote reaches the workbook, and a second person confirms it."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.workbooks import queries
from communitas.workbooks.actions import printing, transcribing
from communitas.workbooks.actions.redacting import redact
from communitas.workbooks.models import Event, Keying, Review, Workbook
from communitas.workbooks.queries import on_paper, paper
from communitas.workbooks.queries.unchecked import unchecked_codes
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.fold import Answer as Stands
from communitas.workbooks.rules.paper import Difference, Entry
from communitas.workbooks.rules.registers import SELF
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer
from tests.workbooks.paper import LATER, check, key_in, printed, sheet_of

pytestmark = pytest.mark.django_db


def stands(workbook: Workbook, key: str, register: registers.Register = SELF) -> Stands:
    return queries.state_of(workbook).answer(key, register)


def words(workbook: Workbook, key: str) -> list[str]:
    return [one.text for one in queries.state_of(workbook).comments(key, registers.comment("self"))]


def scoring(peer: Workbook) -> Workbook:
    Review.objects.filter(pk=peer.review_id).update(state="scoring")
    return queries.peer_reviews().get(pk=peer.pk)


def test_answers_stand_as_soon_as_the_page_is_sent_and_say_where_they_come_from(
    world: World, workbook: Workbook
) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    transcribing.save_draft(sheet=sheet, part="first", entries={"c1-1": Entry(2)}, hand="Mina", by=world.stefan, at=NOW)
    assert (sheet_of(sheet.printing).state, stands(workbook, "c1-1").kind) == ("begun", "none")

    key_in(sheet, world.stefan, 2, Entry(0, "", "Not at weekends."), Entry("NA", "No garden."), hand="Mina")

    event = Event.objects.get(criterion_key="c1-1")
    assert (event.origin, event.author) == ("paper", world.stefan)
    assert event.payload.value["transcribed_from"] == f"{sheet.code} · Mina"
    assert [stands(workbook, f"c1-{n}").score for n in (1, 2, 3)] == [2, 0, "NA"]
    assert words(workbook, "c1-2") == ["Not at weekends."]
    assert sheet_of(sheet.printing).state == "keyed"
    assert on_paper.still_on_paper(workbook) == [
        "1 printed page is still on paper.",
        "1 page was keyed in and not yet checked by a second person.",
    ]
    assert unchecked_codes(workbook) == {sheet.code}
    assert not Keying.objects.filter(sent_at=None).exists()


def test_second_person_reads_the_same_and_the_page_is_checked(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, 2, 1)

    assert check(sheet_of(sheet.printing), world.mina, 2, 1) == ()

    now = sheet_of(sheet.printing)
    assert (now.state, now.keyed_by, now.checked_by) == ("checked", world.stefan, world.mina)
    assert Event.objects.count() == 2
    assert unchecked_codes(workbook) == set()


def test_who_keyed_it_in_cannot_check_or_settle_it(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, 2, 1)

    with pytest.raises(NotAllowed, match="somebody other than the person who keyed it in"):
        check(sheet_of(sheet.printing), world.stefan, 2, 1)
    check(sheet_of(sheet.printing), world.mina, 2, 2)
    with pytest.raises(NotAllowed, match="somebody other"):
        transcribing.settle(sheet=sheet_of(sheet.printing), chosen={}, role="staff", by=world.stefan, at=LATER)


def test_disagreement_is_kept_shown_and_settled(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, 2, 1, Entry(None, "", "Sun"))

    found = check(sheet_of(sheet.printing), world.mina, 2, 0, Entry(None, "", "Son"))

    assert found == (Difference("c1-2", "score", 1, 0), Difference("c1-3", "comment", "Sun", "Son"))
    assert stands(workbook, "c1-2").score == 1
    now, chosen = sheet_of(sheet.printing), {("c1-2", "score"): "second"}
    with pytest.raises(NotAllowed, match="each difference"):
        transcribing.settle(sheet=now, chosen=chosen, role="client_member", by=world.mina, at=LATER)

    chosen |= {("c1-3", "comment"): "first"}
    transcribing.settle(sheet=now, chosen=chosen, role="client_member", by=world.mina, at=LATER)

    assert (stands(workbook, "c1-2").kind, stands(workbook, "c1-2").score) == ("one", 0)
    assert words(workbook, "c1-3") == ["Sun"]
    assert sheet_of(sheet.printing).state == "checked"
    assert [one.part for one in Keying.objects.filter(sheet=sheet)] == ["first", "check", "settled"]


def test_mark_that_nobody_made_is_taken_back_when_it_is_settled(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, 2, 1)
    check(sheet_of(sheet.printing), world.mina, 2, None)

    transcribing.settle(
        sheet=sheet_of(sheet.printing), chosen={("c1-2", "score"): "second"}, role="staff", by=world.mina, at=LATER
    )  # fmt: skip

    assert stands(workbook, "c1-2").kind == "none"


def test_correction_replaces_what_the_page_said_and_is_checked_anew(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, 2, 1, Entry(0, "", "Wrong line"))
    check(sheet_of(sheet.printing), world.mina, 2, 1, Entry(0, "", "Wrong line"))

    key_in(sheet_of(sheet.printing), world.stefan, 2, 2, 0)

    now = sheet_of(sheet.printing)
    assert (now.state, now.checked_by) == ("keyed", None)
    assert [(stands(workbook, f"c1-{n}").kind, stands(workbook, f"c1-{n}").score) for n in (1, 2, 3)] == [
        ("one", 2),
        ("one", 2),
        ("one", 0),
    ]
    assert words(workbook, "c1-3") == []
    with pytest.raises(NotAllowed, match="Somebody else keyed"):
        key_in(now, world.mina, 0)


def test_answer_of_the_screen_is_never_replaced_by_paper_that_did_not_show_it(
    world: World, workbook: Workbook, put: Answer
) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    put(workbook, world.mina, "c1-1", 1)
    put(workbook, world.mina, "c1-2", 2)

    key_in(sheet, world.stefan, 2, 2)

    assert stands(workbook, "c1-1").kind == "differ"
    assert (stands(workbook, "c1-2").kind, stands(workbook, "c1-2").score) == ("agree", 2)


def test_page_printed_with_answers_replaces_those_it_showed(world: World, workbook: Workbook, put: Answer) -> None:
    put(workbook, world.mina, "c1-1", 1)
    put(workbook, world.mina, "c1-2", 2)
    workbook.refresh_from_db()
    sheet = sheet_of(printed(queries.self_reviews().get(pk=workbook.pk), world.lena, filled=True))
    before = Event.objects.count()

    key_in(sheet, world.stefan, 2, 2)

    assert Event.objects.count() == before + 1
    assert (stands(workbook, "c1-1").kind, stands(workbook, "c1-1").score) == ("one", 2)
    assert check(sheet_of(sheet.printing), world.mina, 2, None) == ()


def test_reviewers_paper_is_keyed_in_for_that_reviewer(world: World, peer: Workbook) -> None:
    peer = scoring(peer)
    sheet = sheet_of(printed(peer, world.ludo, world.rafi))
    found = {"found:1:achievement": Entry(comment="Everybody cooks."), "found:1:improvement": Entry(comment="Heating.")}

    key_in(sheet, world.cora, role="office", entries={"c1-1": Entry(2), "c1-2": Entry(1, "", "Seen")} | found)

    state = queries.state_of(peer)
    rafi = str(world.rafi.pk)
    assert state.answer("c1-1", registers.reviewer(rafi)).score == 2
    assert [note.text for note in state.comments("c1-2", registers.reviewer_comment(rafi))] == ["Seen"]
    assert [note.text for note in state.notes(registers.ACHIEVEMENT)] == ["Everybody cooks."]
    assert [note.text for note in state.notes(registers.IMPROVEMENT)] == ["Heating."]


def test_form_without_a_name_needs_one_of_the_team(world: World, peer: Workbook) -> None:
    found = printed(scoring(peer), world.ludo)
    with pytest.raises(NotAllowed, match="whose form"):
        key_in(sheet_of(found), world.ludo, 2, role="lead_reviewer")
    with pytest.raises(NotAllowed, match="not on the team"):
        key_in(sheet_of(found), world.ludo, 2, role="lead_reviewer", reviewer=world.otto)

    key_in(sheet_of(found), world.ludo, 2, role="lead_reviewer", reviewer=world.nadia)

    assert (sheet_of(found).reviewer, sheet_of(found).hand) == (world.nadia, world.nadia.display_name)


def test_two_copies_of_one_page_stand_side_by_side(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, 2)

    copy = printing.add_copy(sheet=sheet, hand="Kitchen group", by=world.lena, at=LATER)
    key_in(sheet_of(sheet.printing, copy=2), world.stefan, 1)

    assert stands(workbook, "c1-1").kind == "differ"
    assert {event.payload.value["transcribed_from"] for event in Event.objects.all()} == {
        sheet.code,
        f"{copy.code}, copy 2 · Kitchen group",
    }


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Entry("NA"), "'Not applicable' needs a reason."),
        (Entry(7), "The scale of this edition has only: met, partly met, not met, not applicable."),
    ],
)
def test_what_has_no_place_stays_with_the_page(world: World, workbook: Workbook, entry: Entry, sentence: str) -> None:
    sheet = sheet_of(printed(workbook, world.lena))

    keying = key_in(sheet, world.stefan, entry, 1)

    assert keying.problems == {"c1-1": sentence}
    assert keying.entries["c1-1"]["score"] == entry.score
    assert [stands(workbook, f"c1-{n}").score for n in (1, 2)] == [None, 1]
    key_in(sheet_of(sheet.printing), world.stefan, Entry("NA", "We have none."), 1)
    assert stands(workbook, "c1-1").score == "NA"


def test_page_printed_before_another_edition_keeps_its_answers_to_itself(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    Workbook.objects.filter(pk=workbook.pk).update(edition_hash="f" * 64)

    keying = key_in(sheet_of(sheet.printing), world.stefan, 2, 1)

    assert set(keying.problems.values()) == {"This answer was given to another edition of the standards."}
    assert not Event.objects.exists()
    assert sheet_of(sheet.printing).state == "keyed"


def test_criterion_that_no_longer_applies_is_kept_with_the_page(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    type(sheet).objects.filter(pk=sheet.pk).update(criteria=["c1-1", "gone", "c1-3"])

    keying = key_in(sheet_of(sheet.printing), world.stefan, entries={"c1-1": Entry(2), "gone": Entry(1)})

    assert keying.problems == {"gone": "This edition has no such criterion."}
    assert stands(workbook, "c1-1").score == 2


def test_closed_review_takes_nothing_and_the_draft_stays(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    transcribing.save_draft(sheet=sheet, part="first", entries={"c1-1": Entry(2)}, by=world.stefan, at=NOW)
    Review.objects.filter(pk=workbook.review_id).update(state="sent")

    with pytest.raises(NotAllowed, match="only while it is open"):
        key_in(sheet_of(sheet.printing), world.stefan, 2)

    draft = paper.draft_of(sheet, world.stefan.pk, "first")
    assert draft is not None
    assert paper.reading_of(draft) == {"c1-1": Entry(2)}
    assert sheet_of(sheet.printing).state == "begun"


def test_what_two_people_keyed_in_at_once_is_not_lost(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    for person, mark in ((world.stefan, 2), (world.mina, 1)):
        transcribing.save_draft(sheet=sheet, part="first", entries={"c1-1": Entry(mark)}, by=person, at=NOW)

    key_in(sheet_of(sheet.printing), world.stefan, 2)

    draft = paper.draft_of(sheet, world.mina.pk, "check", "first")
    assert draft is not None
    assert paper.reading_of(draft) == {"c1-1": Entry(1)}


@pytest.mark.parametrize("change", [{"sent_at": None}, {"part": "check"}, {"by": None}])
def test_database_keeps_a_reading_that_was_sent(world: World, workbook: Workbook, change: dict[str, Any]) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    keying = key_in(sheet, world.stefan, 2)
    if "by" in change:
        change = {"by": Account.objects.get(pk=world.mina.pk)}

    with pytest.raises(DatabaseError), transaction.atomic():
        Keying.objects.filter(pk=keying.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Keying.objects.filter(pk=keying.pk).delete()


def test_redaction_empties_what_was_read_from_paper_in_that_place_alone(world: World, workbook: Workbook) -> None:
    sheet = sheet_of(printed(workbook, world.lena))
    key_in(sheet, world.stefan, Entry(2, "", "A name that should not be here"), Entry(1, "", "Fine"))
    check(sheet_of(sheet.printing), world.mina, Entry(2, "", "A name that should not be there"), Entry(1, "", "Fine"))
    event = Event.objects.get(criterion_key="c1-1", kind="comment")

    redact(workbook=workbook, event=event, reason="A person's name.", by=world.dee, at=LATER)

    readings = list(Keying.objects.filter(sheet=sheet))
    assert [set(one.entries) for one in readings] == [{"c1-2"}, {"c1-2"}]
    assert stands(workbook, "c1-1").score == 2
