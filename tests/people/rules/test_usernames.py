"""Usernames and display names."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.people.rules import display_names, usernames


@pytest.mark.parametrize("typed", ["mina", " Mina.K ", "r2-d2", "a_b", "x" * 30])
def test_a_good_username_is_accepted(typed: str) -> None:
    usernames.refuse_username(typed, {"stefan"})


@pytest.mark.parametrize("typed", ["", "mi", "x" * 31, "mina@home", "mi na", "-mina", "mina.", "минa", "mïna"])
def test_another_username_is_refused(typed: str) -> None:
    with pytest.raises(NotAllowed, match=r"^A username has 3 to 30"):
        usernames.refuse_username(typed)


def test_a_username_is_taken_whatever_its_capitals() -> None:
    with pytest.raises(NotAllowed, match="'mina' is taken"):
        usernames.refuse_username("MINA", {"mina"})


@pytest.mark.parametrize("typed", ["Mina", "José María", "王芳", "O’Neill", "Big J 2", "  Mina   K "])
def test_a_good_display_name_is_accepted(typed: str) -> None:
    display_names.refuse_display_name(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "...", "123", "mina@home.example", "https://a.example", "x" * 61, "A12345", "Mi\u202ena", "a\0"],
)
def test_another_display_name_is_refused(typed: str) -> None:
    with pytest.raises(NotAllowed, match=r"^A display name has 1 to 60"):
        display_names.refuse_display_name(typed)


def test_a_client_members_account_shows_the_first_name_alone() -> None:
    assert display_names.suggested(" Mina  Kowalska ") == "Mina"
    assert display_names.normalised("Jose\u0301  M") == "Jos\u00e9 M"
