"""Reports of communities at the edge: nothing, one, all; and of what people may write."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from communitas.benchmarking.rules.facts import Score
from communitas.reports.rules.documents.easy import easy_page
from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.local_charts import local_charts
from communitas.reports.rules.documents.parts import Finding
from communitas.reports.typesetting.local import large_pdf, local_pdf
from tests.reports.documents import samples

LONG = "word " * 3_999 + "done."
HOSTILE = (*samples.HOSTILE, "</script><script>alert(1)</script>", '#eval("1") $ \\ ` * _ @x <y>')


def all_marked(mark: Score, *, sections: int = 2, criteria: int = 6) -> LocalReport:
    book = samples.edition(sections, criteria)
    marks: dict[str, Score] = dict.fromkeys(samples.codes(book), mark)
    return samples.local(
        book, self_scores=samples.facts("self", marks), agreed_scores=samples.facts("agreed", marks), last=None
    )


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


EDGES = {
    "one criterion": (all_marked(2, sections=1, criteria=1), "1 of 1 that applied", "All of it is in place."),
    "none scored": (all_marked(None), "none scored", "There are no marks to count yet."),
    "all not applicable": (all_marked("NA"), "none applied", "There are no marks to count yet."),
    "all met": (all_marked(2), "12 of 12 that applied, 100%, likely range 76 to 100", "All of it is in place."),
    "none met": (all_marked(0), "0 of 12 that applied, 0%, likely range 0 to 24", "None of it is fully in place yet."),
}


@pytest.mark.parametrize("edge", EDGES)
def test_a_report_at_the_edge_is_told_in_words_and_set(edge: str) -> None:
    report, words, easy = EDGES[edge]

    assert report.overall.words == words
    assert easy_page(report).sentences[-1] == easy
    assert "NaN" not in read(local_pdf(report)) + read(large_pdf(report))


def test_no_share_of_nothing_is_drawn() -> None:
    charts = local_charts(all_marked("NA"))

    assert 'class="c-own"' not in charts.sections.svg.split("</text>", 2)[2]
    assert {row[1] for row in charts.sections.rows} == {"none applied"}


def test_agreement_of_one_pair_is_counts_and_the_coefficient_says_why_not() -> None:
    told = all_marked(2, sections=1, criteria=1).agreement

    assert told is not None
    assert (told.technical[0].heading, told.technical[0].text) == (
        "You and the review team gave the same score",
        "1 of 1 standard",
    )
    assert "cannot be calculated" in told.technical[-1].text


def test_both_coefficients_are_printed_from_thirty_pairs_on() -> None:
    book = samples.edition(3, 10)
    codes = samples.codes(book)
    own: dict[str, Score] = dict.fromkeys(codes, 2)
    team: dict[str, Score] = {code: 1 if at % 5 == 0 else 2 for at, code in enumerate(codes)}
    team[codes[0]] = own[codes[0]] = 0

    report = samples.local(
        book, self_scores=samples.facts("self", own), agreed_scores=samples.facts("agreed", team), last=None
    )

    assert report.agreement is not None
    assert report.agreement.technical[-1].text.startswith("AC2 with linear weights 0.")
    assert "; kappa with linear weights 0." in report.agreement.technical[-1].text
    assert report.agreement.technical[-1].text in read(local_pdf(report))


def test_change_is_told_in_points_with_its_range_from_ten_criteria_on() -> None:
    report = samples.local()

    assert report.change is not None
    assert report.change.points.startswith("Change since last review: +83 points, likely range +")
    few = samples.local(samples.edition(1, 6))
    assert few.change is not None
    assert few.change.points == ""


def test_the_likely_range_is_drawn_only_from_ten_scores_on() -> None:
    many, few = samples.local(samples.edition(2, 12)), samples.local()

    assert local_charts(many).sections.svg.count('class="c-range"') == 1 + 2 * 3
    assert local_charts(many).sections.header[2] == "Likely range"
    assert "c-range" not in local_charts(few).sections.svg


@pytest.mark.parametrize("written", [LONG, "مرحبا " * 400 + "نهاية", "🙂 good 👩‍👩‍👧", *HOSTILE])
def test_what_people_write_is_whole_in_large_print_too(written: str) -> None:
    report = samples.local(improvements=[Finding(written)], introduction=written)

    reader = PdfReader(BytesIO(large_pdf(report)))

    assert samples.is_tagged(reader)
    words = "".join("".join(page.extract_text() for page in reader.pages).split())
    if written.isascii():
        assert words.count("".join(written.split())) == (0 if written == LONG else 2)
    if written == LONG:
        assert words.count("word") == 2 * 3_999


def test_large_print_is_never_smaller_than_18_points_and_the_same_again() -> None:
    report = samples.local()
    sizes: set[float] = set()

    for page in PdfReader(BytesIO(large_pdf(report))).pages:
        page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.add(size) if text.strip() else None)

    assert min(sizes) >= 18
    assert large_pdf(report) == large_pdf(report)
