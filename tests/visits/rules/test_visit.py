"""A visit moves as its table says."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.visits.rules.visit import EDITABLE_STATES, FORMS, TEAM_STATES, VISIT


def test_a_visit_goes_from_planned_to_closed() -> None:
    states = ["planned"]

    for verb in ("appoint_team", "confirm", "hold", "close"):
        states.append(VISIT.move(states[-1], verb))

    assert states == ["planned", "team_appointed", "confirmed", "held", "closed"]


@pytest.mark.parametrize("state", ["planned", "team_appointed", "confirmed"])
def test_a_visit_is_postponed_with_a_reason_and_planned_again(state: str) -> None:
    with pytest.raises(NotAllowed, match="give a reason"):
        VISIT.move(state, "postpone")

    postponed = VISIT.move(state, "postpone", reason="Illness on the ward")

    assert (postponed, VISIT.move(postponed, "plan_again")) == ("postponed", "planned")


@pytest.mark.parametrize("verb", ["postpone", "cancel"])
@pytest.mark.parametrize("state", ["held", "closed", "cancelled"])
def test_what_took_place_is_neither_postponed_nor_cancelled(verb: str, state: str) -> None:
    with pytest.raises(NotAllowed, match="has not taken place yet"):
        VISIT.move(state, verb, reason="Snow")


def test_changing_the_team_keeps_the_state() -> None:
    assert VISIT.move("confirmed", "change_team", reason="A reviewer is ill") == "confirmed"


def test_the_lead_reviewer_records_and_closes_and_nothing_else() -> None:
    assert {move.verb for move in VISIT.moves if "lead_reviewer" in move.by} == {"hold", "close"}


def test_forms_and_groups_of_states_are_of_the_table() -> None:
    assert list(FORMS) == ["on_site", "virtual", "hybrid"]
    assert set(VISIT.states) >= TEAM_STATES | EDITABLE_STATES
