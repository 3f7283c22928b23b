"""Interests with a kind, about organisations, and those that follow from roles."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from communitas.allocation.queries import state_problem
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.members import actions as members
from communitas.members.models import Access, Community, Organisation, RoleGrant
from communitas.visits import actions, queries
from communitas.visits.models import Interest, Visit, VisitSettings
from communitas.visits.rules.conflicts import not_formerly_there
from communitas.visits.rules.former import rests_since, rests_until
from tests import factories
from tests.cast import NOW, World

SENTENCE = sentence(not_formerly_there)


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"visits:{name}", *args)


@pytest.fixture
def trust(world: World) -> Organisation:
    """Runs Elm Row."""
    trust = Organisation.objects.create(network=world.network, name="North Trust")
    Community.objects.filter(pk=world.elm.pk).update(organisation=trust)
    return trust


@pytest.fixture
def elm(world: World) -> Visit:
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    return factories.make_host(world.cycle, world.elm)


def left(world: World, ended: datetime, community: Community | None = None) -> RoleGrant:
    """Rafi worked at Elm Row until a day."""
    grant = factories.grant(world.rafi, world.network, "staff", community=community or world.elm)
    RoleGrant.objects.filter(pk=grant.pk).update(until_at=ended)
    return grant


def test_a_former_role_rests_for_years_also_over_a_leap_day() -> None:
    assert rests_until(date(2023, 3, 31), 5) == date(2028, 3, 31)
    assert rests_until(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert rests_until(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert rests_since(date(2028, 2, 29), 5) == date(2023, 2, 28)


@pytest.mark.parametrize(("years", "refused"), [(4, True), (6, False)])
def test_who_worked_there_is_kept_off_for_years(elm: Visit, world: World, years: int, refused: bool) -> None:
    left(world, NOW - timedelta(days=365 * years))

    [rafi] = [one for one in queries.candidates(elm, "staff", now=NOW) if one.account == world.rafi]
    conflicts = state_problem(world.cycle, on=NOW.date(), at=NOW).content["conflicts"]
    open_to = queries.openings(world.network, world.rafi, today=NOW.date(), now=NOW)

    assert (SENTENCE in rafi.refusals) is refused
    assert ({"reviewer": f"p{world.rafi.pk}", "host": f"c{world.elm.pk}"} in conflicts) is refused
    assert (not open_to) is refused


def test_a_former_role_counts_for_its_organisation_and_where_it_merged(
    elm: Visit, world: World, trust: Organisation
) -> None:
    sister = factories.make_community(world.network, "SIS", "Sister House")
    Community.objects.filter(pk=sister.pk).update(organisation=trust)
    type(elm.enrolment).objects.filter(pk=elm.enrolment_id).update(organisation=trust)
    elm.refresh_from_db()
    left(world, NOW - timedelta(days=30), sister)
    nobody = queries.openings(world.network, world.rafi, today=NOW.date(), now=NOW)
    VisitSettings.objects.create(network=world.network, former_years=0)

    assert nobody == []
    assert queries.openings(world.network, world.rafi, today=NOW.date(), now=NOW) != []


def test_an_appointment_covers_an_organisation_also_what_it_takes_on_later(world: World, trust: Organisation) -> None:
    def covered() -> set[int]:
        rows = Access.objects.filter(account=world.rafi, relation="interest", until_at=None)
        return set(rows.values_list("community", flat=True))

    interest = actions.declare_interest(
        organisation=trust, kind="appointment", nature="I am a trustee.", by=world.rafi, at=NOW
    )
    first = covered()
    world.lark.refresh_from_db()
    members.edit_community(community=world.lark, profile={"organisation": trust}, by=world.cora, at=NOW)
    more = covered()
    members.edit_community(
        community=world.lark, profile={"organisation": None}, by=world.cora, at=NOW + timedelta(hours=1)
    )
    fewer = covered()
    actions.withdraw_interest(interest=interest, by=world.rafi, at=NOW + timedelta(hours=2))

    assert (first, more, fewer) == ({world.elm.pk}, {world.elm.pk, world.lark.pk}, {world.elm.pk})
    assert covered() == set()


def test_only_an_appointment_is_about_an_organisation(world: World, trust: Organisation) -> None:
    with pytest.raises(NotAllowed, match="only when it is an appointment there"):
        actions.declare_interest(organisation=trust, kind="family", nature="My sister.", by=world.rafi, at=NOW)
    with pytest.raises(NotAllowed, match="Choose the community"):
        actions.declare_interest(kind="family", nature="My sister.", by=world.rafi, at=NOW)


def test_ones_page_says_what_follows_from_roles_and_until_when(world: World, client: Client) -> None:
    world.sign_in(client, world.rafi)
    left(world, datetime(2024, 3, 15, tzinfo=UTC))

    page = client.get(at("interests")).content.decode()
    client.post(at("interests"), {"kind": "family", "community": world.lark.pk, "nature": "My sister."})
    wrong = client.post(at("interests"), {"kind": "family", "nature": "My sister."})

    assert "You worked at Hearth Elm Row until March 2024: not before March 2029." in page
    assert "You belong to Hearth Oak Court: not while you do." in page
    assert Interest.objects.get().kind == "family"
    assert wrong.status_code == 422


def test_the_office_reads_kinds_and_what_follows_from_roles(world: World, client: Client, trust: Organisation) -> None:
    left(world, datetime(2024, 3, 15, tzinfo=UTC))
    actions.declare_interest(organisation=trust, kind="appointment", nature="A post.", by=world.ludo, at=NOW)
    world.sign_in(client, world.cora)

    declared = client.get(at("all_interests") + "?kind=appointment").content.decode()
    others = client.get(at("all_interests") + "?kind=family").content.decode()
    file = client.get(at("all_interests") + "?from=roles&format=csv").content.decode("utf-8-sig")

    assert "North Trust" in declared
    assert "North Trust" not in others
    assert file.splitlines()[1:] == [
        "Ludo,Hearth Oak Court,Hearth Oak Court Trust,lead reviewer now,while the role is held",
        "Nadia,Hearth Oak Court,Hearth Oak Court Trust,client member now,while the role is held",
        "Rafi,Hearth Oak Court,Hearth Oak Court Trust,staff now,while the role is held",
        "Rafi,Hearth Elm Row,North Trust,staff until 15 March 2024,15 March 2029",
    ]
