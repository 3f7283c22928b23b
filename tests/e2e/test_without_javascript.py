"""Scoring and sending a self-review with JavaScript switched off."""

import pytest
from django.utils import timezone

from communitas.workbooks import actions, queries
from communitas.workbooks.rules.registers import SELF
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = pytest.mark.django_db(transaction=True)


def arrive(visitor: Visitor, world: World, name: str) -> Person:
    """Somebody of the cast with a browser that runs no script, so axe looks at none of these pages."""
    person = Person(visitor(), scripts=False)
    let_in(person.watched, getattr(world, name))
    return person


def test_a_criterion_is_scored_and_a_missing_reason_asked_for(world: World, visitor_without_scripts: Visitor) -> None:
    mina = arrive(visitor_without_scripts, world, "mina")
    mina.go("web:home")
    mina.press("Continue the self-review")
    mina.press("Continue the self-review")

    first = mina.page.locator("[data-criterion]").first
    first.locator(".marks label", has_text="Partly met").click()
    first.locator("[data-comment]").fill("On most days.")
    mina.press("Save 1.1")
    mina.reads("Saved: 1.1.")
    second = mina.page.locator("[data-criterion]").nth(1)
    second.locator(".marks label", has_text="Not applicable").click()
    second.locator("[data-comment]").fill("There is no garden.")
    mina.press("Save 1.2")
    mina.reads("'Not applicable' needs a reason.", "What you entered is still on this page.")
    kept = mina.page.locator("[data-criterion]").nth(1).locator("[data-comment]").input_value()
    mina.page.locator("[data-criterion]").nth(1).get_by_label("Why it does not apply").fill("The house has none.")
    mina.press("Save 1.2")
    mina.reads("Saved: 1.2.")

    state = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk))
    assert kept == "There is no garden."
    assert [state.answer(key, SELF).score for key in ("c1-1", "c1-2", "c1-3")] == [1, "NA", None]


def test_the_lead_sends_and_a_list_is_filtered(world: World, visitor_without_scripts: Visitor) -> None:
    actions.answer_many(
        workbook=queries.self_reviews().get(pk=world.workbook.pk),
        register=SELF,
        scores={f"c{section}-{number}": (2, "") for section in (1, 2) for number in (1, 2, 3)},
        role="community_lead",
        by=world.lena,
        at=timezone.now(),
    )
    lena, cora = (arrive(visitor_without_scripts, world, name) for name in ("lena", "cora"))

    lena.go("workbooks:self_review", world.workbook.pk)
    lena.press("Send self-review")
    lena.press("Send self-review")
    lena.reads("Your self-review is sent. Thank you all for the work in it.")
    cora.go("cycles:cockpit", world.cycle.pk)
    cora.fill("Search", "Oak")
    cora.press("Show")

    assert "q=Oak" in cora.page.url
    assert cora.main.locator("tbody th a").all_inner_texts() == ["Hearth Oak Court"]
