"""What can be decided about an answer that came out of place, and why it waits, in words."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.quarantine import QUARANTINE, SENTENCES, place, role_for, why
from communitas.workbooks.rules.sealed import author_agrees


def test_everything_waits_first_and_nothing_is_ever_deleted() -> None:
    assert QUARANTINE.start == "waiting"
    assert set(QUARANTINE.states) == {"waiting", "placed", "kept", "declined"}
    assert QUARANTINE.allowed("placed") == ()


@pytest.mark.parametrize(
    ("state", "verbs"),
    [("waiting", ["place", "keep", "decline"]), ("kept", ["place", "decline", "undo"]), ("declined", ["undo"])],
)
def test_what_is_possible_from_each_state(state: str, verbs: list[str]) -> None:
    assert [move.verb for move in QUARANTINE.allowed(state)] == verbs


def test_declining_needs_a_reason() -> None:
    with pytest.raises(NotAllowed, match="give a reason"):
        QUARANTINE.move("waiting", "decline")

    assert QUARANTINE.move("waiting", "decline", reason="A trial") == "declined"


def test_only_what_can_be_read_and_has_a_workbook_is_placed() -> None:
    assert place("waiting", is_readable=True, has_workbook=True) == "placed"
    for is_readable, has_workbook in ((False, True), (True, False)):
        with pytest.raises(NotAllowed, match="can be read and belongs"):
            place("waiting", is_readable=is_readable, has_workbook=has_workbook)


def test_a_reason_is_known_by_one_name_and_says_a_whole_sentence() -> None:
    assert why("review_is_open", "…").code == "late"
    assert why("writer_takes_part", "…").code == "not_on_the_team"
    assert why("off_the_scale", "The scale has only three.").sentence == "The scale has only three."
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_a_placed_answer_is_written_in_the_role_of_its_place() -> None:
    mine, note = registers.reviewer("7"), registers.PRIVATE_NOTE

    assert role_for(mine, "peer_review", settles=False) == "reviewer"
    assert role_for(registers.AGREED, "peer_review", settles=False) == "lead_reviewer"
    assert role_for(mine, "peer_review", settles=True) == "lead_reviewer"
    assert role_for(registers.SELF, "self_review", settles=False) == "staff"
    assert role_for(registers.SELF, "self_review", settles=True) == "community_lead"
    assert role_for(registers.comment("client_members"), "self_review", settles=False) == "client_member"
    assert role_for(note, "self_review", settles=False) == "staff"


def test_only_the_author_agrees_to_what_was_brought_back() -> None:
    assert author_agrees(7, 7)
    assert not author_agrees(7, 8)
