"""Reads for the pages that belong to no single app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.models import Proposal
from communitas.members.actors import Actor
from communitas.members.models import Network, RoleGrant


@dataclass(frozen=True)
class Standing:
    """A network and the roles that a person holds in it, as sentences such as 'staff at Lark House'."""

    name: str
    url: str
    roles: tuple[str, ...]


def listed_networks() -> list[dict[str, str]]:
    """The networks that the installation's front page shows."""
    listed = Network.objects.filter(listed=True).select_related("tenant")
    return [
        {"name": network.name, "strapline": network.strapline, "url": path_of(network.slug, "web:front")}
        for network in listed
    ]


def standings(account: Any, *, now: datetime) -> list[Standing]:
    """Where a person holds which roles, network by network."""
    grants = (
        RoleGrant.objects.filter(account=account, since_at__lte=now)
        .exclude(until_at__lte=now)
        .select_related("network__tenant", "community")
        .order_by("network__name", "community__name", "pk")
    )
    roles: dict[Network, list[str]] = {}
    for grant in grants:
        place = _("%(role)s at %(community)s") if grant.community else "%(role)s"
        words = place % {"role": grant.get_role_display(), "community": grant.community}
        roles.setdefault(grant.network, []).append(words)
    return [Standing(network.name, path_of(network.slug, "web:home"), tuple(words)) for network, words in roles.items()]


def public_pages() -> list[dict[str, str]]:
    """What anybody may read of a network."""
    return [
        {
            "label": _("The standards"),
            "url": reverse("standards:sets"),
            "text": _("What communities look at together."),
        },
        {"label": _("National reports"), "url": reverse("reports:nationals"), "text": _("What a whole cycle found.")},
        {"label": _("Members"), "url": reverse("members:directory"), "text": _("The communities of the network.")},
        {"label": _("Check a certificate"), "url": "/verify/", "text": _("Type its code to see whether it is true.")},
    ]


def proposals_for(actor: Actor, network: Network) -> list[Proposal]:
    """What waits for a second person in the network, and that this person may read: their own and those to confirm."""
    waiting: QuerySet[Proposal] = Proposal.objects.filter(tenant=network.tenant, state=Proposal.State.WAITING)
    return confirmations.open_to(actor, waiting.select_related("proposed_by", "tenant").order_by("proposed_at"))
