"""Who meets the team, and what each person on the team needs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import NeedsForm, ParticipantsForm
from communitas.visits.models import Participants, TeamNeeds
from communitas.visits.views.answering import answer_form
from communitas.visits.views.yours import PLACES


@for_members
def participants(request: MemberRequest, pk: int) -> HttpResponse:
    """Say who meets the team."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.edit_practical)
    kept = Participants.objects.filter(visit=found).first()
    hidden = found.enrolment.community.hidden_address
    initial = {name: getattr(kept, name) for name in ParticipantsForm.base_fields} if kept else {}
    form = ParticipantsForm(request.POST or None, hidden=hidden, initial=initial)
    return answer_form(
        request,
        found,
        form,
        title=gettext_lazy("Who meets the team"),
        label=gettext_lazy("Save"),
        done=gettext_lazy("Saved. The team sees it on the page of the visit."),
        act=lambda: actions.change_participants(visit=found, by=request.user, at=request.now, **form.cleaned_data),
        note=gettext_lazy("Numbers are enough. Names are given only by people who wish it.")
        if not hidden
        else gettext_lazy("Numbers are enough. Your address is never shown, so no names are asked."),
    )


@for_members
def needs(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what one needs on the day."""
    place = load(PLACES, pk, actor=request.actor, may=policy.accept_place)
    kept = TeamNeeds.objects.filter(place=place).first()
    initial = {name: getattr(kept, name) for name in NeedsForm.base_fields} if kept else {}
    form = NeedsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_needs(place=place, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved. The community lead, your lead reviewer and the office read it."))
            return redirect("visits:visit", place.visit_id)
    return page(request, "visits/needs.html", {"place": place, "form": form}, status=422 if form.errors else 200)
