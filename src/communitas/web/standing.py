"""As what somebody is here, in one line: 'Lark House · community lead'."""

from django.http import HttpRequest

from communitas.members.actors import Actor
from communitas.members.models import Community, Network, RoleGrant

_WORDS = dict(RoleGrant.Role.choices)


def standing_line(request: HttpRequest) -> str:
    """The communities and roles held in this network, shortest first; empty for somebody without a role here."""
    network: Network = request.network  # type: ignore[attr-defined]  # set by NetworkMiddleware
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    held = [role for role in actor.held if role.network == network.pk]
    names = Community.objects.in_bulk({role.community for role in held if role.community})
    by_place: dict[str, list[str]] = {}
    for role in held:
        place = names[role.community].name if role.community else ""
        by_place.setdefault(place, []).append(str(_WORDS[role.role]))
    return "; ".join(
        " · ".join([part for part in (place, ", ".join(words)) if part]) for place, words in by_place.items()
    )
