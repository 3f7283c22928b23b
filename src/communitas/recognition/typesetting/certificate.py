"""A certificate as a tagged PDF on one A4 page, with its short code, address and QR code."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Final

import segno

from communitas.kit.typesetting import compile_pdf
from communitas.recognition.rules.document import CertificateDocument, dates_in_words

TEMPLATE: Final = "recognition/typesetting/certificate.typ"
WORDS: Final = {
    "standards": "Reviewed against",
    "check": "Check that this still holds",
    "code": "Code",
    "qr": "QR code with the address where this certificate can be checked:",
}


def certificate_pdf(certificate: CertificateDocument, *, lang: str = "en", region: str = "gb") -> bytes:
    """The certificate as PDF/UA-1: the same certificate gives the same bytes."""
    stamp = datetime.combine(certificate.issued_on, time(12), UTC)
    data = asdict(certificate) | {
        "issued_on": "",
        "ends_on": "",
        "dates": dates_in_words(certificate),
        "title": certificate.title,
        "qr": qr_svg(certificate.address),
        "words": WORDS,
        "lang": lang,
        "region": region,
    }
    return compile_pdf(TEMPLATE, data, timestamp=stamp)


def qr_svg(address: str) -> str:
    """The QR code of an address, strong enough to survive a photocopy, in the house's dark green."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=0, dark="#1d5148", xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()
