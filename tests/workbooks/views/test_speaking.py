"""The lead reviewer prepares the feedback of the day; who agrees is decided by the seat, not by the role."""

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.visits.models import SpeakingSheet, TeamPlace
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Review, Workbook
from communitas.workbooks.rules.registers import ACHIEVEMENT, AGREED
from tests import factories
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db


def address(name: str, peer: Workbook, *args: object) -> str:
    return path_of("hearth", f"workbooks:{name}", peer.pk, *args)


@pytest.fixture
def agreeing(world: World, peer: Workbook) -> Workbook:
    """A peer-review whose discussion is open. Rafi is a lead reviewer too, on a staff seat of this visit."""
    Review.objects.filter(pk=peer.review_id).update(state="agreeing")
    factories.grant(world.rafi, world.network, "lead_reviewer", community=world.oak)
    return queries.peer_reviews().get(pk=peer.pk)


def test_the_sheet_stands_beside_what_was_found_and_keeps_its_versions(
    world: World, agreeing: Workbook, client: Client
) -> None:
    words = "The morning meeting holds this house."
    actions.write_note(
        workbook=agreeing, criterion_key=None, register=ACHIEVEMENT, text=words, role="lead_reviewer", by=world.ludo,
        at=NOW,
    )  # fmt: skip
    world.sign_in(client, world.ludo)
    for said in (
        "Thank you for the soup.",
        "Thank you for the soup and the songs.",
        "Thank you for the soup and the songs.",
    ):
        client.post(address("speaking", agreeing), {"thanks": said})

    text = client.get(address("speaking", agreeing)).content.decode()

    assert words in text
    assert "the soup and the songs" in text
    assert list(SpeakingSheet.objects.values_list("number", flat=True)) == [2, 1]


def test_too_many_words_are_kept_on_the_page_and_refused(world: World, agreeing: Workbook, client: Client) -> None:
    answer = world.sign_in(client, world.ludo).post(address("speaking", agreeing), {"thanks": "x" * 2001})

    assert (answer.status_code, SpeakingSheet.objects.count()) == (422, 0)


def test_a_lead_reviewer_on_another_seat_does_not_agree(
    world: World, agreeing: Workbook, client: Client, put: Answer
) -> None:
    with pytest.raises(NotAllowed, match="written by the lead reviewer"):
        put(agreeing, world.rafi, "c1-1", 2, register=AGREED, role="lead_reviewer", reason="We saw it.")
    with pytest.raises(NotAllowed, match="lead reviewer's seat"):
        actions.close(workbook=agreeing, by=world.rafi, at=NOW)
    world.sign_in(client, world.rafi)
    overview = client.get(address("peer_review", agreeing))
    sheet = client.post(address("speaking", agreeing), {"thanks": "Thank you."})

    put(agreeing, world.ludo, "c1-1", 2, register=AGREED, role="lead_reviewer", reason="We saw it.")
    assert overview.context["may_agree"] is False
    assert (sheet.status_code, SpeakingSheet.objects.count()) == (422, 0)
    assert queries.state_of(agreeing).answer("c1-1", AGREED).score == 2


def test_where_the_seat_is_empty_any_lead_reviewer_of_the_team_agrees(
    world: World, agreeing: Workbook, put: Answer
) -> None:
    TeamPlace.objects.filter(account=world.ludo).update(state="absent")

    put(agreeing, world.rafi, "c1-1", 2, register=AGREED, role="lead_reviewer", reason="We saw it.")

    assert queries.state_of(agreeing).answer("c1-1", AGREED).score == 2
