"""The studio's pages: what is missing, the plan as a list, and who else could sit in a seat."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.allocation import actions
from communitas.allocation.models import Forbidden, Pin, Plan
from communitas.kit.addresses import path_of
from communitas.kit.models import AuditLine
from communitas.members.models import Community
from communitas.visits.models import Visit
from tests import factories
from tests.cast import NOW, World
from tests.factories.plans import OFFERED

SECOND = OFFERED[1]
Capture = Callable[..., AbstractContextManager[Any]]


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"allocation:{name}", *args)


@pytest.fixture
def cora(world: World, client: Client) -> Client:
    return world.sign_in(client, world.cora)


@pytest.fixture
def elm(world: World) -> Visit:
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    factories.make_free(world.cycle, [world.rafi, world.ludo, world.nadia], SECOND)
    return factories.make_host(world.cycle, world.elm)


@pytest.fixture
def plan(elm: Visit, world: World, django_capture_on_commit_callbacks: Capture) -> Plan:
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
    return Plan.objects.get(run=run)


def test_the_studio_names_what_is_missing_and_offers_the_button(elm: Visit, cora: Client, world: World) -> None:
    said = cora.get(cora.get(at("studio"))["Location"]).content.decode()

    assert "Hearth Oak Court: no visit is planned yet." in said
    assert "Propose a plan" in said
    assert "No plan yet" in said


def test_without_a_host_the_studio_says_why_there_is_no_button(cora: Client, world: World) -> None:
    said = cora.get(at("cycle", world.cycle.pk)).content.decode()

    assert "No plan can be proposed now." in said
    assert "Hearth Lark House has no place on the map. An approximate point is enough." in said
    assert "Propose a plan" not in said


def test_the_button_leads_to_the_work_and_that_to_the_plan(
    elm: Visit, cora: Client, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = cora.post(at("propose", world.cycle.pk), {"seconds": "20", "keep": "on"})

    assert at("plan", Plan.objects.get().pk) in cora.get(response["Location"]).content.decode()


def test_the_plan_is_a_list_that_can_be_searched_filtered_and_downloaded(plan: Plan, cora: Client) -> None:
    page = cora.get(at("plan", plan.pk)).content.decode()
    whole = cora.get(at("plan", plan.pk) + "?stands=whole").content.decode()
    file = cora.get(at("plan", plan.pk) + "?stands=empty&format=csv").content.decode()

    assert "Ludo (lead reviewer)" in page
    assert "Accept this plan" in page
    assert "No visit of this plan fits these filters." in whole
    assert "Hearth Elm Row,13 April 2027" in file


def test_a_plan_is_read_in_as_many_queries_with_one_host_as_with_three(
    plan: Plan, cora: Client, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    def queries_of_another() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            cora.get(at("plan", Plan.objects.get(run=run).pk))
        return len(asked)

    cora.get(at("plan", plan.pk))
    one = queries_of_another()
    for number in range(2):
        community = factories.make_community(world.network, f"NEW{number}", f"New House {number}")
        factories.make_host(world.cycle, community)

    assert queries_of_another() == one


def test_a_seat_shows_who_else_could_sit_there_and_why_not(plan: Plan, cora: Client, world: World) -> None:
    other = factories.make_account("lou", "Lou")
    visit = at("visit", plan.pk, world.elm.pk)

    said = cora.get(f"{visit}?seat=lead&leaving=p{world.ludo.pk}").content.decode()
    strange = cora.get(f"{visit}?seat=lead&leaving=p{other.pk}").content.decode()

    assert "Nobody else fits" in said
    assert "Who could sit in" not in strange


def test_pin_and_keep_off_from_the_page_and_take_them_back(plan: Plan, cora: Client, world: World) -> None:
    visit = (plan.pk, world.elm.pk)

    cora.post(at("pin", *visit), {"account": world.ludo.pk, "seat": "lead"})
    cora.post(at("forbid", *visit), {"account": world.rafi.pk, "reason": "Worked there."})
    said = cora.get(at("visit", *visit)).content.decode()
    cora.post(at("unpin", Pin.objects.get().pk))
    cora.post(at("allow_again", Forbidden.objects.get().pk))

    assert "Ludo comes on 13 April 2027" in said
    assert "Rafi is kept off: Worked there." in said
    assert not Pin.objects.filter(lifted_at=None).exists()
    assert not Forbidden.objects.filter(lifted_at=None).exists()


def test_a_swap_that_cannot_be_says_why(plan: Plan, cora: Client, world: World) -> None:
    visit = (plan.pk, world.elm.pk)
    factories.grant(world.otto, world.network, "reviewer")
    factories.make_free(world.cycle, [world.otto], SECOND)

    refused = cora.post(
        at("swap", *visit), {"seat": "staff", "leaving": f"p{world.rafi.pk}", "joining": f"p{world.otto.pk}"}
    )

    assert refused["Location"] == at("visit", *visit)
    assert "This person was not known when the plan was made" in cora.get(refused["Location"]).content.decode()
    assert Plan.objects.count() == 1


def test_accepting_from_the_page_says_what_was_done(plan: Plan, cora: Client, elm: Visit) -> None:
    response = cora.post(at("accept", plan.pk), follow=True)

    assert "The plan is accepted" in response.content.decode()
    elm.refresh_from_db()
    assert elm.state == "team_appointed"


def test_the_office_enters_days_and_a_home_base(elm: Visit, cora: Client, world: World) -> None:
    pages = (world.cycle.pk, world.rafi.pk)
    days = [OFFERED[0].isoformat(), OFFERED[2].isoformat()]

    cora.post(at("days", *pages), {"days": days})
    cora.post(at("base", *pages), {"latitude": "52.0", "longitude": "0.1"})
    wrong = cora.post(at("base", *pages), {"latitude": "99", "longitude": "0.1"})
    said = cora.get(at("reviewer", *pages)).content.decode()

    assert [day.isoformat() for day in world.rafi.available_days.values_list("on", flat=True)] == days
    assert said.count("checked") == 2
    assert 'value="52.0"' in said
    assert wrong.status_code == 422
    assert cora.get(at("reviewer", world.cycle.pk, world.otto.pk)).status_code == 404


def test_the_office_enters_roughly_where_a_community_is(cora: Client, world: World) -> None:
    cora.post(at("point", world.lark.pk), {"latitude": "54", "longitude": "-1"})

    assert "Lark House has no place" not in cora.get(at("cycle", world.cycle.pk)).content.decode()


def test_the_office_sets_limits_and_weights(cora: Client, world: World) -> None:
    usual = cora.get(at("settings"))
    values = {name: str(value) for name, value in usual.context["form"].initial.items()}

    cora.post(at("settings"), values | {"max_distance_km": "250", "km": "2"})
    wrong = cora.post(at("settings"), values | {"km": "-1"})

    world.network.refresh_from_db()
    found = world.network.allocation_settings
    assert (found.max_distance_km, found.weights) == (250, {"km": 2.0})
    assert wrong.status_code == 422


def test_the_office_sees_of_whom_no_days_are_known(elm: Visit, cora: Client, world: World) -> None:
    factories.make_free(world.cycle, [world.ludo], OFFERED[0])
    world.nadia.available_days.all().delete()

    file = cora.get(at("reviewers", world.cycle.pk) + "?format=csv").content.decode("utf-8-sig")
    unknown = cora.get(at("reviewers", world.cycle.pk) + "?days=none").content.decode()

    assert [line.split(",ludo")[0].split(",nadia")[0].split(",rafi")[0] for line in file.splitlines()[1:]] == [
        "Ludo,2,their community",
        "Nadia,0,their community",
        "Rafi,1,their community",
    ]
    assert "Nadia" in unknown
    assert "Rafi" not in unknown


def test_what_if_is_asked_on_a_page_of_its_own_and_compared(
    plan: Plan, cora: Client, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    address = at("what_if", world.cycle.pk)

    wrong = cora.post(address, {"kind": "lead", "seconds": "20"})
    with django_capture_on_commit_callbacks(execute=True):
        cora.post(address, {"kind": "travel", "km": "10", "seconds": "20"})
    said = cora.get(at("plan", Plan.objects.latest("pk").pk)).content.decode()

    assert wrong.status_code == 422
    assert "Please choose a person." in wrong.content.decode()
    assert "What if nobody travelled more than 10 km?" in said
    assert "What differs from plan 1" in said
    assert "Accept this plan" not in said
    assert "Accept this plan" in cora.get(at("plan", plan.pk)).content.decode()


def test_an_empty_seat_names_who_is_worth_asking(
    elm: Visit, cora: Client, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    lou = factories.make_account("lou", "Lou")
    factories.grant(lou, world.network, "reviewer", community=world.oak)
    factories.make_free(world.cycle, [lou], OFFERED[0])
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)

    said = cora.get(at("visit", Plan.objects.get(run=run).pk, world.elm.pk) + "?seat=staff").content.decode()

    assert "Worth asking" in said
    assert "Lou is not free on 13 April 2027." in said


def test_what_was_taken_back_stays_with_who_did_it(plan: Plan, cora: Client, elm: Visit, world: World) -> None:
    pin = actions.pin(visit=elm, on=SECOND, by=world.cora, at=NOW)
    actions.unpin(pin=pin, by=world.cyrus, at=NOW)

    said = cora.get(at("visit", plan.pk, world.elm.pk)).content.decode()

    assert "Decided before, and taken back" in said
    assert "taken back by Cyrus" in said


def test_everybody_reads_how_plans_come_about(client: Client, world: World) -> None:
    said = client.get(at("explained")).content.decode()

    assert "400 km" in said
    assert "The office of the network decides." in said


def test_days_and_home_bases_come_from_a_table_that_the_list_itself_gives(
    elm: Visit, cora: Client, world: World
) -> None:
    address = at("import_reviewers", world.cycle.pk)
    first, second = OFFERED[0].isoformat(), OFFERED[2].isoformat()
    table = f"latitude,username,days,longitude\n52.5,RAFI,{first};{second},0.5\n,ludo,{first},\n"

    cora.post(address, {"file": SimpleUploadedFile("days.csv", table.encode())})
    cora.post(address, {"file": SimpleUploadedFile("days.csv", table.encode())})
    file = cora.get(at("reviewers", world.cycle.pk) + "?format=csv")

    assert list(world.rafi.available_days.values_list("on", flat=True)) == sorted(OFFERED)
    assert world.ludo.available_days.count() == 2
    assert (world.rafi.home_bases.get().latitude, world.rafi.home_bases.get().changed_by) == (52.5, world.cora)
    assert f"rafi,{first} {SECOND.isoformat()} {second},52.5,0.5" in file.content.decode()
    assert AuditLine.objects.filter(verb="allocation.import_reviewers").count() == 2


def test_a_table_with_anything_wrong_is_taken_over_in_no_part(elm: Visit, cora: Client, world: World) -> None:
    table = f"username,days,latitude,longitude\nrafi,{OFFERED[0]},,\notto,2027-04-12,,\nludo,soon,99,0\n"

    said = cora.post(at("import_reviewers", world.cycle.pk), {"file": SimpleUploadedFile("days.csv", table.encode())})

    words = said.content.decode()
    assert said.status_code == 422
    assert "row 3, column username" in words
    assert "row 4, column days" in words
    assert "row 4, column latitude" in words
    assert world.rafi.available_days.count() == 1


def test_every_plan_stays_with_who_made_it_in_as_many_queries_for_three_as_for_one(
    plan: Plan, cora: Client, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    def read(page: str) -> tuple[str, int]:
        with CaptureQueriesContext(connection) as asked:
            said = cora.get(page).content.decode()
        return said, len(asked)

    address, studio = at("plans", world.cycle.pk), at("cycle", world.cycle.pk)
    read(address), read(studio)
    one = read(address)[1], read(studio)[1]
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.propose(cycle=world.cycle, seconds=20, supposed={"kind": "dates"}, by=world.cyrus, at=NOW)

    said, count = read(address + "?how=proposed")
    file = cora.get(address + "?format=csv").content.decode()

    assert (read(address)[1], read(studio)[1]) == one
    assert count == one[0]
    assert "Plan 1" in said
    assert "Plan 3" not in said
    assert file.count("Cyrus,asked what if") == 2
    assert file.count("Cora,proposed") == 1


def test_reviewers_are_read_in_as_many_queries_for_three_as_for_one(elm: Visit, cora: Client, world: World) -> None:
    address = at("reviewers", world.cycle.pk)

    def read(page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            cora.get(page)
        return len(asked)

    read(address)
    assert read(address + "?q=Ludo") == read(address)
    assert read(address + "?q=Ludo&format=csv") == read(address + "?format=csv")


def test_a_search_under_way_is_shown_to_the_office_and_its_work_to_whoever_began_it(
    elm: Visit, client: Client, world: World
) -> None:
    run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
    studio = at("cycle", world.cycle.pk)

    mine = world.sign_in(client, world.cora).get(studio).content.decode()
    theirs = world.sign_in(client, world.cyrus).get(studio).content.decode()
    client.post(at("stop", run.pk))

    assert "See how it stands" in mine
    assert "A search is under way." in theirs
    assert "See how it stands" not in theirs
    assert "Stopped by Cyrus" in client.get(studio).content.decode()
