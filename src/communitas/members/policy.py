"""Who may do what, read from the table of permissions. The atoms of its cells become conditions here.

`allow('enrolment.read', network='cycle__network', community='community', scope='pk')` makes the permission of a row:
each cell's words are turned into a condition along the given paths of the model. A cell that needs a word nobody
explained is refused when Django starts, so that no permission can be wider than its row.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from communitas.kit.permissions import ANYBODY, NOBODY, Condition, Permission, every, some, where
from communitas.members.actors import Actor
from communitas.members.rules import table
from communitas.members.rules.roles import Duty

NEVER: Condition = lambda actor, role: NOBODY  # noqa: E731  # a constant condition reads best as one
ALWAYS: Condition = lambda actor, role: ANYBODY  # noqa: E731  # likewise
LATER = frozenset({"L", "V", "B", "G"})  # links, verified addresses, break-glass, aggregates: nobody holds one yet
KEPT_OFF = frozenset({"reviewer", "lead_reviewer", "committee"})  # roles that a declared interest denies


@lru_cache(maxsize=1)
def permissions_table() -> dict[str, dict[str, table.Expression]]:
    """The table of permissions as the package ships it."""
    return table.load(resources.files("communitas.members").joinpath("permissions.csv").read_text("utf-8"))


def allow(
    action: str,
    *,
    why: str,
    network: str | None,
    community: str | None = None,
    scope: str | None = None,
    subject: str | None = None,
    atoms: Mapping[str, Condition] | None = None,
    sees: Permission | None = None,
) -> Permission:
    """The permission of one row of the table.

    The paths lead from the object to the ids of its network, its community, its scope (the enrolment that a team member
    or contributor is named for) and its subject or author; `pk` is the object itself. `atoms` explains the words that
    depend on the object alone, such as W, F and P. `network=None` means the object belongs to no network.
    """
    row = permissions_table().get(action)
    if row is None:
        raise ImproperlyConfigured(f"{action} has no row in permissions.csv")
    words = {**_along(community, scope, subject), **_duties(network), **(atoms or {})}
    cells: dict[str, Condition] = {}
    for role, expression in row.items():
        if expression.never:
            continue
        choices = [every(*(_word(action, role, atom, words) for atom in all_of)) for all_of in expression.alternatives]
        limits = [_within(network)] if network and role not in {"public", "admin"} else []
        if community and role in KEPT_OFF:
            limits.append(_no_interest(community))
        cells[role] = every(*limits, some(*choices))
    seconds = {
        role: next((atom.argument for atom in expression.atoms() if atom.name == "2"), "")
        for role, expression in row.items()
        if any(atom.name == "2" for atom in expression.atoms())
    }
    return Permission(action, why, cells, sees, seconds)


def _word(action: str, role: str, atom: table.Atom, words: Mapping[str, Condition]) -> Condition:
    if atom.name == "Y":
        return ALWAYS
    if atom.name in {"N", "2"}:  # a second person is the confirmation's business, not the first person's
        return NEVER if atom.name == "N" else ALWAYS
    if str(atom) in words:
        return words[str(atom)]
    if atom.name in LATER:
        return NEVER
    raise ImproperlyConfigured(f"{action}: the cell of {role} needs a meaning for {atom}")


def _along(community: str | None, scope: str | None, subject: str | None) -> dict[str, Condition]:
    words: dict[str, Condition] = {}
    if subject:
        words["S"] = lambda actor, role: Q(**{subject: actor.account_id}) if actor.account_id else NOBODY
    if community:
        words["O"] = lambda actor, role: Q(**{f"{community}__in": actor.communities_as(role)})
    if community and scope:
        words["K"] = every(words["O"], lambda actor, role: Q(**{f"{scope}__in": actor.scopes("contributor")}))
    if scope:
        words["T"] = lambda actor, role: Q(**{f"{scope}__in": actor.scopes("team")})
        words["T+30"] = lambda actor, role: Q(**{f"{scope}__in": actor.scopes("team", grace=True)})
        words["C"] = lambda actor, role: Q(**{f"{scope}__in": actor.scopes("panel")})
    elif community:
        words["T"] = lambda actor, role: Q(**{f"{community}__in": actor.communities_via("team")})
        words["C"] = lambda actor, role: Q(**{f"{community}__in": actor.communities_via("panel")})
    return words


def _duties(network: str | None) -> dict[str, Condition]:
    if not network:
        return {}
    return {
        duty.value: (
            lambda actor, role, name=duty.value: Q(**{f"{network}__in": actor.networks_with_duty(name)})  # type: ignore[misc]
        )
        for duty in Duty
    }


def _within(network: str) -> Condition:
    return lambda actor, role: Q(**{f"{network}__in": actor.networks_as(role)})


def _no_interest(community: str) -> Condition:
    return lambda actor, role: ~Q(**{f"{community}__in": actor.interests}) if actor.interests else ANYBODY


def members_of(actor: Actor) -> Q:
    """The networks in which the actor holds any role."""
    return Q(pk__in={held.network for held in actor.held})


configure = allow("network.configure", why="Only the office changes the settings of its network.", network="pk")
send_invitation = allow(
    "invitation.send",
    why="Only the office, or the community lead for the own community, invites people.",
    network="network",
    community="pk",
)
read_profile = allow(
    "community.read_profile",
    why="Only people of the community, its visit team and the office read its profile.",
    network="network",
    community="pk",
)
update_profile = allow(
    "community.update_profile",
    why="Only the community lead and the office change the profile.",
    network="network",
    community="pk",
    sees=read_profile,
)
list_people = allow(
    "community.list_people",
    why="Only the community lead, the visit team and the office see who belongs to the community.",
    network="network",
    community="pk",
    sees=read_profile,
)
grant_member = allow(
    "role.grant_member",
    why="Only the community lead and the office give the role of staff or client member.",
    network="network",
    community="pk",
    sees=read_profile,
)
grant_lead = allow(
    "role.grant_lead_or_reviewer",
    why="Only the office makes somebody a community lead or reviewer.",
    network="network",
    community="pk",
    sees=read_profile,
)
grant_in_network = allow(
    "role.grant_lead_or_reviewer",
    why="Only the office gives roles in the network.",
    network="pk",
)
grant_office = allow(
    "role.grant_office_or_committee",
    why="Only the office proposes somebody for the office or the committee, and a second person confirms.",
    network="network",
)
create_without_email = allow(
    "account.create_without_email",
    why="Only the community lead and the office make accounts for people without an address.",
    network="network",
    community="pk",
    sees=read_profile,
)
manage_invitation = allow(
    "invitation.manage",
    why="Only the community lead and the office send an invitation again or withdraw it.",
    network="network",
    community="community",
    atoms={"W": where(role__in=["staff", "client_member"])},
)
end_role = allow(
    "role.end",
    why="The office ends roles; the community lead ends those of staff and client members of the community.",
    network="network",
    community="community",
    atoms={"W": where(role__in=["staff", "client_member"])},
)
read_contact = allow(
    "person.read_contact",
    why="Only the person, the office, the community lead and the visit team see how to reach somebody.",
    network="network",
    community="community",
    subject="account",
)
list_network_people = allow("network.list_people", why="Only the office sees everybody in the network.", network="pk")
create_community = allow("community.create", why="Only the office adds communities.", network="pk")
change_community = allow(
    "community.change",
    why="Only the office renames, closes, merges or withdraws a community.",
    network="network",
    community="pk",
    sees=read_profile,
)
import_communities = allow("community.import", why="Only the office imports communities.", network="pk")
read_membership = allow(
    "membership.read",
    why="Only the community lead and the office see the membership and its fee.",
    network="network",
    community="pk",
    sees=read_profile,
)
manage_membership = allow(
    "membership.manage",
    why="Only the office changes memberships.",
    network="network",
    community="pk",
    sees=read_profile,
)
suspend_account = allow("account.suspend", why="Only a site administrator closes an account.", network=None)
read_directory = allow(
    "directory.read",
    why="The list of communities is not public.",
    network="network",
    atoms={"P": where(status="active")},
)
