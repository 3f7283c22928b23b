"""The office builds a national report by keyboard and codes a comment; members find their community in it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from communitas.kit import confirmations
from communitas.reports import policy
from communitas.reports.actions import national as actions
from communitas.reports.actions import themes
from communitas.reports.models import Remark
from communitas.reports.rules.themes import Code
from tests import factories
from tests.cast import NOW, World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_report_is_built_coded_and_read(world: World, visitor: Visitor) -> None:
    cycle = factories.make_cycle(
        world.network, world.edition, name="2026", opens_on=date(2025, 9, 1), closes_on=date(2026, 8, 31)
    )
    communities = [*factories.make_scored_communities(world.network, 24), world.lark]
    enrolments = factories.make_scored_cycle(cycle, communities)
    themes.put_code(cycle=cycle, code=Code("", "Leaving well", "Goodbyes."), by=world.cora, at=NOW)
    remark = Remark.objects.create(
        cycle=cycle,
        enrolment=enrolments[0],
        criterion_key="c1-1",
        criterion_code="1.1",
        section="Belonging",
        kind="self",
        text="We wrote to Ben for a year.",
        sha256="0" * 64,
    )
    cora, mina = (Person(visitor()) for _ in range(2))
    for person, account in ((cora, world.cora), (mina, world.mina)):
        let_in(person.watched, account)

    # Begin, add words at the top, and move them down with the keyboard alone; then take it back.
    cora.go("reports:build", cycle.pk)
    cora.press("Begin with the usual blocks")
    cora.go("reports:add_block", cycle.pk, "text")
    cora.main.get_by_label("Heading").fill("In short")
    cora.main.get_by_label("Words").fill("A good year.")
    cora.press("Save")
    headings = cora.main.locator(".blocks h2")
    expect(headings.last).to_have_text("In short")
    up = cora.main.get_by_role("button", name="Up In short")
    up.focus()
    cora.page.keyboard.press("Enter")
    expect(headings.last).to_have_text("Every criterion")
    cora.press("Take the last step back")
    expect(headings.last).to_have_text("In short")
    cora.look_everywhere()

    # Code a comment; nobody sees it before the other has coded it too.
    cora.go("reports:remark", remark.pk)
    cora.main.get_by_label("Leaving well").check()
    cora.press("Save and go on")
    cora.reads("One person has coded it: 1")
    cora.look_everywhere()

    # Released by two, everybody reads it; Mina finds her own community among all.
    report = actions.freeze_national(cycle=cycle, introduction="", by=world.cora, at=NOW, say=lambda step: None)
    actions.propose_release(report=report, by=world.cora, at=NOW)
    waiting = confirmations.waiting(report, policy.release_national)
    assert waiting is not None
    confirmations.confirm(proposal=waiting, by=world.cyrus, at=NOW + timedelta(hours=1))
    mina.go("reports:national", report.pk)
    mina.reads("In short", "A good year.", "Every criterion")
    mina.go("reports:own_picture", enrolments[-1].pk)
    mina.reads("Where we lie", "You met")
    mina.look_everywhere()
