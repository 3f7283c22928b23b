import re
from base64 import b64decode
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from communitas.benchmarking.rules.charts.bars import BarRow, bars_chart
from communitas.benchmarking.rules.charts.drawing import PRINT, Chart, lines_of
from communitas.benchmarking.rules.charts.gallery import Specimen, gallery
from communitas.benchmarking.rules.charts.marks import MarksRow, marks_chart
from communitas.benchmarking.rules.charts.pairs import PairRow, change_chart, dumbbell_chart
from communitas.benchmarking.rules.charts.strip import StripRow, strip_chart
from communitas.benchmarking.rules.charts.trend import TrendPoint, trend_chart

HOSTILE = '<script>alert("1")</script> & \'x\' " onload="y'


def strip(label: str = "Belonging") -> Chart:
    rows = [StripRow(label, 90, "90%", 85, 70, 84, 80), StripRow("Safety", None, "3 of 4")]
    return strip_chart(rows, title=label, own_name=label, last_name=label, peers_name=label)


def marks(label: str = "Belonging") -> Chart:
    return marks_chart([MarksRow(label, (8, 2, 1, 1)), MarksRow("Few", instead=label), MarksRow("None")], title=label)


def dumbbell(label: str = "Belonging") -> Chart:
    return dumbbell_chart([PairRow(label, 90, 80), PairRow("Few", None, None, instead=label)], title=label)


def change(label: str = "Belonging") -> Chart:
    return change_chart(
        [PairRow(label, 60, 80), PairRow("Same", 70, 70)], title=label, first_name="2026", second_name=label
    )


def bars(label: str = "Belonging") -> Chart:
    return bars_chart([BarRow(label, 81.5, "", 70, 90), BarRow("Few", None, label)], title=label)


ALL = pytest.mark.parametrize("draw", [strip, marks, dumbbell, change, bars])


@ALL
def test_drawing_is_escaped_and_has_classes_in_place_of_styles(draw: Callable[[str], Chart]) -> None:
    chart = draw(HOSTILE)

    for drawing in (chart.svg, chart.narrow):
        root = ElementTree.fromstring(drawing)  # noqa: S314  # our own drawing
        tags = {each.tag.removeprefix("{http://www.w3.org/2000/svg}") for each in root.iter()}
        assert tags <= {"svg", "text", "rect", "circle", "line", "path"}
        assert not [name for each in root.iter() for name in each.attrib if name in ("style", "onload", "id")]
        assert {each.get("class") for each in root.iter()} - {"drawing wide", "drawing narrow"} <= set(PRINT)
        assert root.get("role") == "img"
        assert root.get("aria-label") == f"{chart.title}. {chart.sentence}"


@ALL
def test_table_has_a_cell_for_every_heading(draw: Callable[[], Chart]) -> None:
    chart = draw()

    assert {len(row) for row in chart.rows} == {len(chart.header)}


@ALL
def test_same_rows_give_the_same_drawing(draw: Callable[[], Chart]) -> None:
    assert draw() == draw()


@pytest.mark.parametrize(
    "chart",
    [
        strip_chart([], title="T", own_name="you"),
        marks_chart([], title="T"),
        dumbbell_chart([], title="T"),
        bars_chart([], title="T"),
    ],
)
def test_nothing_to_draw_is_still_a_drawing(chart: Chart) -> None:
    assert chart.svg.startswith("<svg ")
    assert chart.rows == ()


def test_sentences_say_what_the_drawing_shows() -> None:
    assert strip().sentence == (
        "Above the middle one of its peers in 1 of 1 sections. Since the last cycle, higher in 1 and lower in 0."
    )
    assert bars().sentence == "1 of 2 is said in words. The other is at 82%."
    assert change().sentence == (
        "Belonging is higher than 2026 in 1 of 2 and lower in 0. The largest difference is in Belonging: 60% and 80%."
    )


def test_sections_are_said_by_their_medians_where_nobody_has_a_result_of_their_own() -> None:
    rows = [StripRow("Belonging", None, "", median=80), StripRow("Place", None, "hidden to protect small groups")]

    chart = strip_chart([*rows, StripRow("Safety", None, "")], title="T", own_name="you", peers_name="prisons")

    assert chart.sentence == (
        "Belonging: their median is 80%. Place: hidden to protect small groups. Safety: nothing to show."
    )


def test_sentence_of_marks_counts_what_is_said_in_words() -> None:
    chart = marks_chart([MarksRow("We welcome people.", (8, 2, 0, 0)), MarksRow("Few", instead="hidden")], title="T")

    assert chart.sentence == "We welcome people: 8 met, 2 partly met; 1 of 2 said in words."


def test_figure_that_may_not_be_shown_has_no_shape() -> None:
    chart = bars_chart([BarRow("Few", None, "hidden to protect small groups")], title="T")

    assert "<rect" not in chart.svg
    assert chart.rows == (("Few", "hidden to protect small groups"),)
    assert chart.sentence == "No figure may be shown here."


def test_marks_are_told_apart_by_shape_as_well_as_colour() -> None:
    rows = [MarksRow("A", parts) for parts in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))]

    bars = [re.findall(r'<(rect|line) [^>]*class="([a-z-]+)"', marks_chart([row], title="T").svg) for row in rows]

    dash = ("line", "c-na")  # the key above the columns has one too
    assert bars == [
        [dash, ("rect", "c-met")],
        [dash, ("rect", "c-partly-edge"), ("rect", "c-partly")],
        [dash, ("rect", "c-unmet")],
        [dash, dash],
    ]
    assert 'class="c-met" fill="#' in marks().svg
    assert 'class="c-unmet" fill="#ffffff"' in marks().svg


@pytest.mark.parametrize("kind", gallery(), ids=lambda kind: kind.name)
def test_every_state_of_the_gallery_is_a_drawing_with_its_sentence_and_its_table(kind: Specimen) -> None:
    for words, chart in kind.states.items():
        for drawing in (chart.svg, chart.narrow):
            root = ElementTree.fromstring(drawing)  # noqa: S314  # our own drawing
            width = float(root.attrib["viewBox"].split()[2])
            assert {each.get("class") for each in root.iter()} - {"drawing wide", "drawing narrow"} <= set(PRINT)
            assert all(0 <= float(each.get("x", 0)) <= width for each in root.iter()), words
            assert all(0 <= float(each.get("cx", 0)) <= width for each in root.iter()), words
        assert chart.sentence.endswith("."), words
        assert {len(row) for row in chart.rows} <= {len(chart.header)}


def test_a_file_stands_on_white_paper_under_its_name() -> None:
    chart = bars(HOSTILE)

    root = ElementTree.fromstring(chart.file)  # noqa: S314  # our own drawing

    assert [child.text for child in root[:2]] == [chart.title, chart.sentence]
    assert b64decode(chart.address.partition(",")[2]) == chart.file
    assert root[2].get("fill") == "#ffffff"
    assert (root.get("width"), root.get("height")) == tuple(root.attrib["viewBox"].split()[2:])


def test_line_of_a_trend_crosses_no_break_and_no_hidden_cycle() -> None:
    whole = [TrendPoint("1", 50), TrendPoint("2", 60), TrendPoint("3", 70)]
    broken = [whole[0], TrendPoint("2", 60, broken="new wording"), whole[2]]
    hidden = [whole[0], TrendPoint("2", None, instead="hidden"), whole[2]]

    lines = [
        trend_chart(points, title="T", group_name="all").svg.count('class="c-join"')
        for points in (whole, broken, hidden)
    ]

    assert lines == [2, 1, 0]


def test_trend_says_no_change_across_a_break() -> None:
    points = [TrendPoint("1", 50), TrendPoint("2", 60), TrendPoint("3", 70, broken="new wording")]

    assert trend_chart(points, title="T", group_name="all").sentence == (
        "All: 70% in 3, not comparable with before. The line is broken before 3."
    )


def test_density_and_funnel_draw_no_other_community() -> None:
    kinds = {kind.name: kind for kind in gallery()}

    circles = [
        ElementTree.fromstring(drawing).findall("{*}circle")  # noqa: S314  # our own drawing
        for kind in ("density", "funnel")
        for state, chart in kinds[kind].states.items()
        for drawing in [chart.svg]
        if "without an own" in state
    ]

    assert circles == [[], []]


def test_long_labels_end_in_an_ellipsis() -> None:
    assert lines_of("one two three four five six", 9) == ["one two", "three…"]
    assert lines_of("x" * 50, 10) == ["xxxxxxxxx…"]
    assert lines_of("", 10) == [""]
