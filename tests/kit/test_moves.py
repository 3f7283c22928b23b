"""A table of moves answers the action, the buttons and the diagram."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves

KETTLE = Moves(
    "Kettle",
    {"cold": "Cold", "hot": "Hot", "empty": "Empty"},
    (
        Move("heat", "Heat it", "cold", "hot", ("cook",), "there is water"),
        Move("pour", "Pour it", ("cold", "hot"), "empty", ("cook", "guest"), sentence="There is nothing to pour."),
        Move("scold", "Complain", "hot", None, ("guest",), needs_reason=True),
    ),
)


def test_a_move_leads_to_its_state() -> None:
    assert [KETTLE.move("cold", "heat"), KETTLE.move("hot", "pour")] == ["hot", "empty"]


def test_a_move_without_a_target_stays() -> None:
    assert KETTLE.move("hot", "scold", reason="Too hot") == "hot"


def test_the_first_state_is_the_start() -> None:
    assert KETTLE.start == "cold"


def test_the_buttons_are_the_moves_allowed_to_a_role() -> None:
    assert [move.verb for move in KETTLE.allowed("hot")] == ["pour", "scold"]
    assert [move.verb for move in KETTLE.allowed("hot", by="cook")] == ["pour"]
    assert KETTLE.allowed("empty") == ()


def test_a_move_is_refused_with_its_own_sentence() -> None:
    with pytest.raises(NotAllowed) as refused:
        KETTLE.move("empty", "pour")

    assert refused.value.why == "There is nothing to pour."


def test_a_move_without_a_sentence_says_where_it_starts() -> None:
    with pytest.raises(NotAllowed) as refused:
        KETTLE.move("empty", "heat")

    assert refused.value.why == "'Heat it' is possible from 'Cold'; now it is 'Empty'."


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(NotAllowed) as refused:
        KETTLE.move("hot", "scold", reason=" ")

    assert refused.value.why == "Please give a reason: complain."


def test_an_unknown_verb_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        KETTLE.move("hot", "fly")


def test_a_table_refuses_a_state_that_it_does_not_name() -> None:
    with pytest.raises(ValueError, match="Kettle: unknown state warm"):
        Moves("Kettle", {"cold": "Cold"}, (Move("heat", "Heat", "cold", "warm"),))


def test_a_table_refuses_two_moves_with_one_verb_from_one_state() -> None:
    twice = (Move("heat", "Heat", "cold", "hot"), Move("heat", "Heat", ("hot", "cold"), "cold"))

    with pytest.raises(ValueError, match="two moves with one verb"):
        Moves("Kettle", {"cold": "Cold", "hot": "Hot"}, twice)


def test_the_diagram_shows_every_state_and_every_move() -> None:
    assert KETTLE.mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> cold\n"
        "    cold: Cold\n"
        "    hot: Hot\n"
        "    empty: Empty\n"
        "    cold --> hot: Heat it\n"
        "    cold --> empty: Pour it\n"
        "    hot --> empty: Pour it\n"
        "    hot --> hot: Complain\n"
    )
