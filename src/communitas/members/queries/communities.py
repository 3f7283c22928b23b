"""Communities for lists and their own pages. A hidden address shows to the office and the community alone."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.members.models import Community, CommunityChange, Membership, Network, RoleGrant
from communitas.members.rules.changing import STANDING

_TYPES = dict(Membership.Type.choices)
_WORDS = {
    "rename": ("renamed from %(before)s to %(after)s"),
    "change_type": ("changed from %(before)s to %(after)s"),
    "merge": ("became part of %(after)s"),
    "close": "closed",
    "withdraw": ("withdrew from the network"),
    "rejoin": ("came back into the network"),
}


def listed_communities(network: Network, *, on: date) -> QuerySet[Community]:
    """The communities of a network with the type of membership that holds on the day (`membership_type`)."""
    current = Membership.objects.filter(community=OuterRef("pk"), since__lte=on).exclude(until__lte=on)
    return (
        Community.objects.filter(network=network)
        .select_related("service_type", "organisation")
        .annotate(
            membership_type=Subquery(current.order_by("-since").values("type")[:1]),
            fee_paid_on=Subquery(current.order_by("-since").values("fee_paid_on")[:1]),
        )
    )


def membership_words(kind: str | None) -> str:
    """A type of membership as people read it."""
    return str(_TYPES.get(kind or "", "")) if kind else _("none now")


def place_shown(community: Community, *, insider: bool) -> str:
    """Where a community is, as far as this reader may know."""
    if community.hidden_address and not insider:
        return _("not shown")
    return ", ".join(part for part in (community.town, community.region, community.country) if part)


def profile_lines(community: Community, *, insider: bool) -> list[tuple[str, Any]]:
    """The profile as pairs of a word and a value; empty values are left out."""
    hidden = community.hidden_address and not insider
    address = "" if hidden else ", ".join(community.address.split("\n"))
    lines: list[tuple[str, Any]] = [
        (_("Service type"), community.service_type.name),
        (_("Organisation"), community.organisation.name if community.organisation else ""),
        (_("Place"), place_shown(community, insider=insider)),
        (_("Postal address"), address),
        (_("Telephone"), "" if hidden else community.phone),
        (_("Website"), community.website),
        (_("Code"), community.code),
    ]
    return [(word, value) for word, value in lines if value]


def people_in(community: Community) -> list[RoleGrant]:
    """The roles held in a community now, by display name."""
    held = RoleGrant.objects.filter(community=community, until_at=None)
    return list(held.select_related("account", "community", "network").order_by("account__display_name", "pk"))


def community_history(community: Community) -> list[dict[str, str]]:
    """What happened to a community, newest first, ready for the history component."""
    changes = CommunityChange.objects.filter(community=community).select_related("by")
    return [
        {
            "what": _(_WORDS.get(change.kind, change.kind)) % {"before": change.before, "after": change.after},
            "by": change.by.display_name,
            "when": date_format(change.effective_on, "j F Y"),
            "reason": change.reason,
        }
        for change in changes
    ]


def status_words(status: str) -> str:
    """The standing of a community as people read it."""
    return _(STANDING.states[status])
