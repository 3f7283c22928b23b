"""Terms of membership are half-open and do not overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit.exceptions import NotAllowed
from communitas.members.rules import membership
from communitas.members.rules.membership import MembershipType, Term

YEAR = Term(date(2026, 4, 1), date(2027, 4, 1))
DAYS = st.integers(0, 20).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
terms = st.tuples(DAYS, st.none() | st.integers(1, 10)).map(
    lambda drawn: Term(drawn[0], None if drawn[1] is None else drawn[0] + timedelta(days=drawn[1]))
)


def test_a_term_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)]

    assert [YEAR.holds_on(day) for day in days] == [False, True, True, False]
    assert Term(date(2026, 4, 1)).holds_on(date(2090, 1, 1))


def test_a_term_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Term(date(2026, 4, 1), date(2026, 4, 1))


@given(one=terms, other=terms)
def test_terms_overlap_when_they_share_a_day(one: Term, other: Term) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(60)]

    shared = any(one.holds_on(day) and other.holds_on(day) for day in days)

    assert one.overlaps(other) is shared
    assert other.overlaps(one) is shared


def test_one_membership_at_a_time() -> None:
    membership.refuse_overlap(Term(date(2027, 4, 1)), (YEAR,))

    with pytest.raises(NotAllowed, match=r"^A community has one membership at a time\.$"):
        membership.refuse_overlap(Term(date(2027, 3, 31)), (YEAR,))


def test_the_current_type_follows_the_day() -> None:
    held = ((MembershipType.ASSOCIATE, YEAR), (MembershipType.FULL, Term(date(2027, 4, 1))))

    assert membership.current(held, date(2026, 5, 1)) == MembershipType.ASSOCIATE
    assert membership.current(held, date(2027, 4, 1)) == MembershipType.FULL
    assert membership.current(held, date(2026, 1, 1)) is None
