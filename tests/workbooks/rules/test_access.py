"""Each register has its writers, its time, and its readers."""

import pytest

from communitas.workbooks.rules import registers
from communitas.workbooks.rules.access import Writer, Writing, may_read, refusal
from communitas.workbooks.rules.review import Review
from tests.workbooks.rules.builders import peer_review, self_review

MINA = Writer("mina", "client_member")
STEFAN = Writer("stefan", "staff")
LENA = Writer("lena", "community_lead")
RAFI = Writer("rafi", "reviewer")
NADIA = Writer("nadia", "reviewer")
LUDO = Writer("ludo", "lead_reviewer")
CORA = Writer("cora", "office")


def _rule(writer: Writer, register: str, review: Review, *, kind: str = "score", origin: str = "web") -> str | None:
    refused = refusal(Writing(writer, registers.parse(register), kind, origin, review))
    return refused[0] if refused else None


@pytest.mark.parametrize(
    ("writer", "register", "review", "expected"),
    [
        (MINA, "self", self_review(), None),
        (STEFAN, "self", self_review("reopened"), None),
        (LENA, "self", self_review("sent"), "review_is_open"),
        (RAFI, "self", self_review(), "writer_takes_part"),
        (CORA, "self", self_review(), "writer_takes_part"),
        (LENA, "self", peer_review(), "register_is_of_this_review"),
        (LENA, "agreed", self_review(), "register_is_of_this_review"),
        (MINA, "comment:client_members", self_review(), None),
        (STEFAN, "comment:client_members", self_review(), "view_is_of_ones_own_group"),
        (LENA, "comment:staff", self_review(), None),
        (MINA, "comment:staff", self_review(), "view_is_of_ones_own_group"),
        (RAFI, "reviewer:rafi", peer_review("not_started"), "review_is_open"),
        (RAFI, "reviewer:rafi", peer_review("scoring"), None),
        (RAFI, "reviewer:rafi", peer_review("agreeing"), None),
        (RAFI, "reviewer:rafi", peer_review("closed"), "review_is_open"),
        (LUDO, "reviewer:rafi", peer_review("scoring"), "reviewer_writes_alone"),
        (LUDO, "comment:reviewer:rafi", peer_review("scoring"), "reviewer_writes_alone"),
        (LUDO, "agreed", peer_review("scoring"), "discussion_has_opened"),
        (LUDO, "agreed", peer_review("agreeing"), None),
        (LUDO, "agreed", peer_review("closed"), "review_is_open"),
        (LUDO, "agreed", peer_review("reopened"), None),
        (RAFI, "agreed", peer_review("agreeing"), "lead_reviewer_agrees"),
        (RAFI, "after_evidence", peer_review("agreeing"), "lead_reviewer_agrees"),
        (LENA, "achievement", peer_review("agreeing"), "writer_takes_part"),
        (NADIA, "achievement", peer_review("scoring"), None),
        (NADIA, "private_note", peer_review("scoring"), None),
        (MINA, "private_note", self_review(), None),
    ],
)
def test_who_writes_what_and_when(writer: Writer, register: str, review: Review, expected: str | None) -> None:
    assert _rule(writer, register, review) == expected


@pytest.mark.parametrize("writer", [CORA, LUDO, NADIA])
def test_a_reviewers_paper_is_keyed_in_by_the_team_or_the_office(writer: Writer) -> None:
    assert _rule(writer, "reviewer:rafi", peer_review("agreeing"), origin="paper") is None


@pytest.mark.parametrize(
    ("writer", "review", "expected"),
    [
        (LENA, self_review(), None),
        (STEFAN, self_review(), "lead_settles"),
        (LUDO, peer_review(), None),
    ],
)
def test_answers_that_differ_are_settled_by_the_lead(writer: Writer, review: Review, expected: str | None) -> None:
    register = "self" if review.kind == "self_review" else "agreed"

    assert _rule(writer, register, review, kind="resolve") == expected


def test_a_reviewer_settles_their_own_two_devices() -> None:
    assert _rule(RAFI, "reviewer:rafi", peer_review("scoring"), kind="resolve") is None


@pytest.mark.parametrize(
    ("role", "register", "state", "expected"),
    [
        ("decider", "agreed", "closed", None),
        ("office", "agreed", "closed", None),
        ("lead_reviewer", "agreed", "closed", "writer_takes_part"),
        ("decider", "reviewer:rafi", "closed", "review_is_open"),
        ("decider", "agreed", "not_started", "review_is_open"),
    ],
)
def test_an_accepted_point_changes_the_agreed_score_of_a_closed_review(
    role: str, register: str, state: str, expected: str | None
) -> None:
    assert _rule(Writer("cyrus", role), register, peer_review(state), origin="factual_check") == expected


def _reads(reader: Writer, review: Review, register: registers.Register, author: str = "") -> bool:
    return may_read(register, reader, review, author=author)


@pytest.mark.parametrize("register", [registers.reviewer("rafi"), registers.reviewer_comment("rafi")])
def test_a_reviewers_own_register_is_hidden_until_they_finish_or_the_discussion_opens(
    register: registers.Register,
) -> None:
    scoring, finished = peer_review("scoring"), peer_review("scoring", finished=frozenset({"rafi"}))

    for reader in (LUDO, NADIA, CORA):
        assert not _reads(reader, scoring, register)
        assert _reads(reader, finished, register)
        assert _reads(reader, peer_review("agreeing"), register)
    assert _reads(RAFI, scoring, register)


def test_a_private_note_is_read_by_its_author_alone() -> None:
    note = registers.PRIVATE_NOTE

    assert _reads(RAFI, peer_review("closed"), note, author="rafi")
    assert not _reads(LUDO, peer_review("closed"), note, author="rafi")
    assert not _reads(Writer("", "office"), peer_review("closed"), note)


def test_the_team_reads_a_self_review_once_it_was_sent() -> None:
    states = {state: _reads(RAFI, self_review(state), registers.SELF) for state in ("open", "sent", "reopened")}

    assert states == {"open": False, "sent": True, "reopened": True}
    assert _reads(MINA, self_review("open"), registers.SELF)


def test_what_the_team_agreed_is_open_to_whoever_may_open_the_workbook() -> None:
    assert _reads(CORA, peer_review("scoring"), registers.AGREED)
