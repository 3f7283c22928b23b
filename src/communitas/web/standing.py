"""As what somebody is here, in one line: 'Lark House · community lead'."""

from django.http import HttpRequest
from django.utils.translation import ngettext

from communitas.members.actors import Actor
from communitas.members.models import Community, Network, RoleGrant

_WORDS = dict(RoleGrant.Role.choices)


def standing_line(request: HttpRequest) -> str:
    """The roles held in this network at the first place, and how many places more; empty without a role here.

    The page 'Switch network or role' tells them all.
    """
    network: Network = request.network  # type: ignore[attr-defined]  # set by NetworkMiddleware
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    here = [role for role in actor.held if role.network == network.pk]
    held = sorted(here, key=lambda role: (role.community is None, role.community or 0, role.role))
    names = Community.objects.in_bulk({role.community for role in held if role.community})
    by_place: dict[str, list[str]] = {}
    for role in held:
        place = names[role.community].name if role.community else ""
        by_place.setdefault(place, []).append(str(_WORDS[role.role]))
    lines = [" · ".join([part for part in (place, ", ".join(words)) if part]) for place, words in by_place.items()]
    if len(lines) < 2:
        return "".join(lines)
    return ngettext("%(first)s, and %(count)s more", "%(first)s, and %(count)s more", len(lines) - 1) % {
        "first": lines[0],
        "count": len(lines) - 1,
    }
