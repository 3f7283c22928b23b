"""What the host says of the day of its visit."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.loading import load
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import ReasonForm
from communitas.visits.views.answering import act_and_return, answer_form


@require_POST
@for_members
def accept_day(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that the day will do."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.answer_day)
    return act_and_return(
        request,
        found,
        lambda: actions.accept_day(visit=found, by=request.user, at=request.now),
        _("Thank you. The office and the team can rely on this day."),
    )


@for_members
def decline_day(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why the day will not do."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.answer_day)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        found,
        form,
        title=_("This day will not do"),
        label=_("Tell the office"),
        done=_("The office knows, and looks for another day with you."),
        act=lambda: actions.decline_day(visit=found, by=request.user, at=request.now, **form.cleaned_data),
        note=_("The visit keeps its day until the office moves or postpones it. The office reads the reason."),
    )
