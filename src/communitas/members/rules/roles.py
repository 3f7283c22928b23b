"""The roles and duties of a network, in the words of the table of permissions."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a network; one person may hold several, also in several communities."""

    PUBLIC = "public"
    STAFF = "staff"
    CLIENT_MEMBER = "client_member"
    COMMUNITY_LEAD = "community_lead"
    REVIEWER = "reviewer"
    LEAD_REVIEWER = "lead_reviewer"
    OFFICE = "office"
    COMMITTEE = "committee"
    ADMIN = "admin"

    @property
    def word(self) -> str:
        """The role's name as people read it, in English; a network may show its own word."""
        return _TITLES[self]


class Duty(StrEnum):
    """A named task that a member of the office holds besides the role."""

    SECRETARY = "sec"
    DATA_PROTECTION = "dpo"
    MODERATION = "mod"
    ANALYSIS = "ana"
    SAFEGUARDING = "safe"

    @property
    def word(self) -> str:
        """The duty's name as people read it, in English."""
        return _DUTY_TITLES[self]


_TITLES = {
    Role.PUBLIC: "anyone",
    Role.STAFF: "staff",
    Role.CLIENT_MEMBER: "client member",
    Role.COMMUNITY_LEAD: "community lead",
    Role.REVIEWER: "reviewer",
    Role.LEAD_REVIEWER: "lead reviewer",
    Role.OFFICE: "office",
    Role.COMMITTEE: "committee member",
    Role.ADMIN: "site administrator",
}
_DUTY_TITLES = {
    Duty.SECRETARY: "secretary",
    Duty.DATA_PROTECTION: "data protection contact",
    Duty.MODERATION: "moderator",
    Duty.ANALYSIS: "analyst",
    Duty.SAFEGUARDING: "safeguarding contact",
}

# Held in one community; every other role is held in the network (the administrator's in the installation).
COMMUNITY_ROLES = frozenset({Role.STAFF, Role.CLIENT_MEMBER, Role.COMMUNITY_LEAD})
SECOND_FACTOR_ROLES = frozenset({Role.LEAD_REVIEWER, Role.OFFICE, Role.COMMITTEE, Role.ADMIN})


def needs_second_factor(roles: frozenset[Role]) -> bool:
    """Lead reviewers, the office, the committee and administrators sign in with a second factor."""
    return bool(roles & SECOND_FACTOR_ROLES)


def belongs_to_a_community(role: Role) -> bool:
    """Whether the role is held in one community rather than in the network."""
    return role in COMMUNITY_ROLES
