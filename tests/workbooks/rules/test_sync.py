"""What devices send: read where it can be, kept where it is one item of a batch, refused whole where it is none."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.sync import (
    MOST_BYTES,
    Malformed,
    TooMuch,
    count_of,
    name_of,
    protocol_is_known,
    raw_hash,
    read_item,
    read_object,
    read_posted,
    twice_used,
    view_tag,
)
from tests.workbooks.rules.builders import peer_review, self_review

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda held: st.lists(held, max_size=4) | st.dictionaries(st.text(), held, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=5))
def test_every_item_of_a_readable_batch_is_kept_as_it_came(items: list[Any]) -> None:
    posted = read_posted(json.dumps({"device": "d", "events": items}).encode())

    assert [json.loads(item.raw) for item in posted.items] == items
    assert all(item.raw.isascii() for item in posted.items)
    assert all(len(raw_hash(item.raw, b"salt")) == 64 for item in posted.items)


@given(st.binary(max_size=200))
def test_anything_else_is_refused_in_words(content: bytes) -> None:
    with pytest.raises((Malformed, TooMuch), match=r"\.$"):
        read_posted(content)


def test_the_order_of_names_does_not_matter() -> None:
    assert read_item({"b": 1, "a": 2}).raw == read_item({"a": 2, "b": 1}).raw


def test_an_id_that_cannot_be_shown_is_not_repeated() -> None:
    assert read_item({"event_id": "x" * 500}).event_id == "x" * 60
    assert read_item({"event_id": "\ud800"}).event_id == ""
    assert read_item({"event_id": "a\nb"}).event_id == ""


def test_more_than_a_mebibyte_is_too_much() -> None:
    with pytest.raises(TooMuch):
        read_object(b" " * MOST_BYTES + b"{}")


@pytest.mark.parametrize(("said", "known"), [({"unsent": 14}, 14), ({"unsent": -1}, 0), ({"unsent": True}, 0), ({}, 0)])
def test_a_count_is_sensible_or_nothing(said: dict[str, Any], known: int) -> None:
    assert count_of(said) == known


def test_a_name_is_short_and_can_be_shown() -> None:
    assert name_of({"name": " iPad\x00 of\n the ward "}) == "iPad of the ward"
    assert len(name_of({"name": "x" * 500})) == 80
    assert name_of({"name": 7}) == ""


@pytest.mark.parametrize(("spoken", "known"), [("1", True), ("0", False), ("2", False), ("-1", False), ("", False)])
def test_protocols(spoken: str, known: bool) -> None:
    assert protocol_is_known(spoken) is known


def test_a_number_used_twice_is_found_and_a_repetition_is_not() -> None:
    assert twice_used([("a", 1, "x"), ("a", 1, "x"), ("a", 2, "y"), ("b", 1, "z")]) == set()
    assert twice_used([("a", 1, "x"), ("a", 1, "y"), ("a", 2, "z")]) == {("a", 1)}


def test_the_view_changes_with_what_may_be_read_and_with_nothing_else() -> None:
    rafi, ludo = Writer("7", "reviewer"), Writer("8", "lead_reviewer")
    alone = view_tag(rafi, peer_review("scoring"))

    assert view_tag(rafi, peer_review("scoring", applicable=frozenset())) == alone
    assert view_tag(rafi, peer_review("scoring", finished=frozenset({"9"}))) != alone
    assert view_tag(rafi, peer_review("agreeing")) != alone
    assert view_tag(ludo, peer_review("scoring")) != alone
    assert view_tag(rafi, self_review("sent")) != view_tag(rafi, self_review("open"))
