"""The feedback of the day: prompts for the lead reviewer, beside what the team found so far; made to be printed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions as visits
from communitas.visits import queries as visit_queries
from communitas.visits.models import Visit
from communitas.visits.rules.speaking import PROMPTS
from communitas.workbooks import policy, queries
from communitas.workbooks.day_forms import SpeakingForm
from communitas.workbooks.views.frame import frame


@for_members
def speaking(request: MemberRequest, pk: int) -> HttpResponse:
    """The sheet: fill it in, and print it with the team's achievements and areas for improvement."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.prepare_feedback)
    enrolment = workbook.review.enrolment
    visit = Visit.objects.select_related("enrolment__cycle__network__tenant").filter(enrolment=enrolment).first()
    if visit is None:
        raise Http404
    newest = visit.speaking.first()
    form = SpeakingForm(request.POST or None, initial=newest.words if newest else {})
    if request.method == "POST" and form.is_valid():
        try:
            if not visit_queries.leads_team(enrolment.pk, request.user.pk):
                raise NotAllowed(_("The sheet is written by the person on the lead reviewer's seat."))
            visits.keep_sheet(visit=visit, words=form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Kept. You can print it now."))
            return redirect("workbooks:speaking", pk)
    said = [(PROMPTS[name][0], newest.words[name]) for name in PROMPTS if newest and newest.words.get(name)]
    context = frame(workbook) | {"form": form, "said": said, "findings": queries.findings(enrolment), "visit": visit}
    return page(request, "workbooks/speaking.html", context, status=422 if form.errors else 200)
