"""A cycle's questionnaires, for the office: opened for all, how many came back, released together."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.cycles.models import Cycle
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.forms import OpenForm
from communitas.questionnaires.lists import RATES
from communitas.questionnaires.queries.openings import can_be_opened, in_cycle, ready_to_release

CYCLES = Finder(lambda: Cycle.objects.select_related("network__tenant", "edition"))


@for_members
def rates(request: MemberRequest, pk: int) -> HttpResponse:
    """How many answers came back, from each community and each audience."""
    cycle = load(CYCLES, pk, actor=request.actor, may=policy.open_in_cycle)
    rows = in_cycle(cycle)
    if RATES.wants_download(request):
        return RATES.download(rows, request)
    ready = ready_to_release(cycle, request.now)
    context = {"cycle": cycle, "listing": RATES.read(rows, request), "ready": ready}
    return page(request, "questionnaires/rates.html", context, partial="list")


@for_members
def open_all(request: MemberRequest, pk: int) -> HttpResponse:
    """Open questionnaires for every community of the cycle in one go."""
    cycle = load(CYCLES, pk, actor=request.actor, may=policy.open_in_cycle)
    initial = {"opens_on": queries.today_in_cycle(cycle, request.now), "closes_on": cycle.closes_on}
    form = OpenForm(request.POST or None, questionnaires=can_be_opened(cycle), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_for_all(cycle=cycle, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(
                request, ngettext("Opened %(count)d time.", "Opened %(count)d times.", made) % {"count": made}
            )
            return redirect("questionnaires:rates", cycle.pk)
    context = {"form": form, "title": _("Open questionnaires"), "label": _("Open for all"), "eyebrow": cycle.name}
    context["back"] = reverse("questionnaires:rates", args=[cycle.pk])
    context["note"] = _("Every community that takes part and has not been asked yet is asked. Nothing is mailed.")
    return page(request, "questionnaires/form.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def release_many(request: MemberRequest, pk: int) -> HttpResponse:
    """Release everything of the cycle whose window has ended."""
    cycle = load(CYCLES, pk, actor=request.actor, may=policy.open_in_cycle)
    ready = ready_to_release(cycle, request.now)
    for opening in ready:
        actions.release(opening=opening, by=request.user, at=request.now)
    words = ngettext("%(count)d questionnaire is released.", "%(count)d questionnaires are released.", len(ready))
    messages.success(request, words % {"count": len(ready)})
    return redirect("questionnaires:rates", cycle.pk)
