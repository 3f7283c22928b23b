from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.actors import actor_for
from communitas.members.models import Access
from communitas.people.models import Account
from communitas.visits import actions, queries
from communitas.visits.events import TeamChanged
from communitas.visits.models import TeamPlace, Visit
from tests import factories
from tests.cast import NOW, World

DAY = date(2027, 3, 11)


@pytest.fixture
def elm_visit(world: World) -> Visit:
    """A planned visit to Elm Row, on whose team nobody is yet."""
    enrolment = factories.make_enrolment(world.cycle, world.elm)
    return actions.plan(enrolment=enrolment, on=DAY, by=world.cora, at=NOW)


def ask(visit: Visit, account: Account, seat: str, world: World, **words: Any) -> TeamPlace:
    return actions.ask(visit=visit, account=account, seat=seat, by=world.cora, at=NOW, **words)


def test_planning_a_visit_sets_the_date_from_which_all_others_count(world: World, elm_visit: Visit) -> None:
    elm_visit.enrolment.refresh_from_db()

    assert elm_visit.enrolment.anchor_on == DAY
    assert AuditLine.objects.filter(verb="visit.plan").exists()


def test_an_enrolment_has_one_visit(world: World, elm_visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="has its visit"):
        actions.plan(enrolment=elm_visit.enrolment, on=DAY, by=world.cora, at=NOW)


def test_a_set_date_moves_only_with_a_reason(world: World, elm_visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="reason"):
        actions.set_date(visit=elm_visit, on=date(2027, 4, 1), by=world.cora, at=NOW)

    actions.set_date(visit=elm_visit, on=date(2027, 4, 1), reason="The host moves house.", by=world.cora, at=NOW)

    elm_visit.enrolment.refresh_from_db()
    assert elm_visit.enrolment.anchor_on == date(2027, 4, 1)
    assert [move.reason for move in elm_visit.moves.all()] == ["The host moves house.", ""]


def test_asking_grants_access_writes_a_mail_and_tells_higher_apps(world: World, elm_visit: Visit) -> None:
    heard: list[TeamChanged] = []
    events.subscribe(TeamChanged, heard.append)

    place = ask(elm_visit, world.rafi, "staff", world)

    access = Access.objects.get(account=world.rafi, community=world.elm, relation="team")
    assert (access.scope, access.until_at) == (elm_visit.enrolment_id, None)
    assert (place.state, place.from_community) == ("asked", world.oak)
    assert OutboxMail.objects.get(to="rafi@people.example").subject == "Will you join the visit to Hearth Elm Row?"
    assert [fact.visit_id for fact in heard] == [elm_visit.pk]


def test_nobody_is_asked_onto_the_team_of_their_own_community(world: World, elm_visit: Visit) -> None:
    factories.grant(world.otto, world.network, "reviewer")

    with pytest.raises(NotAllowed, match="Nobody reviews a community that they belong to"):
        ask(elm_visit, world.otto, "staff", world)


def test_nobody_is_asked_where_they_declared_an_interest(world: World, elm_visit: Visit) -> None:
    actions.declare_interest(community=world.elm, nature="I worked there.", by=world.rafi, at=NOW)

    with pytest.raises(NotAllowed, match="an interest was declared"):
        ask(elm_visit, world.rafi, "staff", world)


def test_somebody_who_is_no_reviewer_is_not_asked(world: World, elm_visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="no reviewer of this network"):
        ask(elm_visit, world.mina, "client_member", world)


def test_a_person_has_one_seat_on_a_team(world: World, elm_visit: Visit) -> None:
    ask(elm_visit, world.rafi, "staff", world)

    with pytest.raises(NotAllowed, match="one seat"):
        ask(elm_visit, world.rafi, "staff", world)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamPlace.objects.create(visit=elm_visit, account=world.rafi, seat="staff", appointed_at=NOW)


def test_a_declined_place_is_free_again_and_its_access_ended(world: World, elm_visit: Visit) -> None:
    place = ask(elm_visit, world.rafi, "staff", world)

    actions.decline_place(place=place, reason="On leave that week.", by=world.rafi, at=NOW)

    assert Access.objects.get(account=world.rafi, community=world.elm, relation="team").until_at == NOW
    actor = actor_for(world.rafi, now=NOW, second_factor_given=True, second_factor_demanded=True)
    assert elm_visit.enrolment_id not in actor.scopes("team", grace=True)  # who leaves reads no evidence afterwards
    assert queries.on_team(elm_visit.enrolment_id) == set()
    assert ask(elm_visit, world.rafi, "staff", world).pk != place.pk


def test_nobody_answers_for_another_person(world: World, elm_visit: Visit) -> None:
    place = ask(elm_visit, world.rafi, "staff", world)

    with pytest.raises(NotAllowed, match="Only the person who was asked"):
        actions.accept_place(place=place, by=world.cora, at=NOW)


def test_a_team_is_appointed_only_with_a_lead_reviewer(world: World, elm_visit: Visit) -> None:
    ask(elm_visit, world.rafi, "staff", world)
    with pytest.raises(NotAllowed, match="lead reviewer"):
        actions.appoint_team(visit=elm_visit, by=world.cora, at=NOW)

    ask(elm_visit, world.ludo, "lead", world)
    actions.appoint_team(visit=elm_visit, by=world.cora, at=NOW)

    elm_visit.refresh_from_db()
    assert elm_visit.state == "team_appointed"
    assert queries.empty_seat_words(elm_visit) == (
        "One staff reviewer seat is empty.",
        "The client member's seat is empty.",
    )


def test_an_appointed_team_changes_only_with_a_reason(world: World, elm_visit: Visit) -> None:
    ask(elm_visit, world.ludo, "lead", world)
    actions.appoint_team(visit=elm_visit, by=world.cora, at=NOW)
    elm_visit.refresh_from_db()

    with pytest.raises(NotAllowed, match="reason"):
        ask(elm_visit, world.nadia, "client_member", world)
    assert ask(elm_visit, world.nadia, "client_member", world, reason="The seat was empty.").seat == "client_member"


def test_a_visit_takes_place_only_once_its_day_has_come(world: World, elm_visit: Visit) -> None:
    ask(elm_visit, world.ludo, "lead", world)
    actions.appoint_team(visit=elm_visit, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="its day has come"):
        actions.hold(visit=elm_visit, by=world.ludo, at=NOW, today=date(2027, 3, 10))
    actions.hold(visit=elm_visit, by=world.ludo, at=NOW, today=DAY)

    elm_visit.refresh_from_db()
    assert elm_visit.state == "held"


def test_postponing_takes_the_date_away_and_planning_again_gives_one(world: World, elm_visit: Visit) -> None:
    actions.postpone(visit=elm_visit, reason="Illness in the house.", by=world.cora, at=NOW)
    elm_visit.enrolment.refresh_from_db()
    assert (elm_visit.on, elm_visit.enrolment.anchor_on) == (None, None)

    actions.plan_again(visit=elm_visit, on=date(2027, 5, 6), by=world.cora, at=NOW)

    elm_visit.enrolment.refresh_from_db()
    assert (elm_visit.state, elm_visit.enrolment.anchor_on) == ("planned", date(2027, 5, 6))


def test_the_access_of_a_team_ends_for_everybody_at_once(world: World) -> None:
    other = factories.make_visit(factories.make_enrolment(world.cycle, world.elm))
    factories.on_team(other, world.rafi, "staff")

    actions.end_team_access(enrolment=world.enrolment, by=world.cora, at=NOW)

    ended = Access.objects.filter(relation="team", scope=world.enrolment.pk)
    assert {access.until_at for access in ended} == {NOW}
    assert Access.objects.filter(relation="team", scope=other.enrolment_id, until_at=None).exists()


def test_a_withdrawn_interest_stays_on_record_and_binds_no_longer(world: World) -> None:
    interest = actions.declare_interest(community=world.elm, nature="I worked there.", by=world.rafi, at=NOW)

    actions.withdraw_interest(interest=interest, by=world.rafi, at=NOW)

    interest.refresh_from_db()
    assert interest.withdrawn_at == NOW
    assert Access.objects.get(relation="interest", account=world.rafi).until_at == NOW


@pytest.mark.parametrize("verb", ["UPDATE visits_visitmove SET reason = 'x'", "DELETE FROM visits_visitmove"])
def test_the_database_keeps_the_history_of_a_visit(elm_visit: Visit, verb: str) -> None:
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_candidates_are_found_with_the_rules_that_speak_against_them(
    world: World, elm_visit: Visit, django_assert_num_queries: Any
) -> None:
    elm_visit = queries.visits().get(pk=elm_visit.pk)
    factories.grant(world.otto, world.network, "reviewer")

    people = queries.candidates(elm_visit, "staff", now=NOW)

    assert {person.account.username: bool(person.refusals) for person in people} == {
        "ludo": False,
        "rafi": False,
        "nadia": True,
        "otto": True,
    }
    assert [
        person.account.username for person in queries.candidates(elm_visit, "staff", now=NOW, search="oak raf")
    ] == ["rafi"]


@pytest.mark.parametrize("more", [1, 3])
def test_candidates_cost_the_same_queries_however_many_they_are(
    world: World, elm_visit: Visit, django_assert_num_queries: Any, more: int
) -> None:
    elm_visit = queries.visits().get(pk=elm_visit.pk)
    for number in range(more):
        account = factories.make_account(f"reviewer{number}", f"Reviewer {number}")
        factories.grant(account, world.network, "reviewer", community=world.oak)

    with django_assert_num_queries(6):  # what two people set aside is one
        assert len(queries.candidates(elm_visit, "staff", now=NOW)) == 3 + more
