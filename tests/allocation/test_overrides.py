"""A rule set aside by two people, from the page to the team; nothing of it is ever lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from communitas.allocation import actions
from communitas.allocation.models import Override, Plan
from communitas.allocation.queries import state_problem
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail, Proposal
from communitas.members.models import Community
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits.models import TeamPlace, Visit
from tests import factories
from tests.cast import NOW, World
from tests.factories.plans import OFFERED

FIRST, SECOND, _third = OFFERED
Capture = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def elm(world: World) -> Visit:
    """Elm Row's visit waits for a date; three of Oak Court are free, of whom Rafi also works for Elm Row's trust."""
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    factories.make_free(world.cycle, [world.rafi, world.ludo, world.nadia], SECOND)
    visit = factories.make_host(world.cycle, world.elm)
    ash = factories.make_community(world.network, "ASH", "Ash Lodge", organisation="Hearth Elm Row Trust")
    factories.grant(world.rafi, world.network, "staff", community=ash)
    return visit


def declare(world: World) -> None:
    visits.declare_interest(community=world.elm, nature="A relative.", by=world.rafi, at=NOW)


def propose(elm: Visit, world: World, account: Account | None = None, reason: str = "Nobody else.") -> Override:
    return actions.propose_override(visit=elm, account=account or world.rafi, reason=reason, by=world.cora, at=NOW)


def confirmed(elm: Visit, world: World) -> Override:
    new = propose(elm, world)
    confirmations.confirm(proposal=Proposal.objects.get(), by=world.cyrus, at=NOW)
    new.refresh_from_db()
    return new


def overridden(world: World) -> object:
    return state_problem(world.cycle, on=FIRST, at=NOW).content.get("overridden")


def test_it_counts_once_a_second_person_has_confirmed_it_and_until_it_is_lifted(elm: Visit, world: World) -> None:
    new = propose(elm, world)

    assert (new.rules, overridden(world)) == (["conflict"], None)
    with pytest.raises(NotAllowed, match="their own proposal"):
        confirmations.confirm(proposal=Proposal.objects.get(), by=world.cora, at=NOW)
    confirmations.confirm(proposal=Proposal.objects.get(), by=world.cyrus, at=NOW)
    assert overridden(world) == [{"reviewer": f"p{world.rafi.pk}", "host": f"c{world.elm.pk}", "rules": ["conflict"]}]
    new.refresh_from_db()
    actions.lift_override(override=new, by=world.cora, at=NOW)

    assert overridden(world) is None
    with pytest.raises(NotAllowed, match="taken back already"):
        actions.lift_override(override=new, by=world.cora, at=NOW)
    verbs = AuditLine.objects.filter(verb__contains="overrid").order_by("pk").values_list("verb", flat=True)
    act = "allocation.override_rule"
    assert list(verbs) == [f"{act}:propose", f"{act}:confirm", act, "allocation.lift_override"]


def test_who_does_not_confirm_says_why_and_it_stays_as_history(elm: Visit, world: World) -> None:
    propose(elm, world)
    proposal = Proposal.objects.get()

    with pytest.raises(NotAllowed, match="give a reason"):
        confirmations.decline(proposal=proposal, by=world.cyrus, at=NOW, reason="")
    confirmations.decline(proposal=proposal, by=world.cyrus, at=NOW, reason="Too near.")

    found = Override.objects.get()
    assert (found.lifted_by, found.lifted_reason, found.confirmed_at) == (world.cyrus, "Too near.", None)
    told = OutboxMail.objects.get(account=world.cora)
    assert told.subject.startswith("Not confirmed: Let Rafi visit")
    assert "Too near." in told.text
    assert propose(elm, world).pk != found.pk


def test_what_nobody_sets_aside_is_refused(elm: Visit, world: World) -> None:
    home = factories.make_account("ines", "Ines")
    factories.grant(home, world.network, "reviewer", community=world.elm)
    factories.make_free(world.cycle, [home], SECOND)

    with pytest.raises(NotAllowed, match="belongs to this community"):
        propose(elm, world, home)
    with pytest.raises(NotAllowed, match="No rule that could be set aside keeps Ludo"):
        propose(elm, world, world.ludo)
    with pytest.raises(NotAllowed, match="give a reason"):
        propose(elm, world, reason=" ")
    actions.forbid(visit=elm, account=world.rafi, reason="A quarrel.", by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="The office keeps Rafi off"):
        propose(elm, world)
    declare(world)
    with pytest.raises(NotAllowed, match=r"Rafi declared an interest .* Nobody sets somebody's own word aside"):
        propose(elm, world)


def test_keeping_somebody_off_wins_over_an_override(elm: Visit, world: World) -> None:
    confirmed(elm, world)

    actions.forbid(visit=elm, account=world.rafi, reason="A quarrel.", by=world.cora, at=NOW)

    assert overridden(world) is None


def test_the_persons_own_word_wins_over_an_override_that_waits_or_stands(elm: Visit, world: World) -> None:
    propose(elm, world)
    proposal = Proposal.objects.get()
    interest = visits.declare_interest(community=world.elm, nature="A relative.", by=world.rafi, at=NOW)
    with pytest.raises(NotAllowed, match="declared an interest"):
        confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)
    visits.withdraw_interest(interest=interest, by=world.rafi, at=NOW)
    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW + timedelta(minutes=1))

    declare(world)

    assert overridden(world) is None
    with pytest.raises(NotAllowed, match="an interest was declared"):
        visits.ask(visit=elm, account=world.rafi, seat="staff", by=world.cora, at=NOW)


def test_the_page_where_people_are_asked_knows_what_was_set_aside(elm: Visit, world: World, client: Client) -> None:
    page = path_of("hearth", "visits:candidates", elm.pk) + "?seat=staff"
    cora = world.sign_in(client, world.cora)
    before = cora.get(page).content.decode()
    confirmed(elm, world)

    after = cora.get(page).content.decode()
    cora.post(path_of("hearth", "visits:ask", elm.pk), {"account": world.rafi.pk, "seat": "staff"})

    assert "set aside by two people" not in before
    assert "set aside by two people</span> works for the organisation of the host: Nobody else." in after
    assert TeamPlace.objects.filter(visit=elm, account=world.rafi, state="asked").exists()


def test_it_is_proposed_once_and_confirmed_only_as_it_was_proposed(elm: Visit, world: World) -> None:
    propose(elm, world)
    with pytest.raises(NotAllowed, match="proposed or decided already"):
        propose(elm, world)
    Community.objects.filter(pk=world.oak.pk).update(latitude=48.0)

    with pytest.raises(NotAllowed, match="Other rules are in the way"):
        confirmations.confirm(proposal=Proposal.objects.get(), by=world.cyrus, at=NOW)

    assert Override.objects.get().confirmed_at is None


@pytest.mark.parametrize("change", [{"reason": "Other."}, {"rules": ["no_repeat_cycles"]}, {"confirmed_at": None}])
def test_the_database_keeps_it_as_it_was(elm: Visit, world: World, change: dict[str, Any]) -> None:
    found = confirmed(elm, world)
    change |= {"confirmed_by": None} if "confirmed_at" in change else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=found.pk).delete()


def test_from_the_page_to_a_team_that_says_so(
    elm: Visit,
    world: World,
    client: Client,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    def plan() -> Plan:
        with django_capture_on_commit_callbacks(execute=True):
            run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
        return Plan.objects.get(run=run)

    def at(name: str, *args: object) -> str:
        return path_of("hearth", f"allocation:{name}", *args)

    cora, without = world.sign_in(client, world.cora), plan()
    visit = at("visit", without.pk, world.elm.pk)
    offered = cora.get(f"{visit}?seat=staff").content.decode()
    cora.post(at("override", without.pk, world.elm.pk), {"account": world.rafi.pk, "reason": "Nobody else."})
    waits = cora.get(f"{visit}?seat=staff").content.decode()
    proposal = Proposal.objects.get()
    cyrus = world.sign_in(Client(), world.cyrus)
    inbox = cyrus.get(path_of("hearth", "web:second")).content.decode()
    cyrus.post(path_of("hearth", "web:settle", proposal.pk), {"confirm": "1"})
    actions.accept(plan=plan(), by=world.cora, at=NOW)
    team = cora.get(path_of("hearth", "visits:visit", elm.pk)).content.decode()
    studio = cora.get(at("cycle", world.cycle.pk)).content.decode()

    assert "Propose it all the same" in offered
    assert "Propose it all the same" not in waits
    assert "Waits for a second person" in waits
    assert "Let Rafi visit Hearth Elm Row all the same (is tied to the host by where they belong)" in inbox
    assert TeamPlace.objects.filter(visit=elm, account=world.rafi, state="asked").exists()
    assert "Cora proposed it, Cyrus confirmed it: Nobody else." in team
    assert "confirmed by Cyrus" in studio
    told = AuditLine.objects.get(verb="visit.ask", detail__account=world.rafi.pk).detail["overridden"]
    assert told == {"rules": ["not_own_organisation"], "reason": "Nobody else.", "by": [world.cora.pk, world.cyrus.pk]}


def test_taking_it_back_from_the_page(elm: Visit, world: World, client: Client) -> None:
    found = confirmed(elm, world)

    world.sign_in(client, world.cora).post(path_of("hearth", "allocation:lift", found.pk))

    assert Override.objects.get().lifted_by == world.cora
