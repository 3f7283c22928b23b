"""Registers are read from and written to the text that events carry."""

import pytest

from communitas.workbooks.rules import registers


@pytest.mark.parametrize(
    "text",
    [
        "self",
        "reviewer:17",
        "agreed",
        "after_evidence",
        "comment:self",
        "comment:agreed",
        "comment:staff",
        "comment:client_members",
        "comment:reviewer:17",
        "achievement",
        "improvement",
        "feedback",
        "private_note",
    ],
)
def test_a_register_is_written_as_it_was_read(text: str) -> None:
    assert str(registers.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "sel", "self:1", "self:", "reviewer", "reviewer:", "comment", "comment:host", "comment:reviewer:", "x:y"],
)
def test_parse_refuses_what_names_no_register(text: str) -> None:
    with pytest.raises(ValueError, match="no place called"):
        registers.parse(text)


def test_a_reviewer_owns_their_scores_and_their_comments() -> None:
    owners = [registers.reviewer("7").reviewer, registers.reviewer_comment("7").reviewer, registers.SELF.reviewer]

    assert owners == ["7", "7", ""]


def test_the_views_of_the_community_belong_to_the_self_review() -> None:
    texts = ["self", "comment:self", "comment:staff", "comment:client_members", "comment:agreed", "agreed", "feedback"]

    assert [text for text in texts if registers.parse(text).is_of_self_review] == texts[:4]
