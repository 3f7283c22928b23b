"""A certificate as it is printed: plain data, with what it proves and how anybody can check that it still holds."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who answers for the certificate, and in which role."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class CertificateDocument:
    """What stands on a certificate of participation or accreditation.

    `wording` is the whole sentence for the type of membership (`rules.certificate.wording`), printed as it is given
    and never strengthened; `note` says what the certificate is not. `ends_on` is the first day on which it no longer
    holds, None where it proves something that happened and so does not run out.
    """

    network: str
    community: str
    organisation: str
    wording: str
    cycle: str
    edition: str
    issued_on: date
    code: str
    address: str  # where a reader can check it; the QR code holds this address and nothing else
    note: str = ""
    signatories: tuple[Signatory, ...] = ()
    ends_on: date | None = None
    kind: str = "Certificate of participation"

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.kind}: {self.community}, {self.cycle}"


def dates_in_words(certificate: CertificateDocument) -> str:
    """When it was issued and, where it runs out, the last day on which it holds."""
    issued = f"Issued on {_day(certificate.issued_on)}"
    if certificate.ends_on is None:
        return issued
    return f"{issued}, valid until {_day(date.fromordinal(certificate.ends_on.toordinal() - 1))}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
