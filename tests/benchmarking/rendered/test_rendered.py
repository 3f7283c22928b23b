"""Somebody who has nothing but the published files recovers nobody's mark.

`make bench NAME=attack FULL=1` asks the same of 200 networks with all that can be explored. The readers are written
from what the pages show: a number that they do not understand stops them, wherever it hides.
"""

import pytest
from django.db import transaction

from communitas.benchmarking.rules.charts.bars import BarRow, bars_chart
from communitas.benchmarking.rules.cohort import NETWORK
from tests.benchmarking.rendered.claims import Names, Page, Share, Unread
from tests.benchmarking.rendered.files import read_json, read_package
from tests.benchmarking.rendered.naming import naive, named
from tests.benchmarking.rendered.outsider import attackers, disagreements, only_in_pdf, people_below
from tests.benchmarking.rendered.pages import read_page
from tests.benchmarking.rendered.publishing import Protect, Published, publish
from tests.benchmarking.rules.disclosure.networks import history
from tests.benchmarking.rules.disclosure.test_attacker import FEW
from tests.cast import World

CHANGE = "report, change"
Network = tuple[int, int, int, bool, bool, bool]
# Seed, communities, cycles; whether there are regions, blocks, and the PDF.
NETWORKS = (
    (1, 12, 1, True, False, False),
    (2, 34, 2, False, True, False),
    (3, 26, 1, True, False, True),
    (4, 52, 1, True, True, False),
    (5, 9, 1, False, False, False),
)


def made(world: World, network: Network, protect: Protect | None = None) -> Published:
    seed, communities, cycles, regions, blocks, pdf = network
    rounds = history(seed, communities=communities, cycles=cycles, regions=3 * regions)
    return publish(world, [named(each, seed) for each in rounds], blocks=blocks, pdf=pdf, protect=protect)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda each: f"{each[1]}-communities")
def test_published_files_give_no_mark_away(world: World, network: Network) -> None:
    published = made(world, network)

    assert disagreements(published.claims) == {}
    assert people_below(published.claims, 10) == []
    assert only_in_pdf(published) == {}
    for name, attacker in attackers(published, few=FEW):
        assert not attacker.is_misled(), name
        assert list(attacker.recovers()) == [], name
    if len(published.cells) == 2:
        assert_change_says_nothing_new(published)
    if network[1] < 10:
        told = {each.cell.subject.level for each in published.claims if isinstance(each, Share)}
        assert told <= {"section", "overall"}


def assert_change_says_nothing_new(published: Published) -> None:
    """Every figure of change was published as a cell of its own cycle, of which no other file says anything else."""
    told = [each for each in published.claims if isinstance(each, Share) and each.source == CHANGE]
    cells = {
        (each.cycle, each.cell, each.mark, each.percent)
        for each in published.claims
        if isinstance(each, Share) and each.source == "package"
    }

    assert {each.cycle for each in told} == set(published.cells)
    assert {(each.cycle, each.cell, each.mark, each.percent) for each in told} <= cells


def is_broken(world: World, network: Network) -> bool:
    """Whether the pages of a network give somebody away under the naive rule; nothing of it is kept."""
    with transaction.atomic():
        published = made(world, network, protect=naive)
        transaction.set_rollback(True)
    told = (attacker for _, attacker in attackers(published, few=0))
    return any(not attacker.is_misled() and any(True for _ in attacker.recovers()) for attacker in told)


def test_the_same_readers_and_attacker_break_pages_made_by_the_naive_rule(world: World) -> None:
    broken = sum(is_broken(world, network) for network in NETWORKS[::2])

    assert broken > len(NETWORKS[::2]) / 2


PAGE = Page("page", "first cycle", Names(("Belonging", "Place"), ("A.a",), {"All communities": NETWORK}, ()))


def sheet(inside: str) -> str:
    """A page with one drawing of two sections, its table, and what is put behind them."""
    chart = bars_chart([BarRow("Belonging", 62.0), BarRow("Place", 80.0)], title="Met, agreed with the review teams")
    cells = "".join(f"<tr><th>{label}</th><td>{figure}</td></tr>" for label, figure in chart.rows)
    table = f"<table><caption>{chart.title}</caption><tr><th>Section</th><th>met</th></tr>{cells}</table>"
    return f"<main><figure>{chart.both}{table}</figure>{inside}</main>"


def percents(page: str) -> set[float]:
    return {claim.percent for claim in read_page(page, PAGE) if isinstance(claim, Share)}


def test_readers_understand_what_is_printed_and_drawn() -> None:
    assert percents(sheet("<p>No figure may be shown here.</p>")) == {62, 80}


@pytest.mark.parametrize(
    "hidden",
    [
        '<svg data-n="7"><text>Belonging</text></svg>',
        "<svg><title>7 communities</title><text>Belonging</text></svg>",
        "<svg><desc>n = 7</desc><text>Belonging</text></svg>",
        '<svg aria-label="7 of 9"><text>Belonging</text></svg>',
        '<img src="chart.png" alt="Met by 7 communities">',
        '<p title="n = 7">Belonging</p>',
        '<section><p>Belonging</p><i data-exact="61.54"></i></section>',
        "<figure><figcaption>Belonging, n = 7</figcaption></figure>",
        "<!-- 8 of 13 -->",
        '<script type="application/json">{"met": 8}</script>',
        "<table><tr><th>Section</th><th>n</th></tr><tr><th>Belonging</th><td>7</td></tr></table>",
        "<table><tr><th>Section</th><th>met</th></tr><tr><th>Belonging</th><td>8 of 13</td></tr></table>",
        "<details><summary>More</summary><p>Oak Court: 5 of 6</p></details>",
    ],
)
def test_a_number_is_found_wherever_it_hides(hidden: str) -> None:
    with pytest.raises(Unread):
        read_page(sheet(hidden), PAGE)


def test_a_bar_that_is_longer_than_what_is_printed_gives_itself_away() -> None:
    page = sheet("").replace('width="239.3"', 'width="237.5"', 1)  # 61.5 % of 386

    assert page != sheet("")
    assert sorted(percents(page)) == [pytest.approx(61.5, abs=0.1), 62, 80]


@pytest.mark.parametrize(
    "answer",
    [
        '{"communities": "about 15", "overall": {"self": {"hidden": true}, "agreed": {"hidden": true, "n": 7}}}',
        '{"communities": "about 15", "overall": {"self": {"hidden": true}, "agreed": {"hidden": true}}, "total": 7}',
    ],
)
def test_totals_beside_hidden_figures_are_found_in_answers(answer: str) -> None:
    with pytest.raises(Unread):
        list(read_json(answer.encode(), PAGE))


def test_a_column_more_is_found_in_the_data_package() -> None:
    header = "dimension,group,subject,name,kind,percent_met,percent_partly_met,percent_not_met,rounded_to,in_words"
    package = {"cells.csv": f"{header},n\nnetwork,,overall,,agreed,,,,,hidden,7\n".encode()}

    with pytest.raises(Unread, match="n is 7"):
        list(read_package(package, PAGE))
