"""Certificates: their codes and whether they hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit.exceptions import NotAllowed
from communitas.members.rules.membership import MembershipType
from communitas.recognition.rules import certificate
from communitas.recognition.rules.certificate import ALPHABET, WORDING, Certificate, Status

HELD = Certificate("Ash House", "the Hearth Network", "full", "2026", date(2026, 6, 1), date(2027, 6, 1))
codes = st.binary(min_size=5, max_size=8).map(certificate.make_code)


@given(code=codes)
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    sloppy = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

    assert certificate.normalised(code) == code
    assert certificate.normalised(sloppy) == code


@given(code=codes, place=st.integers(0, 8), letter=st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(code: str, place: int, letter: str) -> None:
    plain = code.replace("-", "")
    wrong = plain[:place] + letter + plain[place + 1 :]

    assert certificate.normalised(wrong) == (code if letter == plain[place] else None)


@given(code=codes, place=st.integers(0, 6))
def test_two_swapped_digits_are_noticed(code: str, place: int) -> None:
    plain = code.replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]

    assert certificate.normalised(swapped) == (code if swapped == plain else None)


def test_a_code_is_pinned() -> None:
    assert certificate.make_code(bytes(5)) == "0000-0000-0"
    assert certificate.make_code(bytes([0, 0, 0, 0, 33])) == "0000-0015-0"


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-J-K", "ABCD-EFGU-J", "ÄBCD-EFGH-J"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert certificate.normalised(typed) is None


def test_too_little_randomness_is_refused() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        certificate.make_code(b"four")


REVOKED = replace(HELD, revoked_on=date(2026, 8, 1), superseded_on=date(2026, 7, 1))
SUPERSEDED = replace(HELD, superseded_on=date(2026, 7, 1), superseded_by="0000-0015-0")


@pytest.mark.parametrize(
    ("held", "on", "status", "said"),
    [
        (HELD, date(2026, 5, 31), Status.NOT_YET, "is not valid yet. It will hold from 1 June 2026."),
        (HELD, date(2026, 6, 1), Status.HOLDS, "is valid. It was issued on 1 June 2026 and holds until 31 May 2027."),
        (HELD, date(2027, 5, 31), Status.HOLDS, "is valid. It was issued on 1 June 2026 and holds until 31 May 2027."),
        (
            HELD,
            date(2027, 6, 1),
            Status.EXPIRED,
            "has expired. It was issued on 1 June 2026 and held until 31 May 2027.",
        ),
        (replace(HELD, ends_on=None), date(2090, 1, 1), Status.HOLDS, "is valid. It was issued on 1 June 2026."),
        (
            SUPERSEDED,
            date(2026, 7, 1),
            Status.SUPERSEDED,
            "has been replaced by a newer one: 0000-0015-0. It was issued on 1 June 2026.",
        ),
        (
            REVOKED,
            date(2026, 7, 31),
            Status.SUPERSEDED,
            "has been replaced by a newer one. It was issued on 1 June 2026.",
        ),
        (REVOKED, date(2026, 8, 1), Status.REVOKED, "is not valid any more. It was withdrawn by the network."),
    ],
)
def test_a_certificate_says_whether_it_holds(held: Certificate, on: date, status: Status, said: str) -> None:
    assert certificate.status(held, on=on) == status
    assert certificate.verdict(held, on=on) == f"This certificate {said}"


def test_every_type_of_membership_has_its_wording_and_none_claims_accreditation() -> None:
    assert set(WORDING) == set(MembershipType)
    for kind in MembershipType:
        words = certificate.wording(replace(HELD, membership=kind))
        assert "took part in" in words
        assert "accredited by" not in words


def test_a_certificate_is_issued_on_completing_the_cycle() -> None:
    day = date(2026, 6, 1)
    certificate.refuse_issue(completed=True, membership="full", issued_on=day, ends_on=None)

    for completed, membership, ends_on in ((False, "full", None), (True, "guest", None), (True, "full", day)):
        with pytest.raises(NotAllowed, match="when a community has completed the cycle"):
            certificate.refuse_issue(completed=completed, membership=membership, issued_on=day, ends_on=ends_on)


def test_a_certificate_is_revoked_once_with_a_reason() -> None:
    certificate.refuse_revocation(HELD, on=date(2026, 7, 1), reason="Issued in error")

    for held, reason in ((REVOKED, "Issued in error"), (HELD, " ")):
        with pytest.raises(NotAllowed, match=r"^A certificate is revoked once, with a reason\.$"):
            certificate.refuse_revocation(held, on=date(2026, 9, 1), reason=reason)
