from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from communitas.recognition.rules.document import CertificateDocument, Signatory, dates_in_words
from communitas.recognition.typesetting.certificate import certificate_pdf, qr_svg


def is_tagged(reader: PdfReader) -> bool:
    marks = reader.root_object["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    return bool(marks["/Marked"]) and "/StructTreeRoot" in reader.root_object


def document(community: str = "Lark House", ends_on: date | None = None) -> CertificateDocument:
    return CertificateDocument(
        network="Hearth Network",
        community=community,
        organisation="Calder Vale NHS Trust",
        wording=f"{community} is a full member of Hearth Network and took part in the peer reviews of 2027.",
        cycle="2027",
        edition="Standards for Communities, edition 3",
        issued_on=date(2027, 11, 30),
        code="K7M4-QX92-A",
        address="https://hearth.example.org/verify/K7M4-QX92-A",
        note="This certificate shows participation. It is not an accreditation.",
        signatories=(Signatory("Cora Lind", "Network manager"), Signatory("Idris Vaughan", "Chair")),
        ends_on=ends_on,
    )


def test_certificate_is_one_tagged_page_that_says_how_to_check_it() -> None:
    reader = PdfReader(BytesIO(certificate_pdf(document())))

    words = " ".join(reader.pages[0].extract_text().split())

    assert len(reader.pages) == 1
    assert is_tagged(reader)
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate of participation: Lark House, 2027"
    for expected in (
        "Lark House is a full member of Hearth Network and took part in the peer reviews of 2027.",
        "It is not an accreditation.",
        "K7M4-QX92-A",
        "https://hearth.example.org/verify/K7M4-QX92-A",
        "Cora Lind",
        "Issued on 30 November 2027",
    ):
        assert expected in words


def test_same_certificate_gives_the_same_bytes() -> None:
    assert certificate_pdf(document()) == certificate_pdf(document())


def test_last_day_is_the_day_before_it_ends() -> None:
    assert dates_in_words(document(ends_on=date(2028, 12, 1))) == (
        "Issued on 30 November 2027, valid until 30 November 2028"
    )


@pytest.mark.parametrize(
    "name", ["#emph[A] *b* <c> $d$", "A very long name of a community, " * 5, "בית חם", "🙂 House"]
)
def test_any_name_fits_on_one_page(name: str) -> None:
    assert len(PdfReader(BytesIO(certificate_pdf(document(name)))).pages) == 1


def test_qr_code_is_a_drawing_without_styles() -> None:
    drawing = qr_svg("https://hearth.example.org/verify/K7M4-QX92-A")

    assert drawing.startswith("<svg ")
    assert "style=" not in drawing
