"""Communities: lists, profiles, hidden addresses, memberships, what happens to them, and import."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitas.kit import events
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, ImportRun
from communitas.members import actions, queries
from communitas.members.events import CommunityChanged
from communitas.members.models import Community, Membership, RoleGrant, ServiceType
from tests import factories
from tests.cast import NOW, World

HIDE = {"hidden_address": True, "town": "Secretham", "address": "1 Hidden Lane", "phone": "0123", "region": "Northmost"}


def hide(world: World) -> None:
    Community.objects.filter(pk=world.lark.pk).update(**HIDE)


@pytest.mark.parametrize("name", ["rafi", "ludo", "nadia", "kit"])
def test_a_hidden_address_is_hidden_from_visitors(client: Client, world: World, name: str) -> None:
    hide(world)
    world.sign_in(client, getattr(world, name))

    pages = [path_of("hearth", "members:community", world.lark.pk), path_of("hearth", "members:directory")]
    pages += [path_of("hearth", "members:communities"), path_of("hearth", "members:directory") + "?format=csv"]
    html = "".join(client.get(path).content.decode() for path in pages)

    assert "Hearth Lark House" in html
    assert not [value for value in ("Secretham", "Hidden Lane", "0123", "Northmost") if value in html]


@pytest.mark.parametrize("name", ["lena", "stefan", "cora"])
def test_people_of_the_community_and_the_office_see_it(client: Client, world: World, name: str) -> None:
    hide(world)
    world.sign_in(client, getattr(world, name))

    html = client.get(path_of("hearth", "members:community", world.lark.pk)).content.decode()

    assert "Secretham" in html
    assert "1 Hidden Lane" in html


def test_the_directory_holds_active_communities_for_everybody(client: Client, world: World) -> None:
    Community.objects.filter(pk=world.elm.pk).update(status="closed")

    html = client.get(path_of("hearth", "members:directory")).content.decode()

    assert "Hearth Lark House" in html
    assert "Hearth Elm Row" not in html


@pytest.mark.parametrize(
    ("path", "who", "count"), [("members:communities", "cora", 12), ("members:people", "cora", 13)]
)
def test_lists_take_the_same_number_of_queries_for_many_rows(
    client: Client,
    world: World,
    path: str,
    who: str,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    world.sign_in(client, getattr(world, who))
    counted = []
    for _round in range(2):
        with django_assert_max_num_queries(count) as queries_used:
            client.get(path_of("hearth", path))
        counted.append(len(queries_used))
        for number in range(5):
            made = factories.make_community(world.network, f"N{_round}{number}", f"Nest {_round}{number}")
            factories.grant(factories.make_account(f"p{_round}{number}", "P"), world.network, "staff", community=made)

    assert counted[0] == counted[1]


def test_the_office_filters_and_downloads(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)

    filtered = client.get(path_of("hearth", "members:communities") + "?type=addiction").content.decode()
    csv = client.get(path_of("hearth", "members:communities") + "?type=addiction&format=csv").content.decode(
        "utf-8-sig"
    )

    assert "Hearth Oak Court" in filtered
    assert "Hearth Lark House" not in filtered
    assert [line.split(",")[0] for line in csv.splitlines()] == ["Community", "Hearth Oak Court"]


def test_joining_gives_a_community_its_first_membership(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)
    values = {
        "name": "Wren House",
        "code": "WREN",
        "service_type": ServiceType.objects.get(network=world.network, code="adult").pk,
        "membership": "associate",
        "since": "2027-01-01",
    }

    first = client.post(path_of("hearth", "members:community_add"), values)
    again = client.post(path_of("hearth", "members:community_add"), {**values, "code": "wren"})

    wren = Community.objects.get(code="WREN")
    assert (first.status_code, again.status_code) == (302, 200)
    assert wren.memberships.get().type == "associate"
    assert "already in use" in again.content.decode()


def test_a_lead_keeps_the_profile_but_not_the_organisation(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)
    path = path_of("hearth", "members:community_edit", world.lark.pk)

    client.post(path, {"about": "We cook together.", "region": "North", "organisation": "", "website": "lark.example"})

    lark = Community.objects.get(pk=world.lark.pk)
    assert (lark.about, lark.organisation_id) == ("We cook together.", world.lark.organisation_id)
    assert lark.website == "https://lark.example"
    assert AuditLine.objects.get(verb="community.update_profile").detail["fields"] == ["about", "website"]


def test_another_membership_ends_the_one_before_on_its_day(world: World) -> None:
    actions.change_membership(
        community=world.lark, type="accredited", since=date(2027, 2, 1), fee=Decimal(900), by=world.cora, at=NOW
    )

    terms = list(world.lark.memberships.values_list("type", "since", "until"))
    assert terms == [("accredited", date(2027, 2, 1), None), ("full", date(2020, 1, 1), date(2027, 2, 1))]
    with pytest.raises(NotAllowed, match="already"):
        actions.change_membership(
            community=world.lark, type="accredited", since=date(2027, 3, 1), by=world.cora, at=NOW
        )


def test_the_membership_on_a_day_is_listed(world: World) -> None:
    Membership.objects.filter(community=world.lark).update(until=date(2026, 1, 1))

    listed = {row.code: row.membership_type for row in queries.listed_communities(world.network, on=NOW.date())}  # type: ignore[attr-defined]  # annotated

    assert listed == {"LARK": None, "OAK": "full", "ELM": "full"}


def test_a_rename_is_told_to_the_apps_above_and_stands_in_the_history(world: World) -> None:
    heard: list[CommunityChanged] = []
    events.subscribe(CommunityChanged, heard.append)

    actions.change_community(
        community=world.lark,
        kind="rename",
        name="Skylark House",
        effective_on=date(2027, 1, 25),
        reason="A new name chosen together.",
        by=world.cora,
        at=NOW,
    )

    assert (world.lark.name, heard[-1].before, heard[-1].after) == (
        "Skylark House",
        "Hearth Lark House",
        "Skylark House",
    )
    assert queries.community_history(world.lark)[0]["what"] == "renamed from Hearth Lark House to Skylark House"


def test_closing_ends_roles_and_membership(world: World) -> None:
    actions.change_community(
        community=world.elm,
        kind="close",
        effective_on=date(2027, 1, 25),
        reason="Funding ended.",
        by=world.cora,
        at=NOW,
    )

    assert world.elm.status == "closed"
    assert world.elm.memberships.get().until == date(2027, 1, 25)
    assert RoleGrant.objects.get(account=world.otto).until_at == NOW


def test_a_community_merges_into_an_active_one_of_its_network(world: World) -> None:
    def merge(into: Community) -> None:
        actions.change_community(
            community=world.elm,
            kind="merge",
            into=into,
            effective_on=NOW.date(),
            reason="One team.",
            by=world.cora,
            at=NOW,
        )

    for wrong in (world.elm, world.twin.lark):
        with pytest.raises(NotAllowed):
            merge(wrong)
    merge(world.oak)

    assert (world.elm.status, world.elm.merged_into) == ("merged", world.oak)
    with pytest.raises(NotAllowed):
        actions.change_community(
            community=world.elm, kind="rename", name="X", effective_on=NOW.date(), reason="r", by=world.cora, at=NOW
        )


def test_every_change_wants_a_reason(world: World) -> None:
    with pytest.raises(NotAllowed, match="reason"):
        actions.change_community(
            community=world.elm, kind="close", effective_on=NOW.date(), reason=" ", by=world.cora, at=NOW
        )


FILE = (
    "Members of the network;;;\n"
    "Ref;Service;Kind of service;Trust;Town\n"
    "LARK;Hearth Lark House;Adult;;Larkham\n"
    "WREN;Wren House;Children;Wren Trust;Wrenham\n"
)


def upload(client: Client, world: World, content: str) -> ImportRun:
    world.sign_in(client, world.cora)
    client.post(
        path_of("hearth", "members:import_start"),
        {"file": SimpleUploadedFile("members.csv", content.encode(), content_type="text/csv")},
    )
    return ImportRun.objects.get()


def test_a_file_is_looked_at_mapped_imported_and_undone(client: Client, world: World) -> None:
    run = upload(client, world, FILE)
    check = path_of("hearth", "members:import_check", run.pk)
    unclear = client.get(check).content.decode()
    client.post(
        check, {"code": "Ref", "name": "Service", "type": "Kind of service", "organisation": "Trust", "town": "Town"}
    )
    run.refresh_from_db()
    clear = client.get(check).content.decode()

    client.post(path_of("hearth", "members:import_run", run.pk), {"membership": "full"})
    wren = Community.objects.get(code="WREN")
    world.lark.refresh_from_db()
    after = (wren.service_type.name, str(wren.organisation), wren.memberships.get().type, world.lark.town)
    client.post(path_of("hearth", "members:import_undo", run.pk))
    world.lark.refresh_from_db()

    assert "Something in the file is not clear" in unclear
    assert "1 new community" in clear
    assert after == ("Children", "Wren Trust", "full", "Larkham")
    assert not Community.objects.filter(code="WREN").exists()
    assert world.lark.town == ""
    assert not ServiceType.objects.filter(network=world.network, name="Children").exists()


def test_the_mapping_is_remembered_for_the_next_file(client: Client, world: World) -> None:
    run = upload(client, world, FILE)
    mapping = {"code": "Ref", "name": "Service", "type": "Kind of service"}
    actions.choose_columns(run=run, sheet="", mapping=mapping, by=world.cora, at=NOW)
    actions.run_import(run=run, membership="full", by=world.cora, at=NOW)

    second = actions.begin_import(
        network=world.network, content=FILE.replace("WREN", "FINCH").encode(), name="2.csv", by=world.cora, at=NOW
    )

    preview = queries.preview_of(second)
    assert preview.problems == ()
    assert [(line.community.code, line.what) for line in preview.lines] == [("LARK", "same"), ("FINCH", "new")]


def test_nothing_is_imported_while_a_row_is_wrong(client: Client, world: World) -> None:
    run = upload(client, world, "code,name,type\nOK,Fine,Adult\nBAD CODE,Not fine,Adult\n")

    client.post(path_of("hearth", "members:import_run", run.pk), {"membership": "full"})

    run.refresh_from_db()
    assert run.state == "preview"
    assert not Community.objects.filter(code="OK").exists()


def test_an_import_in_use_is_not_undone(client: Client, world: World) -> None:
    run = upload(client, world, "code,name,type\nWREN,Wren House,Adult\n")
    actions.run_import(run=run, membership="full", by=world.cora, at=NOW)
    factories.make_enrolment(world.cycle, Community.objects.get(code="WREN"))

    with pytest.raises(NotAllowed, match="in use"):
        actions.undo_import(run=run, by=world.cora, at=NOW)
    assert Community.objects.filter(code="WREN").exists()
