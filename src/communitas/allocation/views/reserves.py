"""The page of somebody who was asked to keep a day free."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy
from communitas.allocation.forms import AnswerForm
from communitas.allocation.models import Reserve
from communitas.allocation.views.following import RESERVES
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits.rules.team import SEATS


@for_members
def reserve(request: MemberRequest, pk: int) -> HttpResponse:
    """The day, the community and the form of the visit, and the answer. Nothing of its self-review."""
    found = load(RESERVES, pk, actor=request.actor, may=policy.answer_reserve)
    context = {
        "reserve": found,
        "community": found.visit.enrolment.community_name,
        "seat": SEATS[found.seat],
        "asked": found.state == Reserve.State.ASKED,
        "ready": found.state == Reserve.State.READY,
        "called": found.state == Reserve.State.CALLED,
    }
    return page(request, "allocation/reserve.html", context)


@for_members
@require_POST
def answer_reserve(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether one keeps the day free."""
    found, form = load(RESERVES, pk, actor=request.actor, may=policy.answer_reserve), AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say yes or no."))
        return redirect("allocation:reserve", pk)
    ready = form.cleaned_data["answer"] == "yes"
    try:
        actions.answer_reserve(reserve=found, ready=ready, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        thanks = _("Thank you. You will be told if you are needed, and when the day is yours again.")
        messages.success(request, thanks if ready else _("Thank you for saying so. The office knows."))
    return redirect("allocation:reserve", pk)
