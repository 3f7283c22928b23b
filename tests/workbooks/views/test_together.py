"""Others in the workbook: who is where, what they change, and what a screen reader hears of it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.workbooks import queries
from communitas.workbooks.models import Presence, Workbook
from communitas.workbooks.rules.registers import AGREED, SELF, comment, reviewer
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def address(name: str, *args: Any) -> str:
    return path_of("hearth", f"workbooks:{name}", *args)


@pytest.fixture
def agreeing(peer: Workbook) -> Workbook:
    """A peer-review whose discussion is open."""
    peer.review.state = "agreeing"
    peer.review.save()
    return peer


def test_others_are_named_with_their_criterion_and_oneself_is_not(
    world: World, workbook: Workbook, client: Client
) -> None:
    pulse = address("pulse", workbook.pk, 1)
    world.sign_in(client, world.mina).post(pulse, {"at": "c2-1"}, headers=HTMX)

    mine = client.post(pulse, {}, headers=HTMX).content.decode()
    Presence.objects.update(criterion_key="c2-1")
    theirs = world.sign_in(client, world.stefan).post(pulse, {}, headers=HTMX).content.decode()

    assert "Also here now" not in mine
    assert "Mina is at 2.1." in theirs
    assert 'data-here="c2-1"' in theirs


def test_answers_of_others_are_announced_by_name(world: World, workbook: Workbook, client: Client, put: Answer) -> None:
    put(workbook, world.mina, "c1-1", 1, role="client_member", comment="Not at weekends.")
    world.sign_in(client, world.stefan)

    one = client.post(address("pulse", workbook.pk, 1), {"after": "0"}, headers=HTMX)
    none = client.post(address("pulse", workbook.pk, 1), {"after": "2"}, headers=HTMX)

    assert json.loads(one["HX-Trigger"]) == {"announce": "Mina: 1.1 has a new answer."}
    assert "HX-Trigger" not in none


def test_many_answers_are_announced_as_a_number(
    world: World, workbook: Workbook, client: Client, put: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communitas.workbooks.views.frame.MOST_NAMED", 2)
    for key in ("c1-1", "c1-2", "c1-3"):
        put(workbook, world.mina, key, 1, role="client_member")

    answer = world.sign_in(client, world.stefan).post(address("pulse", workbook.pk, 1), {"after": "0"}, headers=HTMX)

    assert json.loads(answer["HX-Trigger"]) == {"announce": "3 new answers."}


def test_team_sees_who_is_there_and_what_is_agreed(
    world: World, agreeing: Workbook, client: Client, put: Answer
) -> None:
    pulse = address("peer_pulse", agreeing.pk, 1)
    world.sign_in(client, world.ludo).post(pulse, {"at": "c1-1"}, headers=HTMX)
    put(agreeing, world.ludo, "c1-1", 1, register=AGREED, role="lead_reviewer", reason="Seen on the day.")

    page = world.sign_in(client, world.rafi).get(address("discussion", agreeing.pk, 1)).content.decode()
    parts = client.post(pulse, {"after": "0"}, headers=HTMX).content.decode()

    assert "data-pulse" in page
    assert "Ludo is at 1.1." in page
    assert 'id="c0"' in parts
    assert "Seen on the day." in parts
    assert 'id="pulse-after" value="1"' in parts
    assert Presence.objects.filter(workbook=agreeing).count() == 2


def test_reviewer_who_changes_their_mark_in_the_discussion_is_seen(
    world: World, agreeing: Workbook, client: Client, put: Answer
) -> None:
    put(agreeing, world.rafi, "c1-2", 1, register=reviewer(str(world.rafi.pk)), role="reviewer")

    answer = world.sign_in(client, world.ludo).post(address("peer_pulse", agreeing.pk, 1), {"after": "0"}, headers=HTMX)

    assert json.loads(answer["HX-Trigger"]) == {"announce": "Rafi: 1.2 has a new answer."}
    assert 'id="c1"' in answer.content.decode()


def test_those_who_score_alone_are_alone(world: World, peer: Workbook, client: Client) -> None:
    peer.review.state = "scoring"
    peer.review.save()
    world.sign_in(client, world.rafi)

    assert client.post(address("peer_pulse", peer.pk, 1), {}, headers=HTMX).status_code == 403
    assert "data-pulse" not in client.get(address("peer_section", peer.pk, 1)).content.decode()


def test_office_that_reads_is_not_named_as_being_there(world: World, agreeing: Workbook, client: Client) -> None:
    world.sign_in(client, world.cora).post(address("peer_pulse", agreeing.pk, 1), {}, headers=HTMX)

    assert not Presence.objects.exists()


@pytest.mark.parametrize(("name", "number"), [("pulse", 7), ("peer_pulse", 8)])
def test_pulse_takes_the_same_queries_for_1_and_for_3_changes(
    world: World, workbook: Workbook, agreeing: Workbook, client: Client, put: Answer, name: str, number: int
) -> None:
    own = name == "pulse"
    book = workbook if own else agreeing
    given = {"role": "client_member"} if own else {"register": AGREED, "role": "lead_reviewer", "reason": "Seen."}
    by, reader = (world.mina, world.stefan) if own else (world.ludo, world.rafi)
    counts = []
    for keys in (("c1-1",), ("c1-2", "c1-3")):
        for key in keys:
            put(book, by, key, 1, at=NOW, **given)
        world.sign_in(client, reader).post(address(name, book.pk, 1), {"after": "0"}, headers=HTMX)
        with CaptureQueriesContext(connection) as asked:
            client.post(address(name, book.pk, 1), {"after": "0"}, headers=HTMX)
        # The book of the fixtures is read anew each time, and what stands beside a criterion is other apps' business.
        counts.append(len([one for one in asked if '"workbooks_' in one["sql"]]))

    assert counts == [number, number]


def test_history_is_reached_where_only_something_taken_back_is_left(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    put(workbook, world.stefan, "c1-1", comment="Wrong place.")
    shown = world.sign_in(client, world.stefan).get(address("section", workbook.pk, 1)).context["items"][0]
    put(workbook, world.stefan, "c1-1", comment="", seen_comments=shown.seen_comments.split(","))

    page = client.get(address("section", workbook.pk, 1)).content.decode()
    entries = client.get(address("history", workbook.pk, "c1-1")).context["entries"]

    assert address("history", workbook.pk, "c1-1") in page
    assert [entry["what"] for entry in entries] == ["Taken back", "Wrote: Wrong place."]


def seen_in(parts: str, name: str) -> str:
    """What the form will send as seen after this answer of the server."""
    return parts.split(f'name="{name}" value="')[1].split('"')[0]


def test_saving_one_thing_does_not_claim_to_have_seen_what_arrived_meanwhile(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    path = address("answer", workbook.pk, "c1-1")
    put(workbook, world.mina, "c1-1", 0, role="client_member", comment="Not at weekends.")
    world.sign_in(client, world.stefan)

    saved = client.post(path, {"comment": "Every day."}, headers=HTMX).content.decode()
    shown = {"seen": seen_in(saved, "seen"), "seen_comments": seen_in(saved, "seen_comments")}
    client.post(path, {"score": "2", "comment": "Every day.", **shown}, headers=HTMX)

    state = queries.state_of(workbook)
    assert shown["seen"] == ""
    assert state.answer("c1-1", SELF).kind == "differ"
    assert sorted(note.text for note in state.comments("c1-1", comment("self"))) == ["Every day.", "Not at weekends."]


def test_marks_that_differ_are_seen_by_name_so_the_lead_settles_them_on_the_page(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    path = address("answer", workbook.pk, "c1-1")
    put(workbook, world.mina, "c1-1", 0, role="client_member")
    world.sign_in(client, world.lena)

    first = client.post(path, {"score": "2"}, headers=HTMX).content.decode()
    client.post(path, {"score": "1", "seen": seen_in(first, "seen")}, headers=HTMX)

    answer = queries.state_of(workbook).answer("c1-1", SELF)
    assert "Two answers differ" in first
    assert (answer.kind, answer.score, answer.heads[0].kind) == ("one", 1, "resolve")
