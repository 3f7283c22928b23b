"""Networks and who belongs to them."""

from communitas.members.models.communities import Community, CommunityChange, Membership, Organisation, ServiceType
from communitas.members.models.networks import Holiday, Network
from communitas.members.models.roles import Access, Invitation, RoleGrant

__all__ = [
    "Access",
    "Community",
    "CommunityChange",
    "Holiday",
    "Invitation",
    "Membership",
    "Network",
    "Organisation",
    "RoleGrant",
    "ServiceType",
]
