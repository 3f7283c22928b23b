"""What somebody who signed in may answer, has answered, and may read or take back with the code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.forms import CodeForm
from communitas.questionnaires.models import Participation
from communitas.questionnaires.queries.keeping import find_reply
from communitas.questionnaires.queries.own import OWN, answered_by, waiting_for


@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """The questionnaires that wait for this person, and those that were answered."""
    answered = answered_by(request.user, request.network)
    context = {
        "waiting": waiting_for(request.actor, but_not={row.opening for row in answered}),
        "answered": [row for row in answered if row.open],
        "over": [row for row in answered if not row.open],
    }
    return page(request, "questionnaires/mine.html", context)


@for_members
@never_cache
def participation(request: MemberRequest, pk: object) -> HttpResponse:
    """The own answers, read with the code that was shown after sending them: nothing else leads to them."""
    own = load(OWN, pk, actor=request.actor, may=policy.read_own)
    form = CodeForm(request.POST or None)
    context = {"participation": own, "opening": own.opening, "form": form, "parts": None, "code": ""}
    if request.method == "POST" and form.is_valid():
        try:
            reply = find_reply(request.network, form.cleaned_data["code"])
            if reply.opening_id != own.opening_id:
                raise NotAllowed(_("This code belongs to another questionnaire."))
        except NotAllowed as refused:
            form.add_error("code", refused.why)
        else:
            context["parts"] = queries.asked(own.opening.questionnaire, given=reply.answers)
            context["code"] = form.cleaned_data["code"]
    return page(request, "questionnaires/own.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def withdraw_own(request: MemberRequest, pk: object) -> HttpResponse:
    """Take the own answers back with the code; then one may answer again."""
    own = load(OWN, pk, actor=request.actor, may=policy.withdraw_own)
    return _take_back(request, own, request.POST.get("code", ""))


def _take_back(request: MemberRequest, own: Participation, typed: str) -> HttpResponse:
    try:
        actions.withdraw_own(participation=own, typed=typed, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("questionnaires:participation", own.pk)
    messages.success(request, _("Your answers are removed. You may answer again if you want to."))
    return redirect("questionnaires:mine")
