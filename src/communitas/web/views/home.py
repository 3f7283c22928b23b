"""Home: where my community is in the cycle, what I do next and by when, what changed since I was last here."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse

from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community
from communitas.web import actions
from communitas.web.queries import home as reads
from communitas.web.queries.news import since_words
from communitas.web.queries.office import desk_of

FIRST_TIME = timedelta(days=7)
SINCE = "home_since"


@for_members
def home(request: MemberRequest) -> HttpResponse:
    """The first page after sign-in."""
    since = _since(request)
    communities = reads.communities_of(request.actor, request.network)
    office = request.actor.holds("office", request.network.pk)
    context: dict[str, Any] = {
        "greeting": reads.greeting(request.now, request.user.display_name),
        "since": since_words(since, request.now),
        "visits": reads.my_visits(request.actor, request.network, request.now),
        "reviews": any(request.actor.holds(role, request.network.pk) for role in ("reviewer", "lead_reviewer")),
        "desk": desk_of(request.actor, request.network, since=since, now=request.now) if office else None,
        "somebody": office
        or bool(communities)
        or any(held.network == request.network.pk for held in request.actor.held),
        "administrator": request.user.is_administrator,
        "committee": request.actor.holds("committee", request.network.pk),
    }
    if communities:
        chosen = _chosen(request, communities)
        context["place"] = reads.place_of(request.actor, chosen, since=since, now=request.now)
        context["choices"] = reads.choices(communities, chosen) if len(communities) > 1 else []
    return page(request, "web/home.html", context)


def _chosen(request: MemberRequest, communities: list[Community]) -> Community:
    wanted = request.GET.get("community", "")
    return next((each for each in communities if str(each.pk) == wanted), communities[0])


def _since(request: MemberRequest) -> datetime:
    """The visit before this one; it stays the same until the person has been away for a while."""
    before = actions.note_presence(by=request.user, at=request.now)
    if before:
        request.session[SINCE] = before.isoformat()
    kept = request.session.get(SINCE)
    return datetime.fromisoformat(kept) if kept else request.now - FIRST_TIME
