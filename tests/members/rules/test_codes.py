"""Codes of communities."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.members.rules import codes


@pytest.mark.parametrize("code", ["TC01", "a", "north-1.b_2", "007", "x" * 40])
def test_a_good_code_is_accepted(code: str) -> None:
    codes.refuse_code(code, ["other"])


@pytest.mark.parametrize(
    "code",
    ["", " TC01", "TC 01", "TC/01", "Ä1", "\uff11", ".", "..", "con", "NUL.txt", "x" * 41, "a\n"],
)
def test_a_code_that_cannot_name_a_file_is_refused(code: str) -> None:
    with pytest.raises(NotAllowed, match="is not such a code"):
        codes.refuse_code(code)


def test_codes_are_equal_ignoring_capital_letters() -> None:
    with pytest.raises(NotAllowed, match="'tc01' is already in use"):
        codes.refuse_code("tc01", ["TC01"])

    assert codes.repeated(["TC01", "TC02", "tc01"]) == {"tc01"}
