"""Who gives a role to whom."""

from collections.abc import Hashable
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence
from communitas.members.rules.roles import SECOND_FACTOR_ROLES, Duty, Role, belongs_to_a_community

# The row of the table of permissions that a granter needs for each role; nobody is made 'public'.
ACTION_TO_GRANT: Final = {
    Role.STAFF: "role.grant_member",
    Role.CLIENT_MEMBER: "role.grant_member",
    Role.COMMUNITY_LEAD: "role.grant_lead_or_reviewer",
    Role.REVIEWER: "role.grant_lead_or_reviewer",
    Role.LEAD_REVIEWER: "role.grant_lead_or_reviewer",
    Role.OFFICE: "role.grant_office_or_committee",
    Role.COMMITTEE: "role.grant_office_or_committee",
    Role.ADMIN: "role.grant_admin",
}
FROM_ANYWHERE: Final = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
MEMBER_ROLES: Final = frozenset({Role.STAFF, Role.CLIENT_MEMBER})  # those a community lead gives
TWO_PERSON_ROLES: Final = frozenset({Role.OFFICE, Role.COMMITTEE})
ACTION_TO_GRANT_DUTY: Final = "role.grant_office_or_committee"


@rule
def refuse_own_grant(*, granter: Hashable, receiver: Hashable) -> None:
    """Nobody grants a role to themselves."""
    if granter == receiver:
        raise NotAllowed(sentence(refuse_own_grant))


@rule
def refuse_own_confirmation(*, proposer: Hashable, confirmer: Hashable, subject: Hashable = None) -> None:
    """Nobody confirms what they proposed, or what is for themselves.

    `subject` is the person the act is about; None where it is about nobody.
    """
    if confirmer == proposer or (subject is not None and confirmer == subject):
        raise NotAllowed(sentence(refuse_own_confirmation))


@rule
def refuse_misplaced_role(role: Role, *, in_community: bool) -> None:
    """Staff, client members and community leads have their role in a community; office and committee in the network.

    Reviewers may name the community they come from; former staff and client members come from none.
    """
    if role == Role.PUBLIC or (belongs_to_a_community(role) != in_community and role not in FROM_ANYWHERE):
        raise NotAllowed(sentence(refuse_misplaced_role))


@rule
def refuse_duty(duty: Duty, roles: frozenset[Role]) -> None:
    """A duty such as data protection is held by a member of the office."""
    if Role.OFFICE not in roles:
        raise NotAllowed(f"{sentence(refuse_duty)} This person is not yet: {duty.word}.")


@rule
def roles_in_force(roles: frozenset[Role], *, has_factor: bool, required: bool) -> frozenset[Role]:
    """A role that needs a second factor gives its rights once the person has set one up.

    `required` is the setting of the installation. The answer is the roles that give rights now.
    """
    return roles if has_factor or not required else roles - SECOND_FACTOR_ROLES
