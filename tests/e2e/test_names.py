"""What a screen reader says on the screens where people work: roles and names, as the browser gives them."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

NAMED = re.compile(r"\w+ \w+")
pytestmark = pytest.mark.django_db(transaction=True)
HOME = """
- heading "Good" [level=1]
- list "Stages of the cycle":
  - listitem: /Enrolled , done/
  - listitem: /Self-review , under way/
  - listitem: /Peer-review visit , to come/
  - listitem: /Local report , to come/
  - listitem: /Action plan , to come/
  - listitem: /Certificate , to come/
- heading "6 of 6 criteria are still to be scored" [level=2]
- link "Continue the self-review"
- table "How the sections stand":
  - rowgroup:
    - row:
      - columnheader "Section"
      - columnheader "Scored"
      - columnheader "Met so far"
      - columnheader "Left"
"""
CRITERION = """
- 'group "Hearth: people agree on matter 1.1. essential"':
  - radiogroup "Score for 1.1":
    - radio "Met"
    - radio "Partly met"
    - radio "Not met"
    - radio "Not applicable"
  - textbox "Comment on 1.1"
"""
BESIDE = """
- navigation "Sections":
  - list:
    - listitem:
      - link "Section 1 0 of 3"
    - listitem:
      - link "Section 2 0 of 3"
"""
COCKPIT = """
- navigation "Enrolments by stage":
  - list:
    - listitem:
      - link "0 Enrolled"
    - listitem:
      - link "1 Self-review"
- search:
  - searchbox "Search"
  - combobox "Stage"
  - combobox "Due"
  - status: 2 found
- table "2027 cycle":
  - rowgroup:
    - row:
      - columnheader "Tick"
      - columnheader "Community"
      - columnheader "Stage"
      - columnheader "Due on"
  - rowgroup:
    - row:
      - cell:
        - checkbox "Hearth Lark House"
      - rowheader:
        - link "Hearth Lark House"
"""


def somebody(visitor: Visitor, world: World, name: str) -> Person:
    person = Person(visitor())
    let_in(person.watched, getattr(world, name))
    return person


def test_home_says_the_stages_the_next_step_and_the_sections(world: World, visitor: Visitor) -> None:
    mina = somebody(visitor, world, "mina")
    mina.go("web:home")

    expect(mina.page.get_by_role("main")).to_match_aria_snapshot(HOME.replace('"Good"', "/Good .*, Mina/"))


def test_a_criterion_is_a_group_with_its_statement_and_four_marks(world: World, visitor: Visitor) -> None:
    mina = somebody(visitor, world, "mina")
    mina.go("workbooks:section", world.workbook.pk, 1)

    expect(mina.page.get_by_role("main")).to_match_aria_snapshot(CRITERION)
    expect(mina.page.get_by_role("complementary")).to_match_aria_snapshot(BESIDE)
    saved = mina.page.get_by_role("region", name="What is saved").get_by_role("status")
    expect(saved).to_have_text("Everything is saved. 0 of 6 criteria answered.")


def test_the_cockpit_is_a_table_with_names_for_everything(world: World, visitor: Visitor) -> None:
    cora = somebody(visitor, world, "cora")
    cora.go("cycles:cockpit", world.cycle.pk)

    expect(cora.page.get_by_role("main")).to_match_aria_snapshot(COCKPIT)
    for control in cora.page.locator("main :is(a, button, input:not([type=hidden]), select)").all():
        assert control.evaluate(
            "(one) => one.labels?.length || one.getAttribute('aria-label') || one.textContent.trim()"
        )


def test_every_chart_has_a_name(world: World, visitor: Visitor) -> None:
    page = visitor().open("/styleguide/", axe=False)

    charts = page.locator("svg[role=img]")
    assert charts.count()
    for chart in charts.all():
        expect(chart).to_have_accessible_name(NAMED)
