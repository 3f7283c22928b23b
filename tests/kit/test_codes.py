"""Codes on paper: whatever one hand gets wrong once is found, and the sentence says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit import codes

GROUPS = 3
SIGNS = st.text(codes.ALPHABET, min_size=GROUPS * codes.DATA, max_size=GROUPS * codes.DATA)
PLACE = st.integers(0, GROUPS * codes.GROUP - 1)


def plain(signs: str) -> str:
    return codes.with_checks(signs).replace("-", "")


@given(SIGNS)
def test_code_reads_back_as_what_it_carries(signs: str) -> None:
    assert codes.read(codes.with_checks(signs), GROUPS) == signs


@given(SIGNS, PLACE, st.sampled_from(codes.ALPHABET))
def test_every_single_wrong_sign_is_found_in_its_group(signs: str, place: int, other: str) -> None:
    code = plain(signs)
    wrong = code[:place] + other + code[place + 1 :]

    if wrong == code:
        assert codes.read(wrong, GROUPS) == signs
    else:
        with pytest.raises(codes.Mistyped) as found:
            codes.read(wrong, GROUPS)
        assert found.value.groups == (place // codes.GROUP + 1,)


@given(SIGNS, st.integers(0, GROUPS * codes.GROUP - 2))
def test_every_two_neighbours_in_the_wrong_order_are_found(signs: str, place: int) -> None:
    code = plain(signs)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if wrong == code:
        assert codes.read(wrong, GROUPS) == signs
    else:
        with pytest.raises(codes.Mistyped) as found:
            codes.read(wrong, GROUPS)
        assert place // codes.GROUP + 1 in found.value.groups


@given(SIGNS)
def test_two_groups_in_the_wrong_order_are_found(signs: str) -> None:
    first, second, third = codes.with_checks(signs).split("-")

    with pytest.raises(codes.Mistyped):
        codes.read("-".join([second, first, third]), GROUPS)


@given(SIGNS)
def test_handwriting_and_habits_of_typing_do_not_matter(signs: str) -> None:
    code = codes.with_checks(signs)
    habits = code.lower().replace("0", "o").replace("1", "l").replace("5", "s").replace("v", "u").replace("-", " – ")

    assert codes.read(habits, GROUPS) == signs
    assert codes.spelled(habits) == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "A code has 3 groups of 4 signs; here are 0 signs, not 12."),
        ("7KQ", "A code has 3 groups of 4 signs; here are 3 signs, not 12."),
        ("7KQ!-0000-0000", "A code has only letters and digits: please look at '!' again."),
        ("7KQ\0-0000-0000", "A code has only letters and digits: please look at '\0' again."),
    ],
)
def test_what_is_no_code_is_told_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(codes.Mistyped) as found:
        codes.read(typed, GROUPS)

    assert found.value.sentence == sentence


def test_sentence_names_the_group_that_is_wrong() -> None:
    first, second, third = codes.with_checks("7KQM2T003").split("-")
    wrong = second[:3] + ("A" if second[3] != "A" else "B")

    with pytest.raises(codes.Mistyped) as found:
        codes.read(f"{first}-{wrong}-{third}", GROUPS)

    assert found.value.sentence == f"The second group, {wrong}, is not as printed. Please look at it again."


def test_same_bytes_give_the_same_signs() -> None:
    assert codes.signs_of(b"communitas", 6) == codes.signs_of(b"communitas", 6)
    with pytest.raises(ValueError, match="6 signs are made from at least 6 bytes"):
        codes.signs_of(b"short", 6)
