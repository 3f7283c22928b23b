"""Who reviews whom in a real browser: proposed, looked at, pinned, solved again, compared, accepted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communitas.members.models import Community
from communitas.visits.models import Visit
from tests import factories
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_plan_is_proposed_pinned_solved_again_compared_and_accepted(world: World, visitor: Visitor) -> None:
    monday = timezone.localdate() + timedelta(days=119 - timezone.localdate().weekday())
    days = [monday + timedelta(days=number) for number in (0, 1, 3)]
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    factories.make_free(world.cycle, [world.rafi, world.ludo, world.nadia], *days[:2])
    elm = factories.make_host(world.cycle, world.elm, days=(days[0], days[1], days[2]))
    cora = Person(visitor())
    let_in(cora.watched, world.cora)

    cora.go("allocation:cycle", world.cycle.pk)
    cora.reads("1 community can be planned now", "No plan yet")
    cora.look_everywhere()
    cora.press("Propose a plan")
    cora.go("allocation:cycle", world.cycle.pk)
    cora.press("Plan 1")
    cora.reads("Visits with a date", "Ludo (lead reviewer)")
    cora.look_everywhere()
    cora.press("Hearth Elm Row")
    cora.main.get_by_role("link", name="Who else? Ludo").click()
    cora.reads("Nobody else fits")
    cora.look_everywhere()

    cora.main.get_by_role("button", name="Pin Ludo").click()
    cora.reads("Pinned. Every plan", "Ludo comes on")
    cora.go("allocation:cycle", world.cycle.pk)
    cora.press("Propose a plan")
    cora.go("allocation:cycle", world.cycle.pk)
    cora.press("Plan 2")
    cora.reads("What differs from plan 1", "its date and its people are the same")
    cora.press("Accept this plan")
    cora.reads("The plan is accepted")
    cora.go("allocation:what_if", world.cycle.pk)
    cora.look()

    elm.refresh_from_db()
    assert (elm.on, elm.state) == (days[0], "team_appointed")
    somebody_keeps_the_day_free_is_called_and_says_how_they_travel(world, visitor, cora, elm)


def somebody_keeps_the_day_free_is_called_and_says_how_they_travel(
    world: World, visitor: Visitor, cora: Person, elm: Visit
) -> None:
    home = factories.make_community(world.network, "WREN", "Wren Hall")
    Community.objects.filter(pk=home.pk).update(latitude=53.7, longitude=-1.5)
    wren = factories.make_account("wren", "Wren")
    factories.grant(wren, world.network, "reviewer", community=home)
    assert elm.on is not None
    factories.make_free(world.cycle, [wren], elm.on)

    cora.go("allocation:seats", elm.pk)
    cora.main.get_by_label("Seat", exact=True).select_option("staff")
    cora.press("Who could keep the day free?")
    cora.look_everywhere()
    cora.main.get_by_role("button", name="Ask as a reserve Wren").click()
    cora.reads("Wren is asked to keep the day free.")
    reserve = Person(visitor())
    let_in(reserve.watched, wren)
    reserve.go("visits:mine")
    reserve.press("Answer")
    reserve.reads("A visit to Hearth Elm Row")
    reserve.look()
    reserve.press("Yes, I keep it free")
    reserve.reads("You keep this day free.")

    cora.go("allocation:seats", elm.pk)
    cora.main.get_by_role("button", name="Ask the next one").click()
    cora.reads("Wren kept the day free and was called.")
    reserve.go("allocation:travel", elm.pk)
    reserve.press("Say how you travel")
    reserve.main.get_by_label("train or bus").check()
    reserve.main.get_by_label("When you expect to arrive").fill("09:15")
    reserve.look()
    reserve.press("Save")
    reserve.reads("no amounts")
    reserve.go("allocation:travel", elm.pk)
    reserve.reads("09:15")
    reserve.look()
