"""The design of reports: its colours are readable, and a document is set in it."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import stored
from communitas.reports.rules.design import (
    ACCENT,
    MAIN,
    Design,
    contrast,
    least_contrast,
    refuse_pale_colours,
    refuse_unnamed_logo,
)
from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.drawn_logo import clean_logo
from communitas.reports.typesetting.local import local_pdf
from tests.reports.documents import samples

WORDS = ("Welcome to all.", "Read page 2 first.", "Ring Cora.")
OURS = Design(3, "#2b3f8c", "#7a1f4d", "plain", *WORDS, "a" * 64, "Hearth")


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (30, 12), "#225588").save(out, "PNG")
    return out.getvalue()


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_the_colours_of_the_house_can_be_read() -> None:
    refuse_pale_colours(main=MAIN, accent=ACCENT)


@pytest.mark.parametrize(
    ("main", "accent"), [("#767676", ACCENT), (MAIN, "#c85a1a"), ("red", ACCENT), ("#12345", ACCENT)]
)
def test_pale_and_unknown_colours_are_refused_with_a_sentence(main: str, accent: str) -> None:
    with pytest.raises(NotAllowed, match=r"at least 4\.5 to 1"):
        refuse_pale_colours(main=main, accent=accent)


def test_the_refusal_never_rounds_up_to_what_is_enough() -> None:
    colour = next(
        f"#{grey:02x}{grey:02x}{grey:02x}"
        for grey in range(255)
        if least_contrast(f"#{grey:02x}{grey:02x}{grey:02x}", "main") < 4.5
    )

    with pytest.raises(NotAllowed, match=r"has 4\.4\."):
        refuse_pale_colours(main=colour, accent=ACCENT)


def test_a_logo_needs_words() -> None:
    refuse_unnamed_logo(logo=False, words="")
    with pytest.raises(NotAllowed):
        refuse_unnamed_logo(logo=True, words=" ")


def test_a_report_is_set_in_its_design_and_stays_tagged() -> None:
    pdf = local_pdf(samples.local(design=OURS), logo=png())

    reader = PdfReader(BytesIO(pdf))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert samples.is_tagged(reader)
    assert all(said in words for said in WORDS)
    assert local_pdf(samples.local(design=OURS), logo=png()) == pdf


@pytest.mark.parametrize(
    "inner",
    [
        "",
        '<rect x="0" y="0" width="30" height="10" fill="#225588"/>',
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><path d="M0 0h9v9z" fill="url(#a)"/>',
        '<clipPath id="c" clip-path="url(#c)"><path d="M0 0h9v9z"/></clipPath><path d="M0 0h9" clip-path="url(#c)"/>',
        '<path d="M z L" fill="url(#none)" stroke="notacolour" transform="scale(0)"/>',
        '<rect width="-1e30" height="1e30%"/>',
    ],
)
def test_a_drawn_logo_stands_in_the_document_whatever_it_draws(inner: str) -> None:
    logo = clean_logo(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{inner}</svg>'.encode())

    assert samples.is_tagged(PdfReader(BytesIO(local_pdf(samples.local(design=OURS), logo=logo))))


def test_a_document_keeps_its_design_and_one_from_before_has_the_houses() -> None:
    document = stored.as_json(samples.local(design=OURS))

    assert stored.from_json(LocalReport, document).design == OURS
    del document["design"]
    assert stored.from_json(LocalReport, document).design == Design()
