"""A published questionnaire for client members, open at Lark House, and short ways to answer it."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from communitas.questionnaires import actions, queries
from communitas.questionnaires.models import Opening, Questionnaire
from communitas.questionnaires.rules.sheet import Item, Part, Sheet
from tests.cast import NOW, World

SHEET = Sheet(
    "Living here",
    "client_member",
    "A few questions about daily life.",
    (
        Part(
            "Belonging",
            (
                Item("safe", "agree", "I feel safe here.", criteria=("c1-1",)),
                Item("asked", "yes_no", "Somebody asked me what I need.", criteria=("c1-1", "c1-2")),
            ),
        ),
        Part(
            "Your own words",
            (
                Item("months", "number", "How many months have you been here?", bands=(3, 6, 12)),
                Item("change", "text", "What would you change?", criteria=("c2-1",)),
            ),
        ),
    ),
)

Send = Callable[..., str]


def publish(world: World, audience: str = "client_member") -> Questionnaire:
    """The questionnaire, published for the edition of the first network."""
    sheet = Sheet(SHEET.title, audience, SHEET.introduction, SHEET.parts)
    made = actions.begin_from(edition=world.edition, sheet=sheet, by=world.cora, at=NOW)
    actions.publish(questionnaire=made, by=world.cora, at=NOW)
    return made


def open_at_lark(world: World, questionnaire: Questionnaire, **given: object) -> Opening:
    """Open it to the people of Lark House from 4 January to 28 February 2027."""
    window: dict[str, object] = {"opens_on": date(2027, 1, 4), "closes_on": date(2027, 2, 28), **given}
    made = actions.open_for(
        questionnaire=questionnaire,
        enrolment=world.enrolment,
        by=world.cora,
        at=NOW,
        **window,  # type: ignore[arg-type]  # as open_for takes them
    )
    return queries.openings().get(pk=made.pk)


@pytest.fixture
def questionnaire(world: World) -> Questionnaire:
    return publish(world)


@pytest.fixture
def opening(world: World, questionnaire: Questionnaire) -> Opening:
    return open_at_lark(world, questionnaire)


@pytest.fixture
def send(world: World) -> Send:
    """send(opening, safe='4'): one sheet at the shared device; gives the code that takes it back."""

    def answer(opening: Opening, **answers: str) -> str:
        return actions.answer_on_device(opening=opening, answers=answers, sheet=uuid4(), at=NOW).code

    return answer
