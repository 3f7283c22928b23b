"""Enrol communities: one, several that are ticked, or all that fit the filters."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from communitas.cycles import actions, policy
from communitas.cycles.forms import EnrolForm
from communitas.cycles.models import Cycle
from communitas.cycles.queries import joining
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community

WHOLE = Finder(lambda: Cycle.objects.select_related("network__tenant", "edition"))


@for_members
def enrol(request: MemberRequest, pk: int) -> HttpResponse:
    """The communities that are not in the cycle yet, with the pathways that their membership opens."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.enrol)
    form = EnrolForm(cycle, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _enrolled(request, cycle, form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
    listing, rows = joining.read(cycle, request, request.now)
    context = {
        "cycle": cycle,
        "form": form,
        "listing": listing,
        "rows": rows,
        "columns": listing.columns,
        "address": request.GET.urlencode(),
    }
    return page(request, "cycles/enrol.html", context, partial="list")


def _enrolled(request: MemberRequest, cycle: Cycle, cleaned: dict[str, Any]) -> HttpResponse:
    communities = joining.chosen(cycle, request.POST.getlist("community"), "all" in request.POST, request, request.now)
    result = actions.enrol_many(cycle=cycle, communities=communities, by=request.user, at=request.now, **cleaned)
    _tell(request, len(result.joined), result.refused)
    return redirect("cycles:cockpit" if result.joined and not result.refused else "cycles:enrol", cycle.pk)


def _tell(request: MemberRequest, joined: int, refused: list[tuple[Community, str]]) -> None:
    words = ngettext("%(count)s community joined the cycle.", "%(count)s communities joined the cycle.", joined)
    (messages.success if joined else messages.warning)(request, words % {"count": joined})
    for community, why in refused[:20]:
        messages.warning(request, f"{community.name}: {why}")
    if len(refused) > 20:
        more = ngettext("%(count)s more could not join.", "%(count)s more could not join.", len(refused) - 20)
        messages.warning(request, more % {"count": len(refused) - 20})
