"""Home, for each role."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communitas.cycles import actions, slots
from communitas.cycles.models import Enrolment
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.visits.models import Visit
from communitas.web.queries import home as reads
from tests import factories
from tests.cast import NOW, World

HOME = path_of("hearth", "web:home")


def read(world: World, client: Client, account: Account, path: str = HOME) -> str:
    answer = world.sign_in(client, account).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def self_review(world: World) -> Iterator[None]:
    """A higher app that tells the next step and the sections."""

    def step(ids: list[int]) -> dict[int, list[slots.Step]]:
        lead = slots.Step("Two answers differ", "Choose", "/choose/", frozenset({"community_lead"}), order=5)
        everybody = slots.Step(
            "3 of 6 criteria are still to be scored",
            "Continue the self-review",
            "/book/",
            frozenset({"community_lead", "client_member"}),
            date(2027, 2, 11),
            order=10,
        )
        return {pk: [everybody, lead] for pk in ids}

    def section(ids: list[int]) -> dict[int, list[slots.SectionRow]]:
        return {pk: [slots.SectionRow("Belonging", 3, 3, 2, 3), slots.SectionRow("Safety", 0, 3, 0, 0)] for pk in ids}

    slots.next_steps.fill(step)
    slots.sections.fill(section)
    yield
    slots.next_steps._fillers.remove(step)
    slots.sections._fillers.remove(section)


@pytest.mark.usefixtures("self_review")
def test_the_lead_sees_the_stages_what_comes_next_and_the_sections(world: World, client: Client) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    text = read(world, client, world.lena)

    assert text.index('class="path"') < text.index("Two answers differ")
    assert "3 of 6 criteria are still to be scored" in text, "the second step stands under the first"
    assert "all 3" in text
    assert "0 of 3" in text


@pytest.mark.usefixtures("self_review")
def test_a_client_member_sees_the_steps_that_are_theirs(world: World, client: Client) -> None:
    text = read(world, client, world.mina)

    assert "Continue the self-review" in text
    assert "Two answers differ" not in text


def test_without_a_step_home_is_calm_and_says_what_comes(world: World, client: Client) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    text = read(world, client, world.stefan)

    assert "Nothing waits for you" in text
    assert "Next: the community sends its self-review by 11 February 2027." in text


def test_since_i_was_last_here_names_what_others_did(world: World, client: Client) -> None:
    now = timezone.now()
    Account.objects.filter(pk=world.lena.pk).update(last_seen_at=now - timedelta(days=2))
    world.lena.refresh_from_db()
    day = (now + timedelta(days=90)).date()
    actions.set_anchor(enrolment=world.enrolment, on=day, by=world.cora, at=now - timedelta(hours=3))
    actions.self_review_sent(enrolment=world.enrolment, by=world.lena, at=now - timedelta(hours=1))
    actions.set_anchor(enrolment=world.oak_enrolment, on=day, by=world.cora, at=now - timedelta(days=3))

    text = read(world, client, world.lena)

    assert "Visit date:" in text
    assert "Self-review sent" not in text, "one's own acts are no news"
    again = read(world, client, world.lena)
    assert "Visit date:" in again, "the news stay during one visit"
    world.lena.refresh_from_db()
    assert world.lena.last_seen_at is not None
    assert world.lena.last_seen_at > now - timedelta(minutes=1)


def test_somebody_in_two_communities_chooses_between_them(world: World, client: Client) -> None:
    factories.grant(world.lena, world.network, "staff", community=world.oak)

    text = read(world, client, world.lena)
    assert f"?community={world.oak.pk}" in text
    assert "Hearth Lark House · Adult" in text

    assert "Hearth Oak Court · Addiction" in read(world, client, world.lena, f"{HOME}?community={world.oak.pk}")
    assert "Hearth Lark House · Adult" in read(world, client, world.lena, f"{HOME}?community={world.twin.oak.pk}")


def test_the_head_of_the_page_stays_short_for_somebody_with_roles_in_several_places(
    world: World, client: Client
) -> None:
    assert 'class="who-standing">Hearth Lark House · community lead</span>' in read(world, client, world.lena)
    factories.grant(world.lena, world.network, "staff", community=world.oak)
    factories.grant(world.lena, world.network, "committee")

    assert 'class="who-standing">Hearth Lark House · community lead, and 2 more</span>' in read(
        world, client, world.lena
    )


def test_a_community_outside_the_cycle_is_told_so(world: World, client: Client) -> None:
    assert "Hearth Elm Row is not in a cycle now" in read(world, client, world.otto)


def test_a_reviewer_sees_the_visits_ahead(world: World, client: Client) -> None:
    world.visit.on = timezone.now().date() + timedelta(days=30)
    world.visit.save()

    text = read(world, client, world.ludo)

    assert "Your visits" in text
    assert "Hearth Lark House" in text
    assert "You come as lead reviewer." in text


def test_what_the_community_gives_is_told_by_display_names(world: World, client: Client) -> None:
    factories.grant(world.nadia, world.network, "staff", community=world.oak)

    text = read(world, client, world.nadia)

    assert "Rafi, Ludo and Nadia visit Hearth Lark House on 11 March 2027." in text


def test_what_a_community_gave_is_told_as_past_and_only_for_this_cycle(world: World, client: Client) -> None:
    factories.grant(world.nadia, world.network, "staff", community=world.oak)
    Visit.objects.filter(pk=world.visit.pk).update(on=date(2026, 3, 11), state="closed")
    older = factories.make_cycle(
        world.network, world.edition, name="2025", opens_on=date(2025, 1, 1), closes_on=date(2025, 9, 1)
    )
    visit = factories.make_visit(factories.make_enrolment(older, world.elm))
    factories.on_team(visit, world.nadia, "client_member", community=world.oak)

    text = read(world, client, world.nadia)

    assert "Rafi, Ludo and Nadia visited Hearth Lark House on 11 March 2026." in text
    assert "Elm Row" not in text.split("What you give")[1].split("</section>")[0]
    assert "3 people visited Hearth Lark House." in read(world, client, world.lena)


def test_the_office_sees_who_is_late_what_is_due_and_what_waits_for_a_second_person(
    world: World, client: Client
) -> None:
    today = timezone.now().date()
    actions.set_anchor(enrolment=world.enrolment, on=today + timedelta(days=90), by=world.cora, at=NOW)
    actions.set_anchor(enrolment=world.oak_enrolment, on=today + timedelta(days=3), by=world.cora, at=NOW)
    world.enrolment.due_dates.filter(what="self_review").update(due_on=today - timedelta(days=7))

    text = read(world, client, world.cora)

    assert "1 community is late" in text
    assert "working days late" in text
    assert "The next seven days" in text
    assert "Hearth Oak Court</a>: team visits" in text


def test_a_second_person_comes_before_everything(world: World, client: Client, monkeypatch: Any) -> None:
    from communitas.cycles import policy

    monkeypatch.setitem(confirmations._acts, policy.close_cycle.action, (type(world.cycle), policy.close_cycle, print))
    confirmations.propose(
        permission=policy.close_cycle,
        obj=world.cycle,
        tenant=world.network.tenant,
        title="Close 2027",
        by=world.cyrus,
        at=NOW,
    )

    assert "1 act waits for a second person" in read(world, client, world.cora)
    assert "1 act waits for a second person" not in read(world, client, world.cyrus)


def test_somebody_without_a_role_is_told_who_gives_one(world: World, client: Client) -> None:
    assert "You have no role here yet" in read(world, client, world.theo)
    assert "You have no role here yet" not in read(world, client, world.kit)


def test_an_administrator_without_a_role_is_told_what_they_look_after(world: World, client: Client) -> None:
    text = read(world, client, world.ada)

    assert "You look after this site." in text
    assert "You have no role here yet" not in text


def test_a_member_of_the_committee_is_led_to_what_they_read(world: World, client: Client) -> None:
    text = read(world, client, world.kit)

    assert "Nothing waits for you" in text
    assert f'href="{path_of("hearth", "reports:nationals")}"' in text.split("<main")[1]
    assert f'href="{path_of("hearth", "standards:sets")}"' in text.split("<main")[1]


def test_the_front_page_leads_to_everything_that_is_open_to_everybody(world: World, client: Client) -> None:
    text = client.get(path_of("hearth", "web:front")).content.decode().split("<main")[1]

    for name in ("standards:sets", "reports:nationals", "members:directory"):
        assert f'href="{path_of("hearth", name)}"' in text
        assert client.get(path_of("hearth", name)).status_code == 200
    assert 'href="/verify/"' in text


def test_the_office_of_the_twin_sees_nothing_of_this_network(world: World, client: Client) -> None:
    actions.set_anchor(enrolment=world.twin.enrolment, on=date(2020, 3, 11), by=world.tess, at=NOW)

    text = read(world, client, world.tess, path_of("harbour", "web:home"))

    assert "Harbour Lark House" in text
    assert "Hearth" not in text


def test_home_of_the_office_asks_a_fixed_number_of_questions(
    world: World, client: Client, django_assert_num_queries: Any
) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2020, 3, 11), by=world.cora, at=NOW)
    read(world, client, world.cora)
    with django_assert_num_queries(OFFICE):
        read_again(client)
    for number in range(3):
        community = factories.make_community(world.network, f"C{number}", f"House {number}")
        each = factories.make_enrolment(world.cycle, community, stage="self_review")
        actions.set_anchor(enrolment=each, on=date(2020, 3, 11), by=world.cora, at=NOW)
    with django_assert_num_queries(OFFICE):
        read_again(client)


OFFICE = 16


def test_home_of_a_community_asks_a_fixed_number_of_questions(
    world: World, client: Client, django_assert_num_queries: Any
) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=timezone.now())
    read(world, client, world.lena)
    with django_assert_num_queries(COMMUNITY):
        read_again(client)
    for day in (12, 15, 16):
        actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, day), by=world.cora, at=timezone.now())
    with django_assert_num_queries(COMMUNITY):
        read_again(client)


COMMUNITY = 17


def read_again(client: Client) -> None:
    assert client.get(HOME).status_code == 200


def test_anybody_else_goes_to_sign_in(client: Client, world: World) -> None:
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize(
    ("hour", "words"), [(4, "Good evening"), (8, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_clock_of_the_network(hour: int, words: str) -> None:
    with timezone.override("Europe/London"):
        assert reads.greeting(NOW.replace(hour=hour), "Lena Okafor") == f"{words}, Lena"


def test_an_enrolment_that_ended_says_so(world: World, client: Client) -> None:
    Enrolment.objects.filter(pk=world.enrolment.pk).update(stage="completed", completed_at=NOW)

    assert "You have completed this cycle" in read(world, client, world.lena)


def test_a_reviewer_sees_what_to_do_for_each_visit_until_it_is_closed(world: World, client: Client) -> None:
    def step(ids: list[int]) -> dict[int, list[slots.Step]]:
        return {
            pk: [slots.Step("You have 6 criteria to score", "Score", "/score/", frozenset({"reviewer"}))] for pk in ids
        }

    slots.next_steps.fill(step)
    world.visit.on = date(2026, 1, 8)
    world.visit.save()

    assert "You have 6 criteria to score" in read(world, client, world.rafi)

    world.visit.state = "closed"
    world.visit.save()
    assert "You have 6 criteria to score" not in read(world, client, world.rafi)
