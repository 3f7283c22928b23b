"""What the lead decides: side by side, one tap to choose, or one answer out of both; in both workbooks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.registers import AGREED, SELF, comment
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any) -> str:
    return path_of("hearth", f"workbooks:{name}", *args)


@pytest.fixture
def differing(world: World, workbook: Workbook, put: Answer) -> Workbook:
    """Two criteria on which Stefan and Mina differ; both wrote a comment on the first."""
    for key in ("c1-1", "c2-1"):
        put(workbook, world.stefan, key, 2, comment="We do it daily." if key == "c1-1" else None)
        put(
            workbook, world.mina, key, 1, role="client_member", at=NOW + timedelta(minutes=5),
            comment="Not at weekends." if key == "c1-1" else None,
        )  # fmt: skip
    return workbook


@pytest.fixture
def agreeing(world: World, peer: Workbook) -> Workbook:
    """A peer-review in which two devices of the lead reviewer say different things of one criterion."""
    peer.review.state = "agreeing"
    peer.review.save()
    for number, score in enumerate((2, 1)):
        event = Event(
            event_id=str(uuid4()), workbook=str(peer.pk), edition_hash=peer.edition_hash, criterion_key="c1-1",
            register="agreed", kind="score", value={"score": score, "reason": f"Device {number}"}, author="",
            device_id=f"d{number}", device_seq=1, made_at=NOW.isoformat(), origin="offline",
        )  # fmt: skip
        actions.record_events(workbook=peer, events=[event], role="lead_reviewer", by=world.ludo, at=NOW)
    return peer


def answer(workbook: Workbook, key: str = "c1-1") -> Any:
    return queries.state_of(workbook).answer(key, SELF)


def test_page_lists_all_that_differs_side_by_side(world: World, differing: Workbook, client: Client) -> None:
    waiting = world.sign_in(client, world.lena).get(address("deciding", differing.pk)).context["waiting"]

    assert [one.key for one in waiting.differing] == ["c1-1", "c2-1"]
    assert [(choice.who, choice.word, choice.comments) for choice in waiting.differing[0].choices] == [
        ("Stefan", "Met", ("We do it daily.",)),
        ("Mina", "Partly met", ("Not at weekends.",)),
    ]


def test_people_of_one_mark_stand_together(world: World, differing: Workbook, client: Client, put: Answer) -> None:
    put(differing, world.lena, "c1-1", 1, role="community_lead")

    one = world.sign_in(client, world.lena).get(address("differ", differing.pk, "c1-1")).context["one"]

    assert sorted((choice.score, choice.who) for choice in one.choices) == [(1, "Lena, Mina"), (2, "Stefan")]


def test_one_tap_decides_and_leads_back_to_the_list(world: World, differing: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena)
    one = client.get(address("deciding", differing.pk)).context["waiting"].differing[0]

    decided = client.post(
        address("differ", differing.pk, "c1-1"),
        {"score": "2", "reason": "", "seen": one.seen, "back": address("deciding", differing.pk)},
        follow=True,
    )

    assert decided.redirect_chain == [(address("deciding", differing.pk), 302)]
    assert [one.key for one in decided.context["waiting"].differing] == ["c2-1"]
    assert "Decided: 1.1." in decided.content.decode()
    assert (answer(differing).score, answer(differing).heads[0].kind) == (2, "resolve")
    assert len(queries.state_of(differing).comments("c1-1", comment("self"))) == 2


def test_one_answer_is_made_out_of_both(world: World, differing: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena)
    one = client.get(address("differ", differing.pk, "c1-1")).context["one"]

    client.post(
        address("differ", differing.pk, "c1-1"),
        {"score": "1", "comment": "Daily, but not at weekends.", "seen": one.seen, "seen_comments": one.seen_comments},
    )

    notes = queries.state_of(differing).comments("c1-1", comment("self"))
    assert one.comment == "We do it daily.\n\nNot at weekends."
    assert (answer(differing).score, [note.text for note in notes]) == (1, ["Daily, but not at weekends."])


def test_comments_of_two_become_one_without_a_decision_on_the_mark(
    world: World, differing: Workbook, client: Client
) -> None:
    world.sign_in(client, world.lena)
    one = client.get(address("differ", differing.pk, "c1-1")).context["one"]
    client.post(address("differ", differing.pk, "c1-1"), {"score": "2", "seen": one.seen})
    waiting = client.get(address("deciding", differing.pk)).context["waiting"]
    [double] = waiting.doubled

    client.post(
        address("differ", differing.pk, "c1-1"), {"comment": "One text.", "seen_comments": double.seen_comments}
    )

    assert [one.key for one in waiting.differing] == ["c2-1"]
    assert [note.text for note in queries.state_of(differing).comments("c1-1", comment("self"))] == ["One text."]


def test_answer_that_came_meanwhile_opens_it_again(
    world: World, differing: Workbook, client: Client, put: Answer
) -> None:
    world.sign_in(client, world.lena)
    one = client.get(address("differ", differing.pk, "c1-1")).context["one"]
    put(differing, world.stefan, "c1-1", 0)

    decided = client.post(address("differ", differing.pk, "c1-1"), {"score": "2", "seen": one.seen}, follow=True)

    assert "somebody has just answered it too" in decided.content.decode()
    assert answer(differing).kind == "differ"


def test_empty_decision_is_refused_in_words(world: World, differing: Workbook, client: Client) -> None:
    refused = world.sign_in(client, world.lena).post(address("differ", differing.pk, "c1-1"), {"seen": ""})

    assert refused.status_code == 422
    assert "Choose a mark" in refused.content.decode()


def test_others_read_that_it_waits_for_the_lead(world: World, differing: Workbook, client: Client) -> None:
    page = world.sign_in(client, world.stefan).get(address("section", differing.pk, 1)).content.decode()

    assert "This waits for the community lead" in page
    assert "See both and decide" not in page


def test_lead_reviewer_decides_agreed_scores(world: World, agreeing: Workbook, client: Client) -> None:
    world.sign_in(client, world.ludo)
    page = client.get(address("discussion", agreeing.pk, 1)).content.decode()
    [one] = client.get(address("peer_deciding", agreeing.pk)).context["waiting"].differing

    decided = client.post(
        address("peer_differ", agreeing.pk, "c1-1"), {"score": "1", "reason": "Device 1", "seen": one.seen}
    )

    settled = queries.state_of(agreeing).answer("c1-1", AGREED)
    assert address("peer_differ", agreeing.pk, "c1-1") in page
    assert decided["Location"] == address("discussion", agreeing.pk, 1) + "#c0"
    assert (settled.kind, settled.score, settled.heads[0].kind) == ("one", 1, "resolve")


def test_reviewers_read_that_it_waits_for_the_lead_reviewer(world: World, agreeing: Workbook, client: Client) -> None:
    page = world.sign_in(client, world.rafi).get(address("discussion", agreeing.pk, 1)).content.decode()

    assert "This waits for the lead reviewer." in page
    assert client.get(address("peer_deciding", agreeing.pk)).status_code == 403


def test_home_tells_the_lead_how_many_wait(world: World, differing: Workbook, client: Client) -> None:
    lead = world.sign_in(client, world.lena).get(path_of("hearth", "web:home")).content.decode()
    staff = world.sign_in(client, world.stefan).get(path_of("hearth", "web:home")).content.decode()

    assert "2 criteria have answers that differ: you decide" in lead
    assert "you decide" not in staff
