"""Feedback on the visit, both ways."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import FeedbackForm
from communitas.visits.lists import FEEDBACK
from communitas.visits.models import Visit
from communitas.visits.rules.feedback import HOST, TEAM
from communitas.visits.views.yours import PLACES


@for_members
def give_feedback(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how the visit was: the community lead about the team, each of the team about the visit."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.write_feedback)
    side = TEAM if found.enrolment_id in request.actor.scopes("team") else HOST
    form = FeedbackForm(request.POST or None, side=side)
    own = queries.own_feedback(found, request.user)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("good", "better")}
        try:
            actions.send_feedback(
                visit=found, side=side, answers=form.answers(), by=request.user, at=request.now, **words
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Thank you. The other side reads it when both have answered."))
            return redirect("visits:visit", pk)
    context = {"visit": found, "form": form, "own": own, "from_host": side == HOST}
    return page(request, "visits/feedback_form.html", context, status=422 if form.errors else 200)


@for_members
def team_feedback(request: MemberRequest, pk: int) -> HttpResponse:
    """What the team said about the visit, for the community; the office reads both sides."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read_team_feedback)
    office = policy.list_feedback.allows(request.actor, request.network)
    sides = [(TEAM, _("What the team said"))] + ([(HOST, _("What the community said"))] if office else [])
    return page(request, "visits/feedback.html", _context(found, sides, named=office))


@for_members
def place_feedback(request: MemberRequest, pk: int) -> HttpResponse:
    """What the community said about the team, for somebody who was on it."""
    place = load(PLACES, pk, actor=request.actor, may=policy.read_own_feedback)
    return page(request, "visits/feedback.html", _context(place.visit, [(HOST, _("What the community said"))]))


@for_members
def all_feedback(request: MemberRequest) -> HttpResponse:
    """Every feedback of the network with its means by question, for the office."""
    policy.list_feedback.require(request.actor, request.network)
    found = queries.all_feedback(request.network.pk)
    if FEEDBACK.wants_download(request):
        return FEEDBACK.download(found, request)
    chosen = list(FEEDBACK.narrow(found, request))
    context = {
        "listing": FEEDBACK.read(found, request),
        "sides": [
            {"title": words, "answered": queries.summary([row for row in chosen if row.side == side], side)}
            for side, words in ((HOST, _("Communities about their teams")), (TEAM, _("Teams about their visits")))
        ],
    }
    return page(request, "visits/all_feedback.html", context, partial="list")


def _context(visit: Visit, sides: list[tuple[str, str]], *, named: bool = False) -> dict[str, Any]:
    parts = []
    for side, title in sides:
        rows = queries.feedback_of(visit, side)
        said = [
            {"good": row.good, "better": row.better, "by": row.account.display_name if named else ""}
            for row in rows
            if row.good or row.better
        ]
        parts.append({"title": title, "answered": queries.summary(rows, side), "said": said, "count": len(rows)})
    return {"visit": visit, "parts": parts}
