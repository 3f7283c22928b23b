"""Answers are typed in: from sheets of paper, one after the other, and from case notes."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.forms import RecordForm
from communitas.questionnaires.models import Reply
from communitas.questionnaires.views.asking import Asking, ask


@for_members
@never_cache
def enter(request: MemberRequest, pk: int) -> HttpResponse:
    """Type in one sheet of paper after the other; the page counts them."""
    opening = load(queries.opening, pk, actor=request.actor, may=policy.enter_paper)
    by_office = request.actor.holds("office", request.network.pk)

    def keep(answers: dict[str, str]) -> actions.Kept:
        actions.enter_paper(opening=opening, sheets=[answers], by_office=by_office, by=request.user, at=request.now)
        return actions.Kept("")

    context = {"typed": opening.replies.filter(way=Reply.Way.PAPER).count(), "next": request.path}
    asking = Asking("questionnaires/enter.html", "questionnaires/entered.html", keep, context)
    return ask(request, opening, asking, sent="send" in request.POST)


@for_members
@never_cache
def audit(request: MemberRequest, pk: int) -> HttpResponse:
    """Audit one case note after the other, under the record's own number."""
    opening = load(queries.opening, pk, actor=request.actor, may=policy.audit_case_notes)
    form = RecordForm(request.POST or None)

    def keep(answers: dict[str, str]) -> actions.Kept:
        if not form.is_valid():
            raise NotAllowed(_("Give the number of the record."))
        record = form.cleaned_data["record"]
        return actions.audit_case_note(opening=opening, answers=answers, record=record, by=request.user, at=request.now)

    context = {"form": form, "typed": opening.replies.count(), "next": request.path}
    number = request.POST.get("record", "")
    asking = Asking("questionnaires/enter.html", "questionnaires/entered.html", keep, context, also_check=number)
    return ask(request, opening, asking, sent="send" in request.POST)
