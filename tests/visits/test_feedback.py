from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits import actions
from communitas.visits.models import Feedback, TeamPlace, Visit
from communitas.visits.rules.feedback import HOST, QUESTIONS, TEAM
from tests.cast import NOW, World

WORDS = "The welcome at the door."


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"visits:{name}", *args)


@pytest.fixture
def held(world: World) -> Visit:
    """The visit took place this morning."""
    Visit.objects.filter(pk=world.visit.pk).update(
        state="held", on=timezone.localdate(), feedback_closes_at=timezone.now() + timedelta(days=14)
    )
    return Visit.objects.select_related("enrolment__cycle__network__tenant").get(pk=world.visit.pk)


def send(visit: Visit, by: Account, side: str = TEAM, **words: Any) -> Feedback:
    given: dict[str, Any] = {"answers": dict.fromkeys(QUESTIONS[side], 3), "good": WORDS, "at": timezone.now()} | words
    return actions.send_feedback(visit=visit, side=side, by=by, **given)


def test_the_window_opens_when_the_visit_took_place(world: World) -> None:
    visit = world.visit
    visit.state = "confirmed"
    visit.save()

    assert visit.on is not None
    actions.hold(visit=visit, by=world.ludo, at=NOW, today=visit.on)

    visit.refresh_from_db()
    assert visit.feedback_closes_at is not None
    assert visit.feedback_closes_at.date() == visit.on + timedelta(days=15)  # the first moment of the day after


def test_nobody_answers_before_the_visit_or_twice(held: Visit, world: World) -> None:
    send(held, world.rafi)

    with pytest.raises(NotAllowed, match="already"):
        send(held, world.rafi)
    held.feedback_closes_at = None
    held.save()
    with pytest.raises(NotAllowed, match="after the visit"):
        send(held, world.nadia)


def test_the_other_side_reads_it_only_when_all_have_answered(held: Visit, world: World, client: Client) -> None:
    place = TeamPlace.objects.get(visit=held, account=world.rafi)
    for person in (world.rafi, world.ludo):
        send(held, person)
    send(held, world.lena, HOST)

    early = [
        world.sign_in(client, world.lena).get(at("team_feedback", held.pk)).status_code,
        world.sign_in(client, world.rafi).get(at("place_feedback", place.pk)).status_code,
    ]
    send(held, world.nadia)
    host = world.sign_in(client, world.lena).get(at("team_feedback", held.pk)).content.decode()
    team = world.sign_in(client, world.rafi).get(at("place_feedback", place.pk)).content.decode()

    assert early == [403, 404]
    assert "What the team said" in host
    assert "What the community said" not in host
    assert WORDS in team
    assert "Lena" not in team.split('id="main"')[1].split("</main>")[0]


def test_it_is_shown_when_the_time_is_over(held: Visit, world: World, client: Client) -> None:
    send(held, world.rafi)
    Visit.objects.filter(pk=held.pk).update(feedback_closes_at=timezone.now())

    page = world.sign_in(client, world.lena).get(at("team_feedback", held.pk))

    assert page.status_code == 200
    with pytest.raises(NotAllowed, match="time for it is over"):
        send(held, world.ludo)


def test_feedback_is_written_once(held: Visit, world: World) -> None:
    send(held, world.rafi)

    with pytest.raises(DatabaseError), transaction.atomic():
        Feedback.objects.update(good="Nothing")


def test_each_side_answers_its_own_questions_through_the_page(held: Visit, world: World, client: Client) -> None:
    for person, side in ((world.lena, HOST), (world.rafi, TEAM)):
        world.sign_in(client, person)
        missing = client.post(at("give_feedback", held.pk), {"good": WORDS})
        client.post(at("give_feedback", held.pk), {**dict.fromkeys(QUESTIONS[side], "4"), "good": WORDS})
        assert (missing.status_code, WORDS in missing.content.decode()) == (422, True)

    assert set(held.feedback.values_list("account", "side")) == {(world.lena.pk, HOST), (world.rafi.pk, TEAM)}
    assert "already" in client.get(at("give_feedback", held.pk)).content.decode()


def test_the_office_reads_all_of_a_cycle_and_downloads_it(held: Visit, world: World, client: Client) -> None:
    send(held, world.rafi, answers=dict.fromkeys(QUESTIONS[TEAM], 4))
    send(held, world.ludo, answers=dict.fromkeys(QUESTIONS[TEAM], 2))
    world.sign_in(client, world.cora)

    page = client.get(at("all_feedback"))
    file = client.get(at("all_feedback"), {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    teams = page.context["sides"][1]["answered"]
    assert [one.mean for one in teams] == ["3.0"] * 4
    assert (len(file), WORDS in file[1]) == (3, True)
    assert "Rafi" not in "".join(file)


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_takes_the_same_queries(
    held: Visit, world: World, client: Client, more: int, django_assert_num_queries: Any
) -> None:
    for person in (world.rafi, world.ludo, world.otto)[:more]:
        send(held, person)
    world.sign_in(client, world.cora)

    with django_assert_num_queries(9):
        client.get(at("all_feedback"))
