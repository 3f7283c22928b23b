"""A host objects to somebody on its team: who reads it, who decides, and what becomes of the person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from communitas.cycles.rules.calendar import WorkingCalendar
from communitas.kit import events
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.models import Access
from communitas.visits import actions, filling, queries
from communitas.visits.events import SeatFreed
from communitas.visits.models import Objection, TeamPlace, Visit
from communitas.visits.rules.objecting import may_object, object_by
from tests.cast import NOW, World

FRIDAY = date(2027, 1, 22)
WHY = "They worked for a family here."


@pytest.fixture
def place(world: World) -> TeamPlace:
    """Rafi's, on a team of which the host was told."""
    Visit.objects.filter(pk=world.visit.pk).update(state="planned")
    actions.appoint_team(visit=queries.visits().get(pk=world.visit.pk), by=world.cora, at=NOW)
    place = TeamPlace.objects.select_related("account").get(account=world.rafi)
    place.visit = queries.visits().get(pk=world.visit.pk)
    return place


def objected(place: TeamPlace, world: World) -> Objection:
    return actions.raise_objection(place=place, reason=WHY, by=world.lena, at=NOW)


@pytest.mark.parametrize(
    ("visit", "expected"),
    [(None, date(2027, 1, 29)), (date(2027, 3, 1), date(2027, 1, 29)), (date(2027, 1, 26), date(2027, 1, 25))],
)
def test_the_time_for_an_objection_is_working_days_and_ends_before_the_visit(
    visit: date | None, expected: date
) -> None:
    assert object_by(FRIDAY, visit, 5, WorkingCalendar()) == expected


def test_a_host_that_was_not_told_yet_may_object_until_the_day_of_the_visit() -> None:
    on, now = FRIDAY, datetime(2027, 1, 21, 12, tzinfo=UTC)

    assert may_object(now, None, today=on - timedelta(days=1), on=on)
    assert not may_object(now, None, today=on, on=on)
    assert not may_object(now, now, today=on - timedelta(days=1), on=on)


def test_the_host_is_told_of_its_team_in_one_mail_and_of_who_joins_later_in_another(
    world: World, place: TeamPlace
) -> None:
    told = OutboxMail.objects.filter(to=world.lena.email, subject__startswith="Who comes")
    assert [all(name in mail.text for name in ("Rafi", "Ludo", "Nadia")) for mail in told] == [True]
    actions.remove(place=place, reason="A mistake.", by=world.cora, at=NOW)

    visit = queries.visits().get(pk=world.visit.pk)
    actions.ask(visit=visit, account=world.rafi, seat="staff", reason="He can.", by=world.cora, at=NOW)

    assert ["Ludo" in mail.text for mail in told.order_by("pk")] == [True, False]
    assert "27 January 2027" in told.latest("pk").text


def test_an_upheld_objection_takes_the_person_off_and_keeps_the_pair_apart_for_good(
    world: World, place: TeamPlace
) -> None:
    freed: list[SeatFreed] = []
    events.subscribe(SeatFreed, freed.append)
    objection = objected(place, world)
    with pytest.raises(NotAllowed, match="has objected already"):
        objected(place, world)
    assert "Decide" in [step.action for step in filling.next_steps([world.enrolment.pk])[world.enrolment.pk]]

    actions.decide_objection(objection=objection, upheld=True, by=world.cora, at=NOW)

    place.refresh_from_db()
    assert (place.state, place.reason) == ("removed", "The team changed.")
    assert [(fact.why, fact.place_id) for fact in freed] == [("objected", place.pk)]
    assert queries.objected_pairs(world.network.pk) == {world.rafi.pk: {world.lark.pk}}
    assert queries.objected_pairs(world.twin.network.pk) == {}
    assert not Access.objects.filter(account=world.rafi, source=f"visit:{world.visit.pk}", until_at=None).exists()
    visit = queries.visits().get(pk=world.visit.pk)
    with pytest.raises(NotAllowed, match="objection was upheld"):
        actions.ask(visit=visit, account=world.rafi, seat="staff", reason="Again.", by=world.cora, at=NOW)
    letters = "".join(OutboxMail.objects.filter(to=world.rafi.email).values_list("text", flat=True))
    assert "has changed" in letters
    assert "object" not in letters
    assert not AuditLine.objects.filter(reason__contains="family").exists()
    assert not visit.moves.filter(reason__contains="family").exists()


def test_a_dismissed_objection_is_answered_in_words_and_the_team_stays(world: World, place: TeamPlace) -> None:
    objection = objected(place, world)
    with pytest.raises(NotAllowed, match="answered in words"):
        actions.decide_objection(objection=objection, upheld=False, by=world.cora, at=NOW)

    actions.decide_objection(objection=objection, upheld=False, words="That was long ago.", by=world.cora, at=NOW)

    place.refresh_from_db()
    assert place.state == "accepted"
    assert queries.objected_pairs(world.network.pk) == {}
    assert "That was long ago." in OutboxMail.objects.filter(to=world.lena.email).latest("pk").text
    with pytest.raises(NotAllowed, match="decided already"):
        actions.decide_objection(objection=objection, upheld=True, by=world.cora, at=NOW)
    for verb in ("UPDATE visits_objection SET words = 'x'", "DELETE FROM visits_objection"):
        with pytest.raises(DatabaseError, match="objection"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb)


def test_after_its_time_nobody_is_heard(world: World, place: TeamPlace) -> None:
    with pytest.raises(NotAllowed, match="while there is time"):
        actions.raise_objection(place=place, reason=WHY, by=world.lena, at=NOW + timedelta(days=8))


def test_the_reason_is_read_by_the_host_and_the_office_and_by_nobody_on_the_team(
    client: Client, world: World, place: TeamPlace
) -> None:
    world.sign_in(client, world.lena)
    client.post(path_of("hearth", "visits:object", place.pk), {"reason": WHY})
    objection = Objection.objects.get()
    page = path_of("hearth", "visits:visit", world.visit.pk)

    read = {}
    for name in ("lena", "cora", "rafi", "ludo", "nadia", "mina", "stefan"):
        world.sign_in(client, getattr(world, name))
        read[name] = WHY in client.get(page).content.decode()

    assert [name for name, found in read.items() if found] == ["lena", "cora"]
    world.sign_in(client, world.cora)
    assert "Lark House" in client.get(path_of("hearth", "visits:list"), {"waits": "objecting"}).content.decode()
    client.post(path_of("hearth", "visits:decide_objection", objection.pk), {"upheld": "no", "words": "Thank you."})
    objection.refresh_from_db()
    assert (objection.decision, objection.words) == ("dismissed", "Thank you.")
