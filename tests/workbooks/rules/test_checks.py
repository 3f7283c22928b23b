"""What is out of place is named with a sentence, so that quarantine can show it."""

from typing import Any

import pytest

from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.checks import Problem, check, check_supersedes
from communitas.workbooks.rules.review import Review
from tests.workbooks.rules.builders import EDITION, event, peer_review, self_review, uuid

LENA = Writer("lena", "community_lead")
RAFI = Writer("rafi", "reviewer")
LUDO = Writer("ludo", "lead_reviewer")
SHA = "a" * 64


def _code(review: Review, writer: Writer, **changes: Any) -> str | None:
    problem = check(event(1, **changes), EDITION, review, writer)
    return problem.code if problem else None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"value": {"score": "NA", "reason": "No kitchen here"}}, None),
        ({"value": {"score": "NA", "reason": " "}}, "no_reason"),
        ({"value": {"score": 3}}, "off_the_scale"),
        ({"value": {"score": True}}, "off_the_scale"),
        ({"value": {}}, "off_the_scale"),
        ({"value": {"score": 2, "reason": "x" * 20_001}}, "too_long"),
        ({"reason": "x" * 20_001}, "too_long"),
        ({"event_id": "12"}, "event_id"),
        ({"event_id": uuid(1).upper().replace("4", "1", 1)}, "event_id"),
        ({"kind": "vote"}, "unknown_kind"),
        ({"origin": "fax"}, "unknown_origin"),
        ({"register": "reviewer"}, "unknown_register"),
        ({"workbook": "wb-2"}, "other_workbook"),
        ({"edition_hash": "e3"}, "other_edition"),
        ({"criterion_key": None}, "no_criterion"),
        ({"criterion_key": "pool"}, "unknown_criterion"),
        ({"register": "comment:self"}, "wrong_register"),
        ({"register": "comment:self", "kind": "comment", "value": {"text": "x" * 20_000}}, None),
        ({"register": "comment:self", "kind": "comment", "value": {"text": "x" * 20_001}}, "too_long"),
        ({"register": "comment:self", "kind": "comment", "value": {"text": " "}}, "empty"),
        ({"register": "comment:self", "kind": "comment", "value": {"text": "a"}, "criterion_key": None}, None),
        ({"register": "comment:self", "kind": "resolve", "value": {"text": "Both are right"}}, None),
        ({"kind": "comment", "value": {"text": "a"}}, "wrong_register"),
        ({"kind": "resolve", "value": {"score": 1}}, None),
        ({"kind": "resolve", "value": {"text": "a"}}, "off_the_scale"),
        ({"kind": "retract", "value": {}, "supersedes": (2,)}, None),
        ({"kind": "retract", "value": {}}, "nothing_to_retract"),
        ({"kind": "complete", "value": {}}, "wrong_register"),
        ({"register": "comment:self", "kind": "attach", "value": {"file": SHA}}, None),
        ({"register": "comment:self", "kind": "attach", "value": {"link": "https://example.org"}}, None),
        ({"register": "comment:self", "kind": "attach", "value": {"link": "javascript:alert(1)"}}, "not_a_file"),
        ({"register": "comment:self", "kind": "attach", "value": {"file": "../etc"}}, "not_a_file"),
        ({"register": "comment:self", "kind": "attach", "value": {"file": SHA, "link": "https://a"}}, "not_a_file"),
        ({"kind": "attach", "value": {"file": SHA}}, "wrong_register"),
        ({"register": "agreed"}, "register_is_of_this_review"),
    ],
)
def test_check_of_a_self_review(changes: dict[str, Any], expected: str | None) -> None:
    assert _code(self_review(), LENA, **changes) == expected


@pytest.mark.parametrize(
    ("writer", "changes", "expected"),
    [
        (RAFI, {"register": "reviewer:rafi", "criterion_key": None, "kind": "complete", "value": {}}, None),
        (RAFI, {"register": "reviewer:rafi", "kind": "complete", "value": {}}, "wrong_register"),
        (RAFI, {"register": "reviewer:rafi", "criterion_key": None}, "no_criterion"),
        (LUDO, {"register": "agreed", "value": {"score": 2}}, None),
        (LUDO, {"register": "agreed", "value": {"score": 1}}, "no_reason"),
        (LUDO, {"register": "agreed", "value": {"score": 1, "reason": "No rota seen"}}, None),
        (LUDO, {"register": "agreed", "value": {"score": 1}, "criterion_key": "cook"}, None),
        (LUDO, {"register": "after_evidence", "value": {"score": 2}}, "no_reason"),
        (LUDO, {"register": "after_evidence", "value": {"score": 2, "reason": "Rota sent"}}, None),
    ],
)
def test_check_of_a_peer_review(writer: Writer, changes: dict[str, Any], expected: str | None) -> None:
    assert _code(peer_review(self_scores={"meeting": 2}), writer, **changes) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"score": 2, "reason": "The rota exists", "point": "p-4"}, None),
        ({"score": 2, "reason": "The rota exists"}, "no_reason"),
        ({"score": 2, "point": "p-4"}, "no_reason"),
    ],
)
def test_an_accepted_point_names_the_point_and_the_reason(value: dict[str, Any], expected: str | None) -> None:
    decider = Writer("cyrus", "decider")
    changes = {"register": "agreed", "origin": "factual_check", "value": value}

    assert _code(peer_review("closed"), decider, **changes) == expected


def test_a_criterion_that_does_not_apply_is_out_of_place() -> None:
    review = self_review(applicable=frozenset({"cook"}))

    assert check(event(1), EDITION, review, LENA) == Problem(
        "not_applicable_criterion", "This criterion does not apply to this community."
    )


def test_a_late_event_is_told_that_the_review_is_closed() -> None:
    assert check(event(1), EDITION, self_review("sent"), LENA) == Problem(
        "review_is_open", "A review takes answers only while it is open."
    )


def test_the_words_of_the_scale_are_said() -> None:
    problem = check(event(1, value={"score": 9}), EDITION, self_review(), LENA)

    assert problem == Problem(
        "off_the_scale", "The scale of this edition has only: met, partly met, not met, not applicable."
    )


def test_superseding_what_is_there_or_on_its_way_is_in_order() -> None:
    assert check_supersedes(event(3, supersedes=(1, 2)), [event(1)]) is None


@pytest.mark.parametrize(
    ("newcomer", "stored", "elsewhere", "expected"),
    [
        (event(1, supersedes=(1,)), [], [], "supersedes_itself"),
        (event(2, supersedes=(1,)), [], [uuid(1)], "supersedes_elsewhere"),
        (event(1, supersedes=(3,)), [event(2, supersedes=(1,)), event(3, supersedes=(2,))], [], "ring"),
        (
            event(2, register="private_note", author="nadia", supersedes=(1,)),
            [event(1, register="private_note", author="rafi")],
            [],
            "not_your_note",
        ),
    ],
)
def test_superseding_out_of_place_is_named(newcomer: Any, stored: Any, elsewhere: Any, expected: str) -> None:
    problem = check_supersedes(newcomer, stored, elsewhere)

    assert problem is not None
    assert problem.code == expected
