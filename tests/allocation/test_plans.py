"""A plan from the button to the team: proposed in the background, changed by hand, pinned, accepted."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from communitas.allocation import actions, queries
from communitas.allocation.models import Acceptance, Pin, Plan, Run
from communitas.allocation.rules.checking import check_plan
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, Job
from communitas.members.models import Community
from communitas.visits import actions as visits
from communitas.visits.models import TeamPlace, Visit
from tests import factories
from tests.cast import NOW, World
from tests.factories.plans import OFFERED

FIRST, SECOND, _third = OFFERED
Capture = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def elm(world: World) -> Visit:
    """Elm Row's visit waits for a date; three people of Oak Court are free on the second one."""
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    factories.make_free(world.cycle, [world.rafi, world.ludo, world.nadia], SECOND)
    return factories.make_host(world.cycle, world.elm)


@pytest.fixture
def proposed(elm: Visit, world: World, django_capture_on_commit_callbacks: Capture) -> Plan:
    return propose(world, django_capture_on_commit_callbacks)


def propose(world: World, capture: Capture, **said: Any) -> Plan:
    with capture(execute=True):
        run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW, **said)
    return Plan.objects.get(run=run)


def team(plan: Plan) -> set[tuple[int, str]]:
    [visit] = plan.content["visits"]
    return {(int(one["reviewer"][1:]), one["as"]) for one in visit["team"]}


def test_a_plan_is_proposed_in_the_background_with_its_problem_and_author(proposed: Plan, world: World) -> None:
    assert (proposed.number, proposed.by) == (1, world.cora)
    assert check_plan(proposed.problem.content, json.loads(json.dumps(proposed.content))) == []
    assert proposed.content["visits"][0]["date"] == "2027-04-13"
    assert team(proposed) == {(world.ludo.pk, "lead"), (world.rafi.pk, "staff"), (world.nadia.pk, "client_member")}
    assert [one["as"] for one in proposed.content["visits"][0]["unfilled"]] == ["staff"]
    run = Run.objects.get()
    assert (run.state, run.cost, run.bound) == ("done", proposed.cost, proposed.bound)
    job = Job.objects.get()
    assert (job.state, job.result_url) == ("done", f"/hearth/allocation/plans/{proposed.pk}/")
    verbs = list(AuditLine.objects.filter(verb__startswith="allocation").values_list("verb", flat=True))
    assert verbs == ["allocation.propose", "allocation.keep_plan"]


def test_one_search_at_a_time_and_one_that_is_stopped_before_it_began_finds_nothing(elm: Visit, world: World) -> None:
    run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="under way already"):
        actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
    actions.stop(run=run, by=world.cora, at=NOW)

    assert not actions.begin(run=run, by=world.cora, at=NOW)
    assert actions.finish(run=run, content={"cost": 1.0, "bound": 1.0}, by=world.cora, at=NOW) is None
    run.refresh_from_db()
    assert (run.state, run.step) == ("failed", "Stopped by Cora")


def test_where_nothing_can_be_planned_the_button_says_so(world: World) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")

    with pytest.raises(NotAllowed, match="no visit to plan"):
        actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)


def test_a_plan_is_written_once(proposed: Plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=proposed.pk).update(cost=0)


def test_an_accepted_plan_locks_the_date_and_appoints_the_team(proposed: Plan, elm: Visit, world: World) -> None:
    actions.accept(plan=proposed, by=world.cora, at=NOW)

    elm.refresh_from_db()
    assert (elm.on, elm.state) == (SECOND, "team_appointed")
    places = TeamPlace.objects.filter(visit=elm)
    assert set(places.values_list("account_id", "seat")) == team(proposed)
    assert set(places.values_list("state", flat=True)) == {"asked"}
    assert Acceptance.objects.get().by == world.cora
    with pytest.raises(NotAllowed, match="accepted already"):
        actions.accept(plan=proposed, by=world.cora, at=NOW)


def test_a_plan_whose_facts_have_changed_is_not_accepted(proposed: Plan, elm: Visit, world: World) -> None:
    actions.forbid(visit=elm, account=world.rafi, reason="Worked there.", by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="has changed since"):
        actions.accept(plan=proposed, by=world.cora, at=NOW)

    assert not TeamPlace.objects.filter(visit=elm).exists()


def test_an_older_plan_is_not_accepted(
    proposed: Plan, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    propose(world, django_capture_on_commit_callbacks, keep=proposed)

    with pytest.raises(NotAllowed, match="newer plan"):
        actions.accept(plan=proposed, by=world.cora, at=NOW)


def test_who_is_kept_off_is_in_no_new_plan_until_it_is_taken_back(
    proposed: Plan, elm: Visit, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    forbidden = actions.forbid(visit=elm, account=world.rafi, reason="Worked there.", by=world.cora, at=NOW)
    without = propose(world, django_capture_on_commit_callbacks, keep=proposed)
    actions.allow_again(forbidden=forbidden, by=world.cora, at=NOW)
    again = propose(world, django_capture_on_commit_callbacks, keep=without)

    assert (world.rafi.pk, "staff") not in team(without)
    assert team(again) == team(proposed)


def test_a_pin_that_cannot_be_is_refused_with_its_rule(elm: Visit, world: World) -> None:
    with pytest.raises(NotAllowed, match="Ludo is not free on 12 April 2027") as refused:
        actions.pin(visit=elm, on=FIRST, account=world.ludo, seat="client_member", by=world.cora, at=NOW)

    assert f"p{world.ludo.pk}" not in str(refused.value)
    assert not Pin.objects.exists()


def test_a_pin_holds_in_every_plan_and_can_be_taken_back(
    elm: Visit, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    lou = factories.make_account("lou", "Lou")
    factories.grant(lou, world.network, "lead_reviewer", community=world.oak)
    factories.make_free(world.cycle, [lou], SECOND)
    pin = actions.pin(visit=elm, on=SECOND, account=world.ludo, seat="staff", by=world.cora, at=NOW)
    plan = propose(world, django_capture_on_commit_callbacks)

    with pytest.raises(NotAllowed, match="Another date"):
        actions.pin(visit=elm, on=FIRST, by=world.cora, at=NOW)
    actions.unpin(pin=pin, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="taken back already"):
        actions.unpin(pin=pin, by=world.cora, at=NOW)

    assert {(world.ludo.pk, "staff"), (lou.pk, "lead")} <= team(plan)
    pin.refresh_from_db()
    assert pin.lifted_by == world.cora
    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.filter(pk=pin.pk).update(lifted_at=None)


def test_a_swap_makes_a_new_plan_and_a_wrong_one_names_the_rule(
    elm: Visit, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    people = [world.rafi, *(factories.make_account(name, name.capitalize()) for name in ("lou", "una"))]
    for account in people[1:]:
        factories.grant(account, world.network, "reviewer", community=world.oak)
        factories.make_free(world.cycle, [account], SECOND)
    plan = propose(world, django_capture_on_commit_callbacks)
    inside = {account for account, seat in team(plan) if seat == "staff"}
    [outside] = {account.pk for account in people} - inside
    said: dict[str, Any] = {"plan": plan, "host": f"c{world.elm.pk}", "by": world.cora, "at": NOW}
    leaving, staying = (f"p{account}" for account in sorted(inside))

    with pytest.raises(NotAllowed, match="sits in the team already"):
        actions.swap(seat="staff", leaving=leaving, joining=staying, **said)
    new = actions.swap(seat="staff", leaving=leaving, joining=f"p{outside}", **said)

    assert (new.number, new.before, new.run, new.bound) == (2, plan, None, plan.bound)
    assert team(new) == team(plan) - {(int(leaving[1:]), "staff")} | {(outside, "staff")}
    assert check_plan(new.problem.content, json.loads(json.dumps(new.content))) == []


def test_what_the_office_enters_is_kept_with_its_author(elm: Visit, world: World) -> None:
    said: dict[str, Any] = {"by": world.cora, "at": NOW}
    actions.set_point(community=world.elm, latitude=54.0, longitude=-1.0, **said)
    actions.set_home_base(network=world.network, account=world.rafi, latitude=52.0, longitude=0.0, **said)
    factories.make_free(world.cycle, [world.rafi], OFFERED[2])
    days: dict[str, Any] = {"network": world.network, "account": world.rafi, "asked": [FIRST, SECOND]}
    actions.set_available_days(days=[FIRST], **days, **said)
    weights = {"km": 2.0, "ledger": 15.0}
    actions.change_settings(network=world.network, max_distance_km=300, max_same_community=2, weights=weights, **said)

    assert list(world.rafi.available_days.values_list("on", flat=True)) == [FIRST, OFFERED[2]]
    with pytest.raises(NotAllowed, match="not asked about"):
        actions.set_available_days(days=[OFFERED[2]], **days, **said)
    world.network.refresh_from_db()
    assert world.network.allocation_settings.weights == {"km": 2.0}
    with pytest.raises(NotAllowed, match="Otto is no reviewer"):
        actions.set_home_base(network=world.network, account=world.otto, latitude=52.0, longitude=0.0, **said)
    with pytest.raises(NotAllowed, match="Latitude"):
        actions.set_point(community=world.elm, latitude=99.0, longitude=-1.0, **said)
    with pytest.raises(NotAllowed, match="no weight named luck"):
        actions.change_settings(
            network=world.network, max_distance_km=300, max_same_community=2, weights={"luck": 1.0}, **said
        )


def test_a_search_that_runs_and_is_stopped_keeps_its_best_plan(elm: Visit, world: World) -> None:
    run = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
    assert actions.begin(run=run, by=world.cora, at=NOW)
    run.refresh_from_db()

    actions.stop(run=run, by=world.cora, at=NOW)

    run.refresh_from_db()
    assert run.state == "stopping"
    content = {"visits": [], "unplaced": [], "cost": 3.0, "bound": 2.0}
    assert actions.finish(run=run, content=content, by=world.cora, at=NOW) is not None


def test_a_search_whose_worker_was_killed_stands_in_the_way_of_none(elm: Visit, world: World) -> None:
    lost = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW)
    assert actions.begin(run=lost, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="under way already"):
        actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW + timedelta(minutes=2))
    again = actions.propose(cycle=world.cycle, seconds=20, by=world.cora, at=NOW + timedelta(minutes=3))

    lost.refresh_from_db()
    assert (lost.state, lost.step, again.state) == ("failed", "The search broke off.", "waiting")


def test_what_would_be_is_a_plan_that_nobody_accepts_and_that_is_not_the_newest(
    proposed: Plan, world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    what = {"kind": "dates"}

    supposed = propose(world, django_capture_on_commit_callbacks, keep=proposed, supposed=what)

    assert (supposed.number, supposed.supposed) == (2, what)
    assert [len(host["dates"]) for host in supposed.problem.content["hosts"]] == [2]
    with pytest.raises(NotAllowed, match="supposes something"):
        actions.accept(plan=supposed, by=world.cora, at=NOW)
    actions.accept(plan=proposed, by=world.cora, at=NOW)


def test_the_visits_of_a_large_plan_are_arranged_in_the_background_and_one_that_cannot_be_is_told(
    proposed: Plan,
    elm: Visit,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    monkeypatch.setattr("communitas.allocation.actions.accepting.AT_ONCE", 0)
    with django_capture_on_commit_callbacks() as later:
        accepted = actions.accept(plan=proposed, by=world.cora, at=NOW)
    visits.declare_interest(community=world.elm, nature="A relative.", by=world.rafi, at=NOW)
    assert not TeamPlace.objects.filter(visit=elm).exists()

    for call in later:
        call()

    job = accepted.job
    assert job is not None
    job.refresh_from_db()
    assert (job.state, job.total) == ("failed", 1)
    assert job.problem.startswith("1 visit could not be arranged and waits for the next plan. Rafi at Hearth Elm Row:")
    assert not TeamPlace.objects.filter(visit=elm).exists()


def test_what_is_left_of_a_large_plan_is_arranged_when_somebody_goes_on(
    proposed: Plan,
    elm: Visit,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with pytest.raises(NotAllowed, match="accepted plan"):
        actions.go_on(plan=proposed, by=world.cora, at=NOW)
    monkeypatch.setattr("communitas.allocation.actions.accepting.AT_ONCE", 0)
    with django_capture_on_commit_callbacks():  # the worker is killed before it begins
        actions.accept(plan=proposed, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="already"):
        actions.go_on(plan=proposed, by=world.cora, at=NOW)
    later = NOW + timedelta(hours=2)
    assert queries.left_to_arrange(proposed) == [f"c{world.elm.pk}"]

    with django_capture_on_commit_callbacks(execute=True):
        job = actions.go_on(plan=proposed, by=world.cora, at=later)

    job.refresh_from_db()
    assert (job.state, job.total) == ("done", 1)
    elm.refresh_from_db()
    assert elm.state == "team_appointed"
    with pytest.raises(NotAllowed, match="Every visit"):
        actions.go_on(plan=proposed, by=world.cora, at=later)


def test_a_date_that_was_taken_back_meanwhile_is_told_and_the_visit_waits(
    proposed: Plan, elm: Visit, world: World
) -> None:
    elm.offered.update(state="released")

    with pytest.raises(NotAllowed, match="Hearth Elm Row no longer offers"):
        actions.carry_out(plan=proposed, host=f"c{world.elm.pk}", by=world.cora, at=NOW)

    assert not TeamPlace.objects.filter(visit=elm).exists()


def test_somebody_who_was_asked_is_not_kept_off_but_taken_off(elm: Visit, world: World) -> None:
    factories.on_team(elm, world.rafi, "staff", community=world.oak)

    with pytest.raises(NotAllowed, match="Rafi was asked already"):
        actions.forbid(visit=elm, account=world.rafi, reason="Kin.", by=world.cora, at=NOW)
