"""What the screens of networks, communities and people show."""

from communitas.members.queries.communities import (
    community_history,
    listed_communities,
    membership_words,
    people_in,
    place_shown,
    profile_lines,
)
from communitas.members.queries.imports import Preview, preview_of
from communitas.members.queries.people import (
    PersonLine,
    invitations_of,
    kept_of,
    people_of_network,
    person_in_network,
    role_lines,
    roles_in_network,
    working_calendar,
)

__all__ = [
    "PersonLine",
    "Preview",
    "community_history",
    "invitations_of",
    "kept_of",
    "listed_communities",
    "membership_words",
    "people_in",
    "people_of_network",
    "person_in_network",
    "place_shown",
    "preview_of",
    "profile_lines",
    "role_lines",
    "roles_in_network",
    "working_calendar",
]
