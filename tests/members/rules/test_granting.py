"""Roles, who gives them, and what they need."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.members.rules import granting, roles, table
from communitas.members.rules.granting import ACTION_TO_GRANT, ACTION_TO_GRANT_DUTY
from communitas.members.rules.roles import Duty, Role
from tests.members.rules.test_table import OURS


def test_every_role_but_public_is_granted_by_an_action_of_the_table() -> None:
    actions = set(table.load(OURS))

    assert set(ACTION_TO_GRANT) == set(Role) - {Role.PUBLIC}
    assert {*ACTION_TO_GRANT.values(), ACTION_TO_GRANT_DUTY} == {
        action for action in actions if action.startswith("role.grant")
    }


def test_nobody_grants_a_role_to_themselves() -> None:
    granting.refuse_own_grant(granter=1, receiver=2)

    with pytest.raises(NotAllowed, match=r"^Nobody grants a role to themselves\.$"):
        granting.refuse_own_grant(granter=1, receiver=1)


@pytest.mark.parametrize(
    ("proposer", "confirmer", "subject", "refused"),
    [(1, 2, 3, False), (1, 2, None, False), (1, 1, 3, True), (1, 2, 2, True), (1, 1, None, True)],
)
def test_nobody_confirms_what_is_theirs(proposer: int, confirmer: int, subject: int | None, refused: bool) -> None:
    if not refused:
        granting.refuse_own_confirmation(proposer=proposer, confirmer=confirmer, subject=subject)
        return
    with pytest.raises(NotAllowed, match="Nobody confirms"):
        granting.refuse_own_confirmation(proposer=proposer, confirmer=confirmer, subject=subject)


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_place(role: Role) -> None:
    local = role in {Role.STAFF, Role.CLIENT_MEMBER, Role.COMMUNITY_LEAD}
    if role != Role.PUBLIC:
        granting.refuse_misplaced_role(role, in_community=local)

    if role in {Role.REVIEWER, Role.LEAD_REVIEWER}:
        granting.refuse_misplaced_role(role, in_community=True)
    else:
        with pytest.raises(NotAllowed):
            granting.refuse_misplaced_role(role, in_community=not local)


def test_nobody_is_made_public() -> None:
    for in_community in (True, False):
        with pytest.raises(NotAllowed):
            granting.refuse_misplaced_role(Role.PUBLIC, in_community=in_community)


def test_a_duty_belongs_to_the_office() -> None:
    granting.refuse_duty(Duty.SAFEGUARDING, frozenset({Role.OFFICE}))

    with pytest.raises(NotAllowed, match="safeguarding contact"):
        granting.refuse_duty(Duty.SAFEGUARDING, frozenset({Role.COMMITTEE}))


@pytest.mark.parametrize("role", Role)
def test_four_roles_need_a_second_factor(role: Role) -> None:
    strong = role in {Role.LEAD_REVIEWER, Role.OFFICE, Role.COMMITTEE, Role.ADMIN}

    assert roles.needs_second_factor(frozenset({Role.STAFF, role})) is strong


@pytest.mark.parametrize(
    ("has_factor", "required", "left"),
    [
        (True, True, {Role.STAFF, Role.OFFICE}),
        (False, True, {Role.STAFF}),
        (False, False, {Role.STAFF, Role.OFFICE}),
    ],
)
def test_a_role_waits_for_its_second_factor(has_factor: bool, required: bool, left: set[Role]) -> None:
    held = frozenset({Role.STAFF, Role.OFFICE})

    assert granting.roles_in_force(held, has_factor=has_factor, required=required) == left
