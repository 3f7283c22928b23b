"""Members explore frozen cells of released cycles, and nothing else."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.benchmarking import actions
from communitas.benchmarking.models import FrozenSubject, Release
from communitas.benchmarking.queries.exploring import explore
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.values import Hidden
from communitas.benchmarking.rules.exploring import Wanted
from communitas.benchmarking.ticking import cut_figures
from communitas.kit.addresses import path_of
from communitas.members.models import Community
from tests import factories
from tests.benchmarking.test_releases import release
from tests.cast import NOW, World
from tests.web.test_where_pages_stand import lit

ADULT, PRISON = Group("type", "adult"), Group("type", "prison")
TOLD = ("percent_met", "percent_partly_met", "percent_not_met", "rounded_to", "almost_all", "all_but_at_most")


def years(world: World, *, cycles: int = 2, communities: int = 24) -> list[Release]:
    """So many released cycles, the oldest first; Lark took part in all of them."""
    others = factories.make_scored_communities(world.network, communities)
    made = []
    for place in range(cycles):
        year = 2026 - cycles + place
        cycle = factories.make_cycle(
            world.network, world.edition, name=str(year), opens_on=date(year, 9, 1), closes_on=date(year + 1, 8, 31)
        )
        factories.make_scored_cycle(cycle, [*others, world.lark], shift=place)
        made.append(release(world, cycle))
    return made


def test_figures_are_read_from_frozen_cells_and_own_frozen_marks_alone(world: World) -> None:
    years(world)

    with CaptureQueriesContext(connection) as found:
        explore(world.network, world.lark, Wanted(group=(ADULT,)))

    told = [each["sql"] for each in found.captured_queries]
    assert not [sql for sql in told if "workbooks_" in sql or "questionnaires_" in sql or "reports_" in sql]
    assert not [sql for sql in told if '"benchmarking_release"."exact"' in sql or '"protected"' in sql]
    facts = [sql for sql in told if 'FROM "benchmarking_fact"' in sql]
    assert facts
    assert all(f'"community_id" = {world.lark.pk}' in sql for sql in facts)


def test_cells_are_those_of_the_release(world: World) -> None:
    made = years(world)[-1]

    found = explore(world.network, None, Wanted(group=(ADULT,)))

    assert found is not None
    kept = {tuple(row[:5]): [str(row[5][name]) for name in TOLD if name in row[5]] for row in made.protected["cells"]}
    read = {
        (kind, row.level, row.name, *key.split(":", 1)): text
        for row in FrozenSubject.objects.filter(release=made).exclude(level="groups")
        for kind in ("self", "agreed")
        for key, text in row.cells[kind].items()
    }
    assert read == {key: " ".join(told) for key, told in kept.items() if told}
    assert found.given.group == ADULT


def test_hidden_cell_gives_way_to_the_network_and_says_so(world: World) -> None:
    years(world)

    found = explore(world.network, None, Wanted(group=(PRISON,), section="Place", standard="2.1"))
    page = world.sign_in(Client(), world.lena).get(
        path_of("hearth", "benchmarking:explorer", world.lark.pk), {"group": "type:prison", "section": "Belonging"}
    )

    assert found is not None
    assert found.group in {PRISON, NETWORK}
    assert found.given.group == NETWORK or isinstance(found.given.value, Hidden)
    assert page.status_code == 200


def test_own_marks_stand_beside_the_figures_of_each_cycle(world: World) -> None:
    years(world)

    found = explore(world.network, world.lark, Wanted())

    assert found is not None
    assert found.own is not None
    assert [each.own is not None for each in found.moments] == [True, True]
    assert found.own.n == sum(part.own.n for part in found.parts if part.own)


def test_before_the_first_release_the_page_says_what_will_be_here(world: World) -> None:
    browser = world.sign_in(Client(), world.mina)

    page = browser.get(path_of("hearth", "benchmarking:explorer", world.lark.pk)).content.decode()

    assert "Nothing to compare with yet" in page


def test_frozen_figures_that_are_not_released_are_not_shown(world: World) -> None:
    cycle = years(world, cycles=1)[0].cycle
    Release.objects.filter(cycle=cycle).update(state="superseded")

    assert explore(world.network, None, Wanted()) is None


def test_every_wish_that_is_not_known_is_dropped(world: World) -> None:
    years(world)
    browser = world.sign_in(Client(), world.lena)
    strange = {
        "section": "<b>",
        "standard": "9.9",
        "group": "region:Atlantis",
        "since": "x",
        "until": "-1",
        "marks": "?",
    }

    page = browser.get(path_of("hearth", "benchmarking:explorer", world.lark.pk), strange)

    assert page.status_code == 200
    assert "All standards together" in page.content.decode()
    assert "Atlantis" not in page.content.decode()


@pytest.mark.parametrize("chart", ["distribution", "trend", "parts"])
def test_charts_and_figures_are_downloaded_with_the_filters_of_the_address(world: World, chart: str) -> None:
    years(world)
    browser = world.sign_in(Client(), world.lena)
    address = path_of("hearth", "benchmarking:explorer", world.lark.pk)

    drawing = browser.get(address, {"format": "svg", "chart": chart})
    table = browser.get(address, {"format": "csv"})

    assert (drawing["Content-Type"], drawing["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    assert drawing.content.startswith(b"<?xml")
    assert table.content.decode("utf-8-sig").startswith("cycle,section,standard,group asked for,group shown,marks")
    assert browser.get(address, {"format": "svg", "chart": "none"}).status_code == 404


def test_menu_leads_members_to_their_own_community(world: World) -> None:
    address = path_of("hearth", "benchmarking:benchmarks")

    own = world.sign_in(Client(), world.mina).get(address)
    office = world.sign_in(Client(), world.cora).get(address)

    assert own["Location"].endswith(f"/benchmarks/{world.lark.pk}/")
    assert office["Location"].endswith("/benchmarks/all/")


def test_pages_stand_under_one_entry_of_the_menu(world: World) -> None:
    asked = [
        (world.mina, "benchmarking:explorer", world.lark.pk, "Compare"),
        (world.cora, "benchmarking:explorer_all", None, "Compare"),
        (world.cora, "benchmarking:lattice", world.cycle.pk, "National reports"),
    ]

    for account, name, pk, entry in asked:
        page = world.sign_in(Client(), account).get(path_of("hearth", name, *([pk] if pk else [])))
        assert lit(page) == [entry]


def test_page_needs_the_same_number_of_queries_for_any_size(world: World) -> None:
    years(world)
    wanted = Wanted(section=world.edition.sections.all()[0].title)
    counts = []
    for more in (False, True):
        if more:
            older = factories.make_cycle(
                world.network, world.edition, name="2020", opens_on=date(2020, 9, 1), closes_on=date(2021, 8, 31)
            )
            factories.make_scored_cycle(older, list(Community.objects.filter(network=world.network)))
            release(world, older)
        with CaptureQueriesContext(connection) as found:
            explore(world.network, world.lark, wanted)
        counts.append(len(found))

    assert counts == [8, 8]  # four of them read the edition, which is kept once it is published


def test_figures_that_were_frozen_before_are_kept_by_subject_in_the_background(world: World) -> None:
    made = years(world, cycles=1)[0]
    before = FrozenSubject.objects.filter(release=made).count()
    FrozenSubject.objects.all().delete()

    said, again = cut_figures(NOW), cut_figures(NOW)

    assert (said, again) == ("1 releases kept by subject", "")
    assert FrozenSubject.objects.filter(release=made).count() == before
    actions.cut_figures(release=made, by=None, at=NOW)
    assert FrozenSubject.objects.filter(release=made).count() == before
