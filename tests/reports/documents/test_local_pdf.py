from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from communitas.kit.typesetting import compile_many
from communitas.reports.rules.documents.parts import Correction, Finding, PlannedAction, Signature, TeamMember
from communitas.reports.typesetting.local import local_order, local_pdf
from tests.reports.documents import samples


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def squeezed(text: str) -> str:
    """Without spaces: a line may break anywhere."""
    return "".join(text.split())


def test_pdf_is_tagged_with_title_and_language() -> None:
    reader = read(local_pdf(samples.local()))

    assert samples.is_tagged(reader)
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Lark House: local report, 2027"


def test_same_report_gives_the_same_bytes() -> None:
    assert local_pdf(samples.local()) == local_pdf(samples.local())


def test_every_criterion_and_every_part_is_there() -> None:
    words = text_of(
        local_pdf(
            samples.local(
                achievements=[Finding("Residents chair the meeting.", ("1.1",))],
                actions=[PlannedAction("Open the books.", "Stefan", date(2027, 9, 1), ("1.2",))],
                feedback="Thank you for the tea.",
                team=[TeamMember("Ludo", "lead reviewer", "Wren Street")],
                corrections=[Correction("It was five o'clock.", "accepted", "Changed.")],
                signatures=[Signature("Cora", "office", date(2027, 4, 29))],
            )
        )
    )

    for expected in (
        "This report on one page",
        "The review team agreed that 10 of the 12 criteria",
        "Statement 2.6 about the life of the house.",
        "Residents chair the meeting.",
        "Open the books.",
        "1 September 2027",
        "Thank you for the tea.",
        "Wren Street",
        "Changed.",
        "Cora, office, 29 April 2027",
    ):
        assert expected in words


def test_draft_says_so_on_every_page() -> None:
    pages = [page.extract_text() for page in read(local_pdf(samples.local(state="draft"))).pages]

    assert all("Draft" in page for page in pages)


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_what_people_wrote_is_never_markup(hostile: str) -> None:
    marks = dict.fromkeys(samples.codes(samples.edition()), 2)

    words = text_of(local_pdf(samples.local(self_scores=samples.facts("self", marks, {"1.1": hostile}))))

    assert squeezed(hostile) in squeezed(words)


def test_markup_in_names_and_headings_is_literal_too() -> None:
    book = samples.edition(1, 2)
    named = type(book)("*Edition* #1 <b>", 1, (type(book.sections[0])('#emph[A] & "B"', book.sections[0].criteria),))

    words = squeezed(text_of(local_pdf(samples.local(named, network="#strong[Net]", cycle="<2027>"))))

    assert squeezed('#emph[A] & "B"') in words
    assert "#strong[Net]" in words
    assert "*Edition*#1<b>" in words


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("אנחנו מדברים", ("אנחנו", "מדברים")),
        ("مرحبا بكم", ()),  # joined letters are read back in their joined forms
        ("Good day 🙂", ("Good day [slightly smiling face]",)),
        ("คนไทย", ("[text in Thai letters]",)),
        ("bell\x07 and null\x00", ("bell and null",)),
        ("two\r\nlines", ("two", "lines")),
        ("👩‍👩‍👧 🇬🇧 \u202e\ufeff ❤️", ()),
        ("é ̶ ẞ Ł ő ж λ – … “” ’", ("Ł",)),
    ],
)
def test_every_script_is_printed_or_named(written: str, printed: tuple[str, ...]) -> None:
    marks = dict.fromkeys(samples.codes(samples.edition()), 2)

    words = text_of(local_pdf(samples.local(self_scores=samples.facts("self", marks, {"1.1": written}))))

    for expected in printed:
        assert expected in words or expected[::-1] in words


def test_very_long_comment_runs_over_pages() -> None:
    marks = dict.fromkeys(samples.codes(samples.edition()), 2)
    long = "blue " * 3999 + "end."

    reader = read(local_pdf(samples.local(agreed_scores=samples.facts("agreed", marks, {"1.1": long}))))

    assert sum(page.extract_text().count("blue") for page in reader.pages) == 3999


@pytest.mark.parametrize("long", ["x" * 20_000, "a\n" * 5_000])
def test_unbreakable_and_many_lines_are_set(long: str) -> None:
    marks = dict.fromkeys(samples.codes(samples.edition()), 2)

    assert read(local_pdf(samples.local(self_scores=samples.facts("self", marks, {"1.1": long})))).pages


def test_report_without_scores_last_cycle_or_peers_is_set() -> None:
    words = text_of(local_pdf(samples.local(self_scores=[], agreed_scores=[], last=None, peers=None)))

    assert "No criterion has been scored for Lark House yet." in words


def test_many_are_set_in_their_order_and_as_here_by_other_processes() -> None:
    reports = [samples.local(cycle=str(year)) for year in (2025, 2026, 2027)]

    made = list(compile_many(map(local_order, reports), workers=1, documents_per_process=2))

    assert made == [local_pdf(report) for report in reports]
    assert len(set(made)) == 3
