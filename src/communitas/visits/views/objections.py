"""The host's objection to somebody on its team, and what the office decides."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from communitas.kit.loading import load
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import DecisionForm, ReasonForm
from communitas.visits.views.answering import answer_form
from communitas.visits.views.yours import PLACES


@for_members
def object_to(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why somebody should not come."""
    place = load(PLACES, pk, actor=request.actor, may=policy.object_member)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        place.visit,
        form,
        title=_("Object to %(name)s") % {"name": place.account.display_name},
        label=_("Send the objection"),
        done=_("Thank you. The office decides and tells you."),
        act=lambda: actions.raise_objection(place=place, by=request.user, at=request.now, **form.cleaned_data),
        note=_(
            "Only the office and the leads of your community read the reason. "
            "The person and the team never learn who objected, or why."
        ),
    )


@for_members
def decide_objection(request: MemberRequest, pk: int) -> HttpResponse:
    """Uphold an objection, or answer it with words."""
    objection = load(queries.objection, pk, actor=request.actor, may=policy.decide_objection)
    visit = load(queries.visit, objection.place.visit_id, actor=request.actor, may=policy.assign_team)
    objection.place.visit = visit
    form = DecisionForm(request.POST or None)
    return answer_form(
        request,
        visit,
        form,
        title=_("Objection to %(name)s") % {"name": objection.place.account.display_name},
        label=_("Decide"),
        done=_("Decided. The community is told."),
        act=lambda: actions.decide_objection(objection=objection, by=request.user, at=request.now, **form.cleaned_data),
        note=_("The community says: %(reason)s") % {"reason": objection.reason},
    )
