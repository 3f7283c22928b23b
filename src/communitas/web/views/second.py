"""What waits for a second person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.web import queries


@for_members
def second(request: MemberRequest) -> HttpResponse:
    """The inbox: what this person may confirm, and what they proposed themselves."""
    waiting = queries.proposals_for(request.actor, request.network)
    context = {
        "to_confirm": [proposal for proposal in waiting if proposal.proposed_by_id != request.user.pk],
        "own": [proposal for proposal in waiting if proposal.proposed_by_id == request.user.pk],
    }
    return page(request, "web/second.html", context)


@for_members
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm, decline or take back one proposal."""
    found = [proposal for proposal in queries.proposals_for(request.actor, request.network) if proposal.pk == pk]
    if not found or request.method != "POST":
        raise Http404
    reason = request.POST.get("reason", "").strip()
    try:
        if "confirm" in request.POST:
            confirmations.confirm(proposal=found[0], by=request.user, at=request.now)
            messages.success(request, _("Confirmed: %(title)s.") % {"title": found[0].title})
        else:
            confirmations.decline(proposal=found[0], by=request.user, at=request.now, reason=reason)
            messages.success(request, _("Not confirmed: %(title)s. Nothing has changed.") % {"title": found[0].title})
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("web:second")
