"""The blocks of a national report as they are read."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden, Percent, Quarters
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.reports.rules.blocks import FIGURES, TABLES, USUAL, Block, PlanRow
from communitas.reports.rules.documents.national import build_public
from communitas.reports.rules.documents.national_parts import Figure, NationalReport, protected
from communitas.reports.rules.documents.pieces import NO_THEME, NOTHING_SHOWN, Lens, piece_of, pieces
from communitas.reports.rules.documents.pieces_figures import BY_TYPE_ONLY, INSTEAD
from communitas.reports.rules.documents.told import HelpedTold, QuoteTold, ThemeTold, Told
from communitas.reports.typesetting.national import national_pdf
from tests.reports.documents.samples import HOSTILE, edition

ADULT, PRISON = Group("type", "adult"), Group("type", "prison")
BOOK = edition(2, 3)


class Cells:
    """Every cell of the network and of adult communities is shown, those of prisons are hidden."""

    def value(self, key: Any) -> Any:
        return HIDDEN if key.group == PRISON else Percent(70, 20, 10)


@pytest.fixture(scope="module")
def document() -> NationalReport:
    release: Any = Cells()
    took_part = {NETWORK: 40, ADULT: 30, PRISON: 5}
    return build_public(
        network="Hearth", cycle="2026", edition=BOOK, release=release, took_part=took_part, dated_on=date(2026, 10, 1)
    )


def look(kind: ScoreKind, subject: Subject, group: Group) -> Figure:
    return protected(HIDDEN if group == PRISON else Percent(70, 20, 10))


def middle(subject: Subject, group: Group) -> Quarters | Hidden:
    return Quarters(70, 60, 80)


def ground(subject: Subject, group: Group) -> tuple[Bin, ...]:
    return (Bin(0, 60, 25), Bin(60, 100, 75))


LENS = Lens("test", look, {NETWORK: "", ADULT: "adult", PRISON: "prison"}, middle, ground)


def test_every_figure_has_a_chart_a_table_and_a_sentence(document: NationalReport) -> None:
    for name in set(FIGURES) - {"change", "regions"}:
        piece = piece_of(Block("b1", "figure", choice=name, subject="section:Section 1"), document, LENS, Told())

        assert piece.chart is not None, name
        assert piece.chart.sentence, name
        assert piece.chart.rows, name


def test_a_hidden_group_gives_way_to_the_network_and_says_so(document: NationalReport) -> None:
    block = Block("b1", "figure", choice="one", subject="criterion:1.1", whom="type")

    piece = piece_of(block, document, LENS, Told())

    assert piece.chart is not None
    assert [row[0] for row in piece.chart.rows] == ["The whole network", "adult"]
    assert INSTEAD in piece.notes
    assert piece.notes[-1] == "In the self-reviews: 70% met."


def test_single_criteria_are_not_told_by_region(document: NationalReport) -> None:
    block = Block("b1", "figure", choice="one", subject="criterion:1.1", whom="region")

    assert BY_TYPE_ONLY in piece_of(block, document, LENS, Told()).notes


def test_a_subject_that_the_edition_lacks_is_said_in_words(document: NationalReport) -> None:
    piece = piece_of(Block("b1", "figure", choice="one", subject="criterion:9.9"), document, LENS, Told())

    assert piece.chart is None
    assert "does not have" in piece.notes[0]


def test_what_may_not_be_shown_is_said_in_words(document: NationalReport) -> None:
    hidden = Lens(
        "hidden", lambda kind, subject, group: protected(HIDDEN), LENS.groups, lambda *_: HIDDEN, lambda *_: ()
    )

    for name in ("one", "spread", "funnel"):
        block = Block("b1", "figure", choice=name, subject="overall")
        assert piece_of(block, document, hidden, Told()).notes == (NOTHING_SHOWN,), name


def test_every_table_has_rows_of_its_columns(document: NationalReport) -> None:
    for name in set(TABLES) - {"sections_by_region"}:
        for table in piece_of(Block("b1", "table", choice=name), document, LENS, Told()).tables:
            assert all(len(row) == len(table.header) for row in table.rows), name


def test_a_theme_that_too_few_spoke_of_says_nothing_more(document: NationalReport) -> None:
    block = Block("b1", "theme", text="Our words about it", choice="t1")
    few = Told(themes=(ThemeTold("t1", "Leaving", "", ""),))
    many = Told(themes=(ThemeTold("t1", "Leaving", "Goodbyes.", "about 15", (QuoteTold(1, "We wrote."),)),))

    silent, told = piece_of(block, document, LENS, few), piece_of(block, document, LENS, many)

    assert (silent.heading, silent.text, silent.notes, silent.quotes) == ("Leaving", "", (NO_THEME,), ())
    assert (told.text, told.notes) == (
        "Our words about it",
        ("About 15 communities spoke of this in their comments.",),
    )
    assert [each.text for each in told.quotes] == ["We wrote."]


def test_what_is_met_least_often_stands_beside_what_helped_others(document: NationalReport) -> None:
    told = Told(helped=(HelpedTold("1.1", "A card with five steps."),))

    piece = piece_of(Block("b1", "unmet", choice="2"), document, LENS, told)

    assert [(item.tag, item.helped) for item in piece.items] == [
        ("70% met", ("A card with five steps.",)),
        ("70% met", ()),
    ]


def test_hostile_words_are_set_as_they_were_written(document: NationalReport) -> None:
    blocks = tuple(
        Block(f"b{n}", "text", words[:100], words) for n, words in enumerate((*HOSTILE, "שלום 😀", "x" * 6000))
    )
    plans = Block("p", "plans", "Next", rows=tuple(PlanRow(words) for words in HOSTILE))
    quotes = tuple(QuoteTold(n, words) for n, words in enumerate((*HOSTILE, "مرحبا بكم", "👩‍👩‍👧", "word " * 80)))
    theme = ThemeTold("t1", HOSTILE[0][:80], HOSTILE[0], "about 15", quotes)
    told = Told(themes=(theme,), helped=tuple(HelpedTold("1.1", words) for words in HOSTILE))
    more = (Block("t", "theme", text=HOSTILE[0], choice="t1"), Block("u", "unmet", choice="2"))

    made = pieces((*blocks, plans, *more, *USUAL), document, LENS, told)

    pdf = national_pdf(document, pieces=made)
    printed = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    assert all("".join(words.split()) in printed for words in HOSTILE)
