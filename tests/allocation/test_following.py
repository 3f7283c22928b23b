"""A seat falls empty: who follows, who is told, and what stays on record."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from communitas.allocation import actions
from communitas.allocation.models import Offer, Reserve
from communitas.allocation.queries import state_problem
from communitas.allocation.queries.following import in_words
from communitas.allocation.rules.alternatives import Alternative
from communitas.allocation.rules.following import Moment, obstacle, obstacle_by_itself, who_follows, worth_asking
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.models import Access, Community
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits.models import TeamPlace, Visit
from tests import factories
from tests.cast import NOW, World
from tests.factories.plans import OFFERED

DAY = OFFERED[1]
Capture = Callable[..., AbstractContextManager[Any]]
AFTER: dict[str, Any] = {"at": NOW + timedelta(hours=1)}


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"allocation:{name}", *args)


@pytest.fixture
def elm(world: World) -> Visit:
    """Elm Row's team is appointed: Ludo leads, Rafi was asked onto a staff seat. Wren and Robin would be free too."""
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    visit = factories.make_host(world.cycle, world.elm)
    Visit.objects.filter(pk=visit.pk).update(on=DAY, state="team_appointed")
    for account, seat in ((world.ludo, "lead"), (world.rafi, "staff"), (world.nadia, "client_member")):
        place = factories.on_team(visit, account, seat, community=world.oak)
        TeamPlace.objects.filter(pk=place.pk).update(state="asked", appointed_by=world.cora)
    visit.refresh_from_db()
    return visit


def reviewer(world: World, name: str, latitude: float) -> Account:
    home = factories.make_community(world.network, name.upper(), f"{name} House")
    Community.objects.filter(pk=home.pk).update(latitude=latitude, longitude=-1.5)
    account = factories.make_account(name.lower(), name)
    factories.grant(account, world.network, "reviewer", community=home)
    factories.make_free(world.cycle, [account], DAY)
    return account


@pytest.fixture
def wren(world: World) -> Account:
    return reviewer(world, "Wren", 53.7)


@pytest.fixture
def robin(world: World) -> Account:
    return reviewer(world, "Robin", 52.9)


@pytest.fixture
def said_no(elm: Visit, world: World, wren: Account, robin: Account) -> TeamPlace:
    """Rafi declined."""
    place = TeamPlace.objects.get(visit=elm, account=world.rafi)
    visits.decline_place(place=place, reason="On leave.", by=world.rafi, at=NOW)
    return place


def test_the_next_person_is_asked_in_the_background_and_it_is_told_why(
    elm: Visit, world: World, wren: Account, robin: Account, django_capture_on_commit_callbacks: Capture
) -> None:
    place = TeamPlace.objects.get(visit=elm, account=world.rafi)

    with django_capture_on_commit_callbacks(execute=True):
        visits.decline_place(place=place, reason="On leave.", by=world.rafi, at=NOW)

    offer = Offer.objects.get()
    assert offer.place is not None
    assert (offer.place.account, offer.place.state, offer.place.seat) == (wren, "asked", "staff")
    assert (offer.rank, offer.of_how_many, offer.by, offer.by_itself) == (1, 2, world.cora, True)
    assert "Wren was asked next: number 1 of 2 whom no rule keeps away, 11 km from home" in in_words(offer)
    assert elm.moves.get(verb="ask").reason == "Asked next, after Rafi: declined."
    assert AuditLine.objects.filter(verb="allocation.offer_on").count() == 1


def test_it_is_done_once_and_never_asks_who_said_no(
    said_no: TeamPlace, world: World, wren: Account, robin: Account
) -> None:
    first = actions.offer_on(place=said_no, by=None, **AFTER)
    assert first is not None
    assert first.place is not None
    assert actions.offer_on(place=said_no, by=None, **AFTER) is None
    visits.decline_place(place=first.place, reason="Ill.", by=wren, at=NOW)
    second = actions.offer_on(place=first.place, by=None, **AFTER)
    assert second is not None
    assert second.place is not None
    assert (second.place.account, second.rank, second.of_how_many) == (robin, 2, 2)
    visits.decline_place(place=second.place, reason="Ill too.", by=robin, at=NOW)

    last = actions.offer_on(place=second.place, by=None, **AFTER)

    assert last is not None
    assert (last.how, last.place) == ("nobody", None)
    subject = "A seat on the visit to Hearth Elm Row is empty"
    letter = OutboxMail.objects.get(subject=subject, account=world.cora)
    assert "staff reviewer" in letter.text
    assert at("seats", said_no.visit_id) in letter.text
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=last.pk).update(words="Something else.")


def test_two_seats_that_fall_empty_at_once_never_go_to_one_person(
    said_no: TeamPlace, elm: Visit, world: World, wren: Account, robin: Account
) -> None:
    oak = Visit.objects.get(pk=world.visit.pk)
    Visit.objects.filter(pk=oak.pk).update(on=DAY)
    Community.objects.filter(pk=world.lark.pk).update(latitude=53.8, longitude=-1.5)
    other = TeamPlace.objects.get(visit=oak, account=world.rafi)
    TeamPlace.objects.filter(pk=other.pk).update(state="withdrew", appointed_by=world.cora)

    asked = [actions.offer_on(place=place, by=None, **AFTER) for place in (said_no, other)]

    assert [one.place.account for one in asked if one and one.place] == [wren, robin]


def test_somebody_whom_a_rule_of_visits_refuses_meanwhile_is_passed_over(
    said_no: TeamPlace, world: World, wren: Account, robin: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = visits.ask

    def refuse(**said: Any) -> TeamPlace:
        if said["account"] == wren:
            raise NotAllowed("Somebody was quicker.")
        return ask(**said)

    monkeypatch.setattr(visits, "ask", refuse)
    offer = actions.offer_on(place=said_no, by=None, **AFTER)

    assert offer is not None
    assert offer.place is not None
    assert (offer.place.account, offer.words) == (robin, "Wren: Somebody was quicker.")


def test_a_ready_reserve_is_called_also_when_nobody_new_is_asked(
    elm: Visit, world: World, wren: Account, robin: Account
) -> None:
    reserve = actions.ask_reserve(visit=elm, account=robin, seat="staff", by=world.cora, at=NOW)
    assert not Access.objects.filter(account=robin).exists()
    actions.answer_reserve(reserve=reserve, ready=True, by=robin, at=NOW)
    actions.stop_asking(visit=elm, by=world.cora, at=NOW)
    people = state_problem(world.cycle, on=NOW.date(), at=NOW).content["reviewers"]
    kept = next(one for one in people if one["id"] == f"p{robin.pk}")
    place = TeamPlace.objects.get(visit=elm, account=world.rafi)
    visits.decline_place(place=place, reason="On leave.", by=world.rafi, at=NOW)

    offer = actions.offer_on(place=place, by=None, **AFTER)

    assert kept["available"] == []
    assert offer is not None
    assert offer.place is not None
    assert (offer.how, offer.place.account, offer.place.state) == ("reserve", robin, "accepted")
    reserve.refresh_from_db()
    assert reserve.state == "called"
    subjects = OutboxMail.objects.filter(account=robin, kind="reserves").order_by("pk")
    assert [one.subject for one in subjects] == [
        "Could you keep 13 April 2027 free?",
        "You are needed on 13 April 2027",
    ]
    assert Access.objects.filter(account=robin, relation="team").exists()
    with pytest.raises(NotAllowed, match="keep no day free"):
        actions.answer_reserve(reserve=reserve, ready=False, by=robin, at=NOW)


def test_reserves_are_free_again_when_the_visit_moves_or_is_called_off_and_may_be_asked_again(
    elm: Visit, world: World, wren: Account
) -> None:
    said: dict[str, Any] = {"visit": elm, "by": world.cora, "at": NOW}
    reserve = actions.ask_reserve(account=wren, seat="staff", **said)
    visits.set_date(on=OFFERED[2], reason="The hall is taken.", **said)
    elm.refresh_from_db()
    reserve.refresh_from_db()
    moved = reserve.state

    actions.ask_reserve(account=wren, seat="staff", **said)
    visits.cancel(reason="The house closes.", **said)

    reserve.refresh_from_db()
    assert (moved, reserve.state, reserve.on) == ("released", "released", OFFERED[2])
    assert OutboxMail.objects.filter(subject__startswith="You need not keep").count() == 2


def test_the_rules_of_conflicts_hold_for_reserves(elm: Visit, world: World, wren: Account) -> None:
    said: dict[str, Any] = {"visit": elm, "by": world.cora, "at": NOW}
    visits.declare_interest(community=world.elm, nature="A relative.", by=wren, at=NOW)

    with pytest.raises(NotAllowed, match="declared"):
        actions.ask_reserve(account=wren, seat="staff", **said)
    with pytest.raises(NotAllowed, match="on the team already"):
        actions.ask_reserve(account=world.ludo, seat="staff", **said)
    with pytest.raises(NotAllowed, match="no reviewer"):
        actions.ask_reserve(account=world.otto, seat="staff", **said)
    assert not Reserve.objects.exists()


def test_the_office_asks_the_next_one_by_hand_and_stops_asking_by_itself(
    said_no: TeamPlace, elm: Visit, world: World, wren: Account, robin: Account, client: Client
) -> None:
    cora = world.sign_in(client, world.cora)
    cora.post(at("stop_asking", elm.pk))
    assert actions.offer_on(place=said_no, by=None, **AFTER) is None

    cora.post(at("ask_next", elm.pk), {"seat": "staff"})
    cora.post(at("ask_reserve", elm.pk), {"seat": "staff", "account": robin.pk})
    said = cora.get(at("seats", elm.pk) + "?seat=staff").content.decode()
    plan = factories.make_plan(world.cycle, world.elm, world.cora)
    studio = cora.get(at("visit", plan.pk, world.elm.pk)).content.decode()
    page = cora.get(path_of("hearth", "visits:visit", elm.pk)).content.decode()
    cora.post(at("go_on_asking", elm.pk))

    offer = Offer.objects.get()
    assert offer.place is not None
    assert (offer.place.account, offer.by_itself, offer.instead_of) == (wren, False, said_no)
    assert "For this visit the office asks." in said
    assert "after Rafi: declined" in said
    assert "Staff reviewer: Wren was asked next" in page
    assert "Staff reviewer: Wren was asked next" in studio
    with pytest.raises(NotAllowed, match="taken back already"):
        actions.go_on_asking(visit=elm, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="is taken"):
        actions.ask_next(visit=elm, seat="lead", by=world.cora, at=NOW)


def test_a_reserve_answers_on_a_page_of_their_own(elm: Visit, world: World, wren: Account, client: Client) -> None:
    reserve = actions.ask_reserve(visit=elm, account=wren, seat="staff", by=world.cora, at=NOW)
    mine = world.sign_in(client, wren)

    listed = mine.get(path_of("hearth", "visits:mine")).content.decode()
    page = mine.get(at("reserve", reserve.pk)).content.decode()
    mine.post(at("answer_reserve", reserve.pk), {"answer": "yes"})
    reserve.refresh_from_db()

    assert "Could you keep 13 April 2027 free?" in listed
    assert "A visit to Hearth Elm Row (on site)" in page
    assert reserve.state == "ready"
    assert mine.get(path_of("hearth", "visits:visit", elm.pk)).status_code == 404


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (Moment("confirmed", DAY, DAY), ("", "too_late")),
        (Moment("confirmed", DAY, DAY - timedelta(days=2)), ("", "too_late")),
        (Moment("confirmed", DAY, DAY - timedelta(days=3)), ("", "")),
        (Moment("confirmed", DAY, DAY + timedelta(days=1)), ("over", "too_late")),
        (Moment("held", DAY, date(2027, 1, 1)), ("over", "")),
        (Moment("planned", None, date(2027, 1, 1)), ("no_date", "too_late")),
        (Moment("confirmed", DAY, date(2027, 1, 1), is_current=False), ("closed_cycle", "")),
        (Moment("confirmed", DAY, date(2027, 1, 1), asks=False), ("", "switched_off")),
        (Moment("confirmed", DAY, date(2027, 1, 1), stopped=True), ("", "stopped")),
    ],
)
def test_what_stands_against_asking(moment: Moment, found: tuple[str, str]) -> None:
    assert (obstacle(moment), obstacle_by_itself(moment)) == found


def test_who_follows_is_the_best_one_who_has_not_left_and_waits_for_nothing_else() -> None:
    ranked = [
        Alternative("p1", 1.0, 10.0, ()),
        Alternative("p2", 2.0, 20.0, ()),
        Alternative("p3", 3.0, 30.0, ()),
        Alternative("p4", 0.5, 5.0, ("p4 is not free on 2027-04-13.",), worth_asking=True),
        Alternative("p5", 0.1, 5.0, ("p5 is not free on 2027-04-13.",), worth_asking=True),
    ]

    [only] = who_follows(ranked, gone={"p1", "p5"}, waiting={"p2"})

    assert (only.person, only.rank, only.of_how_many) == ("p3", 3, 3)
    assert worth_asking(ranked, gone={"p1", "p5"}) == ("p4",)
    order = who_follows(ranked, gone=(), waiting=(), willing={"p3", "p5"})
    assert [(one.person, one.rank) for one in order] == [("p3", 3), ("p1", 1), ("p2", 2)]
