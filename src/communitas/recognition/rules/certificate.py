"""Certificates: their codes, what they prove, and whether they still hold."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

# Crockford's base32: no I, L, O, U. His check symbols are the same letters and five signs; 37 is prime, so
# that any single wrong letter and any swap of two neighbours changes the check.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS: Final = ALPHABET + "*~$=U"
DIGITS: Final = 8  # 40 bits: too many to try out, few enough to type
GROUP: Final = 4
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def make_code(random_bytes: bytes) -> str:
    """A code such as 'ABCD-EFGH-J' from at least 5 random bytes: eight digits and a check character.

    A number whose check would be a sign, which is hard to dictate and to put into an address, gives way to
    the next one whose check is a letter or digit. The same bytes give the same code.
    """
    if len(random_bytes) * 8 < DIGITS * 5:
        raise ValueError("A code is made from at least 5 random bytes.")
    number = int.from_bytes(random_bytes, "big") % 32**DIGITS
    while number % len(CHECKS) >= len(ALPHABET):
        number = (number + 1) % 32**DIGITS
    digits = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (DIGITS - 1), -1, -5))
    return f"{digits[:GROUP]}-{digits[GROUP:]}-{CHECKS[number % len(CHECKS)]}"


def normalised(typed: str) -> str | None:
    """The code that was typed, as it is kept; None when it cannot be one.

    Small letters, missing hyphens and spaces do not matter; O reads as 0, I and L as 1.
    """
    plain = "".join(typed.upper().translate(_READ_AS).split())
    if len(plain) != DIGITS + 1 or not set(plain) <= set(ALPHABET):
        return None
    number = 0
    for digit in plain[:DIGITS]:
        number = number * 32 + ALPHABET.index(digit)
    if CHECKS[number % len(CHECKS)] != plain[DIGITS]:
        return None
    return f"{plain[:GROUP]}-{plain[GROUP:DIGITS]}-{plain[DIGITS]}"


class Status(StrEnum):
    """Whether a certificate holds on a day."""

    HOLDS = "holds"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The facts of a certificate, copied when it was issued. It holds until the day before `ends_on`."""

    community: str
    network: str
    membership: str  # the code of the membership type: associate, developmental, full, accredited
    cycle: str
    issued_on: date
    ends_on: date | None = None
    revoked_on: date | None = None
    superseded_on: date | None = None
    superseded_by: str = ""  # the code of the certificate that took its place


def status(certificate: Certificate, *, on: date) -> Status:
    """Whether it holds on a day. What was revoked stays revoked, whatever else happened."""
    if certificate.revoked_on is not None and certificate.revoked_on <= on:
        return Status.REVOKED
    if on < certificate.issued_on:
        return Status.NOT_YET
    if certificate.superseded_on is not None and certificate.superseded_on <= on:
        return Status.SUPERSEDED
    if certificate.ends_on is not None and certificate.ends_on <= on:
        return Status.EXPIRED
    return Status.HOLDS


# 'Takes part in' is not 'is accredited by': only a decision of the committee gives the second.
WORDING: Final = {
    "associate": "{community} is an associate member of {network} and took part in {cycle}.",
    "developmental": "{community} is a developmental member of {network} and took part in {cycle}.",
    "full": "{community} is a full member of {network} and took part in the peer reviews of {cycle}.",
    "accredited": "{community} is on the accreditation pathway of {network} and took part in the peer reviews "
    "of {cycle}.",
}
NOT_ACCREDITATION: Final = "This certificate shows participation. It is not an accreditation."


def wording(certificate: Certificate) -> str:
    """What the certificate proves, in one sentence; KeyError for an unknown type of membership."""
    return WORDING[certificate.membership].format(
        community=certificate.community, network=certificate.network, cycle=certificate.cycle
    )


def verdict(certificate: Certificate, *, on: date) -> str:
    """Whether the certificate holds, as the sentence of its public page. A reason is never shown there."""
    issued = f"It was issued on {_words(certificate.issued_on)}"
    match status(certificate, on=on):
        case Status.HOLDS if certificate.ends_on is None:
            return f"This certificate is valid. {issued}."
        case Status.HOLDS:
            return f"This certificate is valid. {issued} and holds until {_last_day(certificate)}."
        case Status.NOT_YET:
            return f"This certificate is not valid yet. It will hold from {_words(certificate.issued_on)}."
        case Status.EXPIRED:
            return f"This certificate has expired. {issued} and held until {_last_day(certificate)}."
        case Status.SUPERSEDED:
            newer = f": {certificate.superseded_by}" if certificate.superseded_by else ""
            return f"This certificate has been replaced by a newer one{newer}. {issued}."
        case _:
            return "This certificate is not valid any more. It was withdrawn by the network."


def _words(day: date) -> str:
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def _last_day(certificate: Certificate) -> str:
    end = certificate.ends_on or date.max
    return _words(date.fromordinal(end.toordinal() - 1))


@rule
def refuse_issue(*, completed: bool, membership: str, issued_on: date, ends_on: date | None) -> None:
    """A certificate of participation is issued when a community has completed the cycle."""
    if not completed:
        raise NotAllowed(sentence(refuse_issue))
    if membership not in WORDING:
        raise NotAllowed(f"{sentence(refuse_issue)} There is no wording for its type of membership.")
    if ends_on is not None and ends_on <= issued_on:
        raise NotAllowed(f"{sentence(refuse_issue)} It must end after it begins.")


@rule
def refuse_revocation(certificate: Certificate, *, on: date, reason: str) -> None:
    """A certificate is revoked once, with a reason."""
    if certificate.revoked_on is not None or not reason.strip() or on < certificate.issued_on:
        raise NotAllowed(sentence(refuse_revocation))
