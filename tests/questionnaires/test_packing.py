"""The reviewers' pack holds released figures, and nothing before or below the threshold."""

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.questionnaires import actions
from communitas.questionnaires.models import Opening
from tests.cast import NOW, World
from tests.questionnaires.conftest import Send


@pytest.mark.parametrize(
    ("marks", "released", "shown"), [("54321", False, False), ("54321", True, True), ("54", True, False)]
)
def test_the_pack_shows_only_what_was_released(
    world: World, opening: Opening, send: Send, client: Client, marks: str, released: bool, shown: bool
) -> None:
    for mark in marks:
        send(opening, safe=mark)
    if released:
        actions.close(opening=opening, by=world.lena, at=NOW)
        actions.release(opening=opening, by=world.cora, at=NOW)

    text = world.sign_in(client, world.rafi).get(path_of("hearth", "visits:pack", world.visit.pk)).content.decode()

    assert ("What people said: Living here" in text, "I feel safe here." in text) == (shown, shown)
