"""Events are read from what devices send, and hashed over exactly that."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from communitas.workbooks.rules import events
from tests.workbooks.rules.builders import event


def test_an_event_survives_its_payload() -> None:
    written = event(3, supersedes=(2, 1), reason="A slip", transcribed_from="page 4")

    read = events.from_payload(events.payload(written), author="mina")

    assert read == replace(written, supersedes=tuple(sorted(written.supersedes)))


def test_the_canonical_form_is_the_same_for_every_order_of_what_is_superseded() -> None:
    assert events.canonical(event(3, supersedes=(2, 1))) == events.canonical(event(3, supersedes=(1, 2)))


def test_the_canonical_form_is_pinned() -> None:
    assert events.canonical(event(1)) == (
        b'{"criterion_key":"meeting","device_id":"device-1","device_seq":1,"edition_hash":"e4",'
        b'"event_id":"00000000-0000-4000-8000-000000000001","kind":"score","made_at":"2026-03-01T10:01:00Z",'
        b'"origin":"web","reason":"","register":"self","supersedes":[],"transcribed_from":"",'
        b'"value":{"score":2},"workbook":"wb-1"}'
    )


@given(
    st.dictionaries(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=4,
        ),
        max_size=4,
    )
)
@example({"score": 2, "reason": '\u0001\t"\\/\x7f\u2028\U0001f600'})
@example({"\U0001f600": 1, "\uff5e": 2})
@example({"score": 2**53})
@example({"text": "\ud800"})
@example({"score": True})
def test_the_canonical_form_is_that_of_rfc_8785_whatever_the_value(value: dict[str, Any]) -> None:
    written = event(3, value=value)
    try:
        expected = rfc8785.dumps(events.payload(written))
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011  # the two writers have words of their own
            events.canonical(written)
    else:
        assert events.canonical(written) == expected


def test_the_hash_covers_the_salt_and_the_payload() -> None:
    salt = b"0123456789abcdef"

    assert events.event_hash(event(1), salt) == hashlib.sha256(salt + events.canonical(event(1))).hexdigest()


def test_the_author_and_the_servers_number_do_not_change_the_hash() -> None:
    changed = replace(event(1), author="stefan", server_seq=9)

    assert events.event_hash(changed, b"salt") == events.event_hash(event(1), b"salt")


def test_another_answer_changes_the_hash() -> None:
    assert events.event_hash(event(1, value={"score": 1}), b"salt") != events.event_hash(event(1), b"salt")


@pytest.mark.parametrize(
    "change",
    [
        {"event_id": 7},
        {"value": "met"},
        {"value": None},
        {"supersedes": "abc"},
        {"supersedes": [1]},
        {"criterion_key": 3},
        {"device_seq": -1},
        {"device_seq": True},
        {"device_seq": 2**60},
        {"register": None},
        {"value": {"text": "a\0b"}},
        {"value": {"deep": ["\0"]}},
        {"value": {"text": "\ud800"}},
        {"value": {"score": float("nan")}},
    ],
)
def test_from_payload_refuses_what_cannot_be_kept(change: dict[str, Any]) -> None:
    with pytest.raises(events.Unreadable, match="The event"):
        events.from_payload(events.payload(event(1)) | change, author="mina")


def test_a_backslash_before_zeros_is_an_ordinary_text() -> None:
    body = events.payload(event(1, register="comment:self", kind="comment", value={"text": "\\u0000"}))

    assert events.from_payload(body, author="mina").text == "\\u0000"


@pytest.mark.parametrize(
    ("value", "score"), [(2, 2), ("NA", "NA"), (True, None), ("2", None), (1.0, None), (None, None)]
)
def test_only_whole_numbers_and_not_applicable_are_scores(value: Any, score: Any) -> None:
    assert event(1, value={"score": value}).score == score
