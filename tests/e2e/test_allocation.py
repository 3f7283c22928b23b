"""Who reviews whom in a real browser: proposed, pinned, compared, a rule set aside by two people, accepted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from communitas.members.models import Community
from communitas.visits import actions as visits
from communitas.visits.models import TeamPlace, Visit
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
    ash = factories.make_community(
        world.network, "ASH", "Ash Lodge", organisation="Hearth Elm Row Trust", latitude=53.5, longitude=-2.0
    )
    ines = factories.make_account("ines", "Ines")
    factories.grant(ines, world.network, "reviewer", community=ash)
    factories.make_free(world.cycle, [world.rafi, world.ludo, world.nadia, ines], *days[:2])
    elm = factories.make_host(world.cycle, world.elm, days=(days[0], days[1], days[2]))
    factories.make_community(world.network, "NEW", "New House")
    cora, cyrus, rafi = Person(visitor()), Person(visitor()), Person(visitor())
    let_in(cora.watched, world.cora)
    let_in(cyrus.watched, world.cyrus)
    let_in(rafi.watched, world.rafi)

    rafi.go("allocation:my_days", world.cycle.pk)
    rafi.look_everywhere()
    rafi.main.get_by_label(date_format(days[2], "l j F")).check()
    rafi.press("Save my days")
    rafi.reads(f"New: {date_format(days[2], 'j F')}.")
    rafi.go("allocation:my_reviewing")
    rafi.press("I could come")
    rafi.reads("Thank you.", "you have offered to come")
    rafi.look_everywhere()
    rafi.go("allocation:my_base")
    rafi.go("visits:interests")
    rafi.main.get_by_label("family").check()
    rafi.main.get_by_label("Community (optional)").select_option(label="New House")
    rafi.fill("What the interest is", "My sister lives there.")
    rafi.press("Declare this interest")
    rafi.reads("You will not be asked to review there.")

    cora.go("allocation:cycle", world.cycle.pk)
    cora.reads("1 community can be planned now", "No plan yet", "Rafi, on")
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
    cora.press("Hearth Elm Row")
    cora.press("Whom to ask")
    cora.main.get_by_text("People whom a rule keeps away").click()
    cora.reads("Ines and Hearth Elm Row belong to the same organisation")
    cora.main.get_by_text("Propose it all the same").click()
    cora.fill("Reason, which a second person reads", "She knows this kind of house.")
    cora.look()
    cora.press("Ask a second person")
    cora.reads("Proposed. The rules hold until", "Waits for a second person")
    cyrus.go("web:second")
    cyrus.reads("Let Ines visit Hearth Elm Row all the same", "She knows this kind of house.")
    cyrus.press("Confirm")
    cyrus.reads("Confirmed: Let Ines visit")
    cora.go("allocation:cycle", world.cycle.pk)
    cora.reads("confirmed by Cyrus")
    cora.press("Propose a plan")
    cora.go("allocation:cycle", world.cycle.pk)
    cora.press("Plan 3")
    cora.reads("What differs from plan 2", "Ines (")
    cora.press("Accept this plan")
    cora.reads("The plan is accepted")
    cora.go("visits:visit", elm.pk)
    cora.reads("Ines was asked all the same", "Cora proposed it, Cyrus confirmed it: She knows this kind of house.")
    cora.go("allocation:what_if", world.cycle.pk)
    cora.look()
    Visit.objects.filter(pk=world.visit.pk).update(state="closed")
    cora.go("allocation:fairness")
    cora.reads("2 communities gave or received", "Not closed yet")
    cora.look_everywhere()
    cora.press("Give and take, community by community")
    cora.press("Hearth Oak Court")
    cora.reads("more given than received", "to be given")
    cora.look()
    cora.go("allocation:load")
    cora.reads("Ludo")

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

    place = TeamPlace.objects.get(visit=elm, account__username="ines")
    visits.decline_place(place=place, reason="On leave.", by=place.account, at=timezone.now())
    cora.go("allocation:seats", elm.pk)
    cora.reads("Wren kept the day free and was called.", "after Ines: declined")
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
