"""Every page of workbooks, visits and questionnaires marks the one entry of the navigation under which it stands."""

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from communitas.kit.addresses import path_of
from tests.cast import World
from tests.permissions import evidence, paper, questionnaires, spreadsheets, visits, workbooks, workbooks_sync
from tests.permissions.cases import Case

pytestmark = pytest.mark.django_db
PEOPLE = ("lena", "nadia", "ludo", "dee")  # of the community, of both sides, of the team, of the office
MODULES: tuple[ModuleType, ...] = (workbooks, workbooks_sync, evidence, paper, spreadsheets, visits, questionnaires)
FILES = {
    *("visits:timetable_pdf", "visits:pack_pdf", "visits:pack_zip", "workbooks:printed_form", "workbooks:evidence_zip"),
    *("workbooks:evidence_file", "workbooks:spreadsheet_download", "workbooks:spreadsheet_file"),
    *("questionnaires:paper", "questionnaires:export", "workbooks:sync_events", "workbooks:sync_book"),
}
NAV = re.compile(r'<nav class="nav-wide".*?</nav>', re.DOTALL)
LIT = re.compile(r'aria-current="page">([^<]*)</a>')


def lit(response: Any) -> list[str] | None:
    """The entries that are marked; None for what is no page with a navigation."""
    if response.status_code not in {200, 422} or not response["Content-Type"].startswith("text/html"):
        return None
    found = NAV.search(response.content.decode())
    return LIT.findall(found.group()) if found else None


def pages() -> Iterator[Case]:
    """Each address that answers GET, without those of files."""
    for module in MODULES:
        yield from (case for case in module.CASES if "GET" in case.methods and case.url not in FILES)


@pytest.fixture
def browsers(world: World) -> dict[str, Client]:
    return {name: world.sign_in(Client(), getattr(world, name)) for name in PEOPLE}


def test_every_page_lights_exactly_one_entry(world: World, browsers: dict[str, Client]) -> None:
    walked: dict[str, set[str]] = {}
    wrong: list[str] = []
    for case in pages():
        with transaction.atomic():
            target = case.of[-1](world, world)
            path = path_of("hearth", case.url, *target.args) + case.query
            for name, browser in browsers.items():
                found = lit(browser.get(path))
                if found is not None:
                    walked.setdefault(case.url, set()).add(name)
                    wrong += [f"{name} {path}: {found}"] if len(found) != 1 else []
            transaction.set_rollback(True)

    assert wrong == []
    assert len(walked) > 60


@pytest.mark.parametrize(
    ("person", "name", "entry"),
    [
        ("mina", "workbooks:self_review", "Our review"),
        ("lena", "workbooks:evidence", "Our review"),
        ("lena", "workbooks:paper", "Our review"),
        ("nadia", "workbooks:evidence", "My visits"),  # she has a review of her own, and visits this one
        ("ludo", "workbooks:peer_review", "My visits"),
        ("cora", "workbooks:self_review", "Cockpit"),
        ("dee", "workbooks:removals", "Cockpit"),
        ("nadia", "visits:visit", "My visits"),
        ("lena", "visits:visit", "Our review"),
        ("cora", "visits:visit", "Visits"),
        ("cora", "questionnaires:counters", "Questionnaires"),
        ("mina", "workbooks:given_to_me", "Our review"),
        ("cora", "workbooks:quarantine", "Cockpit"),
        ("lena", "workbooks:quarantine", "Our review"),
        ("ludo", "workbooks:my_devices", "My visits"),
        ("kit", "workbooks:my_devices", "Home"),
        ("mina", "questionnaires:mine", "Your questionnaires"),
        ("dee", "questionnaires:comments", "Comments to read"),
        ("dee", "visits:safeguarding", "Concerns"),
        ("mina", "visits:concern_raised", "Raise a concern"),
    ],
)
def test_a_page_lights_the_entry_that_leads_to_it(world: World, person: str, name: str, entry: str) -> None:
    case = next(found for found in pages() if found.url == name)
    browser = world.sign_in(Client(), getattr(world, person))

    seen = [lit(browser.get(path_of("hearth", name, *build(world, world).args))) for build in case.of]

    assert [entry] in seen
    assert all(found in ([entry], None) for found in seen)
