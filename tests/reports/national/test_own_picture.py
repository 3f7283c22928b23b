"""A community in the national picture, change between released reports, and the data package of a report."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.cycles.models import Cycle
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.reports import policy
from communitas.reports.actions import national as actions
from communitas.reports.actions import outlines as building
from communitas.reports.models import NationalReport
from communitas.reports.queries import own_picture as queries
from communitas.reports.rules.blocks import Block
from tests import factories
from tests.cast import NOW, World


@pytest.fixture
def cycle(world: World) -> Cycle:
    made = factories.make_cycle(
        world.network, world.edition, name="2026", opens_on=date(2025, 9, 1), closes_on=date(2026, 8, 31)
    )
    communities = [*factories.make_scored_communities(world.network, 24), world.lark]
    factories.make_scored_cycle(made, communities)
    return made


def release(world: World, cycle: Cycle) -> NationalReport:
    report = actions.freeze_national(cycle=cycle, introduction="", by=world.cora, at=NOW, say=lambda step: None)
    actions.propose_release(report=report, by=world.cora, at=NOW)
    waiting = confirmations.waiting(report, policy.release_national)
    assert waiting is not None
    confirmations.confirm(proposal=waiting, by=world.cyrus, at=NOW + timedelta(hours=1))
    return report


def test_members_see_their_own_community_once_the_report_is_released(
    world: World, cycle: Cycle, client: Client
) -> None:
    enrolment = cycle.enrolments.get(community=world.lark)
    address = path_of("hearth", "reports:own_picture", enrolment.pk)
    world.sign_in(client, world.mina)
    assert "Not released yet" in client.get(address).content.decode()
    release(world, cycle)

    page = client.get(address).content.decode()

    assert "Where we lie" in page
    assert "You met" in page
    assert "Community 3" not in page
    assert address in client.get(path_of("hearth", "reports:own_pictures")).content.decode()
    assert "My community in the national picture" in client.get(path_of("hearth", "reports:nationals")).content.decode()
    for other in (world.otto, world.kit, world.rafi, world.theo):
        assert world.sign_in(client, other).get(address).status_code == 404


def test_the_office_has_no_own_community(world: World, cycle: Cycle, client: Client) -> None:
    release(world, cycle)
    world.sign_in(client, world.cora)

    assert "Nothing to show yet" in client.get(path_of("hearth", "reports:own_pictures")).content.decode()


def test_a_community_of_another_edition_is_told_that_nothing_compares(
    world: World, cycle: Cycle, client: Client
) -> None:
    enrolment = factories.make_enrolment(cycle, world.elm, stage="completed")
    release(world, cycle)

    assert queries.own_page(queries.enrolments().get(pk=enrolment.pk)).picture is None
    page = world.sign_in(client, world.otto).get(path_of("hearth", "reports:own_picture", enrolment.pk))
    assert "Nothing to compare" in page.content.decode()


def test_the_own_picture_needs_the_same_queries_for_any_number_of_cycles(
    world: World, cycle: Cycle, client: Client
) -> None:
    release(world, cycle)
    world.sign_in(client, world.lena)
    address = path_of("hearth", "reports:own_picture", cycle.enrolments.get(community=world.lark).pk)
    counts = []
    for number in (0, 3):
        for year in range(number):
            older = factories.make_cycle(
                world.network, world.edition, name=f"20{year}", opens_on=date(2001, 9, year + 1)
            )
            factories.make_scored_cycle(older, [world.lark])
        found = []
        for each in (address, path_of("hearth", "reports:own_pictures")):
            with CaptureQueriesContext(connection) as captured:
                client.get(each)
            found.append(len(captured))
        counts.append(found)

    assert counts[0] == counts[1]


def test_everybody_reads_change_from_two_released_reports(world: World, cycle: Cycle, client: Client) -> None:
    release(world, cycle)
    later = factories.make_cycle(world.network, world.edition, name="2027b", opens_on=date(2026, 9, 1), previous=cycle)
    communities = [row.community for row in cycle.enrolments.select_related("community")]
    factories.make_scored_cycle(later, communities, shift=1)
    building.add_block(cycle=later, block=Block("", "figure", "What changed", choice="change"), by=world.cora, at=NOW)
    report = release(world, later)

    page = client.get(path_of("hearth", "reports:national", report.pk)).content.decode()

    assert "Different communities took part each time" in page
    assert "Change is left out" not in page
    assert "took part both times" not in page


def test_the_data_package_holds_protected_cells_with_their_codebook(world: World, cycle: Cycle, client: Client) -> None:
    report = release(world, cycle)
    address = path_of("hearth", "reports:national_package", report.pk)

    answer = client.get(address)

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    descriptor = json.loads(archive.read("datapackage.json"))
    tables = {each["name"]: each for each in descriptor["resources"]}
    assert set(tables) == {"criteria", "cells", "took_part", "middles", "themes", "codebook"}
    for name, table in tables.items():
        content = archive.read(table["path"])
        assert table["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        header = next(csv.reader(io.StringIO(content.decode())))
        assert header == [field["name"] for field in table["schema"]["fields"]], name
    book = list(csv.DictReader(io.StringIO(archive.read("codebook.csv").decode())))
    assert {(row["table"], row["column"]) for row in book} == {
        (name, field["name"]) for name, table in tables.items() for field in table["schema"]["fields"]
    }
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Community 3" not in everything
    assert "about 25" in everything
    assert '"n"' not in everything
    assert client.get(address).content == answer.content
