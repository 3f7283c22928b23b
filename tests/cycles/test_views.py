"""The pages of the cycle."""

from datetime import date
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from communitas.cycles import actions, slots
from communitas.cycles.models import Cycle, Enrolment, Reminder
from communitas.kit.addresses import path_of
from communitas.kit.models import OutboxMail
from tests import factories
from tests.cast import NOW, World

VISIT = date(2027, 3, 11)


def address(name: str, *args: object, slug: str = "hearth") -> str:
    return path_of(slug, f"cycles:{name}", *args)


@pytest.fixture
def office(world: World, client: Client) -> Client:
    """Cora, signed in, with a visit date for Lark House."""
    actions.set_anchor(enrolment=world.enrolment, on=VISIT, by=world.cora, at=NOW)
    return world.sign_in(client, world.cora)


def pages(world: World) -> list[str]:
    cycle, enrolment = world.cycle.pk, world.enrolment.pk
    return [
        *(address(name) for name in ("cycles", "new")),
        *(address(name, cycle) for name in ("cockpit", "settings", "turn", "enrol", "remind")),
        *(address(name, enrolment) for name in ("enrolment", "extend", "withdraw", "modules")),
        *(address("change", enrolment, kind) for kind in ("close", "merge", "rename", "change-type")),
    ]


def test_the_office_reads_every_page(world: World, office: Client) -> None:
    answers = {path: office.get(path).status_code for path in pages(world)}

    assert answers == dict.fromkeys(pages(world), 200)


def test_everybody_else_is_sent_to_sign_in(world: World, client: Client) -> None:
    answers = {client.get(path).status_code for path in pages(world)}

    assert answers == {302}


def test_the_office_of_another_network_finds_nothing(world: World, client: Client) -> None:
    world.sign_in(client, world.tess)

    answers = {path: client.get(path).status_code for path in pages(world)}

    assert set(answers.values()) == {403, 404}
    assert [path for path, status in answers.items() if status == 403] == [address("cycles"), address("new")]


def test_people_of_the_community_read_its_enrolment_and_nothing_of_the_cockpit(world: World, client: Client) -> None:
    for account in (world.mina, world.stefan, world.lena, world.rafi):
        world.sign_in(client, account)

        assert client.get(address("enrolment", world.enrolment.pk)).status_code == 200
        assert client.get(address("enrolment", world.oak_enrolment.pk)).status_code == (
            200 if account == world.rafi else 404
        )
        assert client.get(address("cockpit", world.cycle.pk)).status_code == 404
        assert client.get(address("extend", world.enrolment.pk)).status_code == 403
        assert client.get(address("change", world.enrolment.pk, "rename")).status_code == 403


def test_the_community_lead_withdraws_with_a_reason(world: World, client: Client) -> None:
    world.sign_in(client, world.lena)
    path = address("withdraw", world.enrolment.pk)

    assert "This field is required" in client.post(path, {"reason": ""}).content.decode()
    assert client.post(path, {"reason": "We rebuild"}).status_code == 302

    world.enrolment.refresh_from_db()
    assert world.enrolment.stage == "withdrawn"
    assert client.get(path).status_code == 403, "what has ended is not withdrawn again"


def test_staff_do_not_withdraw(world: World, client: Client) -> None:
    world.sign_in(client, world.stefan)

    assert client.post(address("withdraw", world.enrolment.pk), {"reason": "No"}).status_code == 403


def many(world: World, count: int) -> None:
    for number in range(count):
        community = factories.make_community(world.network, f"C{number}", f"House {number:03}")
        enrolment = factories.make_enrolment(world.cycle, community, stage="self_review")
        actions.set_anchor(enrolment=enrolment, on=VISIT, by=world.cora, at=NOW)


def test_the_cockpit_asks_the_same_number_of_questions_for_one_and_for_many(
    world: World, office: Client, django_assert_num_queries: Any
) -> None:
    path = address("cockpit", world.cycle.pk)
    Enrolment.objects.filter(pk=world.oak_enrolment.pk).update(stage="withdrawn")
    office.get(path)

    with django_assert_num_queries(QUERIES):
        office.get(f"{path}?stage=self_review")
    many(world, 3)
    with django_assert_num_queries(QUERIES):
        assert office.get(f"{path}?stage=self_review").content.decode().count('name="enrolment"') == 4


QUERIES = 13


def test_the_cockpit_filters_as_its_address_says(world: World, office: Client) -> None:
    path = address("cockpit", world.cycle.pk)

    def found(query: str) -> list[bool]:
        text = office.get(f"{path}?{query}").content.decode()
        return [f">{name}</a><span" in text for name in ("Hearth Lark House", "Hearth Oak Court")]

    assert found("") == [True, True]
    assert found("stage=self_review") == [True, False]
    assert found("type=addiction") == [False, True]
    assert found("region=North") == [True, False]
    assert found("visit=without") == [False, True]
    assert found("due=unset") == [False, True]
    assert found("q=lark") == [True, False]
    assert found("pathway=accreditation") == [False, False]
    assert found("stage=nonsense") == [True, True]


def test_the_cockpit_shows_what_is_late(world: World, office: Client) -> None:
    world.enrolment.due_dates.filter(what="self_review").update(due_on=date(2020, 1, 6))

    text = office.get(f"{address('cockpit', world.cycle.pk)}?due=late").content.decode()

    assert "working days late" in text
    assert "1</b> late" in text
    assert "Hearth Oak Court</a>" not in text


def test_the_cockpit_shows_what_higher_apps_know(world: World, office: Client) -> None:
    def told(ids: list[int]) -> dict[int, slots.Note]:
        return {pk: slots.Note("all 6 scored", "m2") for pk in ids if pk == world.enrolment.pk}

    slots.self_review_progress.fill(told)
    try:
        page = office.get(address("cockpit", world.cycle.pk)).content.decode()
        file = office.get(f"{address('cockpit', world.cycle.pk)}?format=csv").content.decode("utf-8-sig")
    finally:
        slots.self_review_progress._fillers.remove(told)

    assert "all 6 scored" in page
    assert [
        line.startswith("Hearth Lark House,LARK,Adult,North,peer review,Self-review,2027-02-11")
        for line in file.splitlines()
    ] == [*(False, True, False)]
    assert "all 6 scored" in file


def test_the_cockpit_is_downloaded_as_filtered(world: World, office: Client) -> None:
    answer = office.get(f"{address('cockpit', world.cycle.pk)}?stage=self_review&format=xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="2027-cycle.xlsx"'
    assert answer.content[:2] == b"PK"


def test_htmx_gets_the_list_alone(world: World, office: Client) -> None:
    answer = office.get(address("cockpit", world.cycle.pk), headers={"HX-Request": "true"}).content.decode()

    assert answer.lstrip().startswith('<div id="list"')


def test_a_reminder_is_read_before_it_is_sent(
    world: World, office: Client, django_capture_on_commit_callbacks: Any
) -> None:
    path = address("remind", world.cycle.pk)
    chosen = {"enrolment": [world.enrolment.pk, world.oak_enrolment.pk], "some": "1"}

    written = office.post(path, chosen).content.decode()
    assert "Send 1 message" in written
    assert "Hearth Oak Court" in written, "which has no lead"
    assert not OutboxMail.objects.exists()

    words = {"enrolment": chosen["enrolment"], "subject": "{stage}", "message": "Until {due}, {community}."}
    looked = office.post(path, words | {"look": "1"}).content.decode()
    assert "Until 11 February 2027, Hearth Lark House." in looked
    assert not Reminder.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(path, words | {"send": "1"}).status_code == 302
    assert OutboxMail.objects.get().subject == "Self-review"
    assert Reminder.objects.count() == 2


def test_a_reminder_needs_a_tick_unless_it_is_for_the_whole_list(world: World, office: Client) -> None:
    path = address("remind", world.cycle.pk)

    assert office.post(path, {"some": "1"}).status_code == 302
    assert "about 2 communities" in office.post(path, {"all": "1"}).content.decode()
    assert "about 1 community" in office.post(f"{path}?stage=visit", {"all": "1"}).content.decode()


def test_a_new_cycle_begins_with_what_the_network_usually_does(world: World, office: Client) -> None:
    form = office.get(address("new")).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    assert (data["name"], data["opens_on"], data["edition"]) == ("2028", date(2027, 9, 1), world.edition.pk)

    answer = office.post(address("new"), data)

    cycle = Cycle.objects.get(name="2028")
    assert answer["Location"] == address("enrol", cycle.pk)
    assert office.post(address("new"), data | {"self_review_opens": "3"}).context["form"].errors


def test_communities_are_enrolled_in_bulk_from_a_filtered_list(world: World, office: Client) -> None:
    for number in range(3):
        factories.make_community(world.network, f"P{number}", f"Pine {number}", service_type="prison")
    path = address("enrol", world.cycle.pk)

    assert office.get(path).content.decode().count('name="community"') == 4
    assert office.post(f"{path}?type=prison", {"pathway": "peer_review", "all": "1"}).status_code == 302

    assert world.cycle.enrolments.filter(service_type__code="prison").count() == 3
    office.post(path, {"pathway": "developmental", "community": [world.elm.pk], "some": "1"})
    assert Enrolment.objects.get(community=world.elm).pathway == "developmental"


def test_the_list_of_those_who_can_join_asks_a_fixed_number_of_questions(
    world: World, office: Client, django_assert_max_num_queries: Any
) -> None:
    path = address("enrol", world.cycle.pk)
    office.get(path)
    with django_assert_max_num_queries(16):
        office.get(path)
    for number in range(5):
        factories.make_community(world.network, f"P{number}", f"Pine {number}", service_type="prison")
    with django_assert_max_num_queries(16):
        office.get(path)


def test_an_extension_keeps_what_was_typed_when_it_is_refused(world: World, office: Client) -> None:
    path = address("extend", world.enrolment.pk)
    data = {"stage": "self_review", "until": "2027-04-01", "reason": "Flood"}

    text = office.post(path, data).content.decode()
    assert "It must end before the visit" in text
    assert "Flood" in text

    assert office.post(path, data | {"until": "2027-02-25"}).status_code == 302
    assert world.enrolment.due_dates.get(what="self_review").due_on == date(2027, 2, 25)


@pytest.mark.parametrize(
    ("kind", "other"),
    [("rename", "Skylark House"), ("change-type", "prison"), ("merge", "oak"), ("close", None)],
)
def test_a_change_of_the_community_is_recorded_with_its_reason(
    world: World, office: Client, kind: str, other: str | None
) -> None:
    values: dict[str, Model] = {
        "prison": world.network.service_types.get(code="prison"),
        "oak": world.oak,
    }
    data: dict[str, Any] = {"reason": "A vote"}
    if other:
        data["other"] = values[other].pk if other in values else other

    assert office.post(address("change", world.enrolment.pk, kind), data).status_code == 302

    assert "A vote" in office.get(address("enrolment", world.enrolment.pk)).content.decode()


def test_a_move_by_hand_is_made_by_the_office_alone(world: World, office: Client) -> None:
    elm = actions.enrol(cycle=world.cycle, community=world.elm, pathway="peer_review", by=world.cora, at=NOW)
    path = address("move", elm.pk)

    assert office.get(path).status_code == 405
    assert office.post(path, {"verb": "sign_report"}).status_code == 404
    assert office.post(path, {"verb": "open_self_review"}).status_code == 302

    elm.refresh_from_db()
    assert elm.stage == "self_review"


def test_a_cycle_with_work_under_way_says_what_keeps_it_open(world: World, office: Client) -> None:
    path = address("turn", world.cycle.pk)
    assert "Hearth Oak Court" in office.get(path).content.decode()

    office.post(path)
    world.cycle.refresh_from_db()
    assert world.cycle.state == "open"

    world.cycle.enrolments.update(stage="completed")
    office.post(path)
    world.cycle.refresh_from_db()
    assert world.cycle.state == "closed"


def test_now_leads_to_the_open_cycle(world: World, office: Client) -> None:
    factories.make_cycle(
        world.network, world.edition, name="2028", opens_on=date(2028, 1, 1), closes_on=date(2028, 9, 1)
    )
    Cycle.objects.filter(name="2028").update(state="planned")

    assert office.get(address("now"))["Location"] == address("cockpit", world.cycle.pk)


def test_the_page_of_an_enrolment_shows_only_links_for_the_reader(world: World, client: Client) -> None:
    def told(ids: list[int]) -> dict[int, list[slots.Link]]:
        lead = slots.Link("Send it", "/send/", roles=frozenset({"community_lead"}))
        return {pk: [lead, slots.Link("Workbook", "/book/")] for pk in ids}

    slots.links.fill(told)
    try:
        shown = {}
        for account in (world.lena, world.mina):
            world.sign_in(client, account)
            shown[account] = client.get(address("enrolment", world.enrolment.pk)).content.decode()
    finally:
        slots.links._fillers.remove(told)

    assert ["Send it" in text for text in shown.values()] == [True, False]
    assert ["Workbook" in text for text in shown.values()] == [True, True]


def test_the_page_of_an_enrolment_says_what_its_reader_does_next(world: World, client: Client) -> None:
    def told(ids: list[int]) -> dict[int, list[slots.Step]]:
        team = slots.Step("You score alone first", "Score", "/score/", frozenset({"reviewer"}), order=1)
        office = slots.Step("The team is to be appointed", "Appoint", "/team/", frozenset({"office"}), VISIT)
        return {pk: [office, team] for pk in ids}

    slots.next_steps.fill(told)
    path = address("enrolment", world.enrolment.pk)
    shown = {}
    for account in (world.cora, world.rafi, world.lena):
        text = world.sign_in(client, account).get(path).content.decode()
        shown[account.username] = ("You score alone first" in text, "The team is to be appointed" in text)

    assert shown == {"cora": (False, True), "rafi": (True, False), "lena": (False, False)}
