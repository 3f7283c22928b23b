"""The team of a visit, as the office appoints it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import AskForm, ExtendForm, ReasonForm, SearchForm, SeatForm
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.rules.team import LEAD, SEATS
from communitas.visits.views.answering import act_and_return, answer_form


@for_members
def candidates(request: MemberRequest, pk: int) -> HttpResponse:
    """Who may be asked onto a seat, and what speaks against the others, before anybody is asked."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.assign_team)
    form = SearchForm(request.GET if "seat" in request.GET else {"seat": LEAD})
    seat = form.cleaned_data["seat"] if form.is_valid() else LEAD
    people = queries.candidates(found, seat, now=request.now, search=form.cleaned_data.get("q", ""))
    context = {
        "visit": found,
        "seat": seat,
        "seats": list(SEATS.items()),
        "search": form.cleaned_data.get("q", ""),
        "free": [person for person in people if not person.refusals],
        "refused": [person for person in people if person.refusals],
        "reason_needed": found.state != Visit.State.PLANNED,
    }
    return page(request, "visits/candidates.html", context, partial="list")


@require_POST
@for_members
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask somebody onto the team."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.assign_team)
    form = AskForm(request.POST, people=queries.reviewers(request.network.pk, now=request.now))
    if not form.is_valid():
        messages.error(request, _("Choose a reviewer of this network and a seat."))
        return redirect("visits:candidates", pk)
    name = form.cleaned_data["account"].display_name

    def act() -> None:
        actions.ask(visit=found, by=request.user, at=request.now, **form.cleaned_data)

    return act_and_return(request, found, act, _("%(name)s is asked.") % {"name": name})


@require_POST
@for_members
def appoint(request: MemberRequest, pk: int) -> HttpResponse:
    """Appoint the team."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.assign_team)
    return act_and_return(
        request,
        found,
        lambda: actions.appoint_team(visit=found, by=request.user, at=request.now),
        _("The team is appointed."),
    )


@require_POST
@for_members
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm the visit to the team."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.assign_team)
    return act_and_return(
        request,
        found,
        lambda: actions.confirm(visit=found, by=request.user, at=request.now),
        _("The visit is confirmed and the team has been told."),
    )


@for_members
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take somebody off the team, with a reason."""
    place, found = _place(request, pk)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        found,
        form,
        title=_("Take %(name)s off the team") % {"name": place.account.display_name},
        label=_("Take off the team"),
        done=_("Taken off the team. What they wrote stays."),
        act=lambda: actions.remove(place=place, by=request.user, at=request.now, **form.cleaned_data),
        note=_("They no longer see the self-review. You can ask them again until the visit took place."),
    )


@for_members
def mark_absent(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that somebody could not come on the day."""
    place, found = _place(request, pk)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        found,
        form,
        title=_("%(name)s could not come") % {"name": place.account.display_name},
        label=_("Record that they could not come"),
        done=_("Recorded. The peer-review closes without their scores."),
        act=lambda: actions.mark_absent(place=place, by=request.user, at=request.now, **form.cleaned_data),
    )


@for_members
def change_seat(request: MemberRequest, pk: int) -> HttpResponse:
    """Move somebody who is coming to another seat."""
    place, found = _place(request, pk)
    form = SeatForm(request.POST or None, initial={"seat": place.seat})
    return answer_form(
        request,
        found,
        form,
        title=_("Another seat for %(name)s") % {"name": place.account.display_name},
        label=_("Change the seat"),
        done=_("The seat is changed, and %(name)s is told.") % {"name": place.account.display_name},
        act=lambda: actions.change_seat(place=place, by=request.user, at=request.now, **form.cleaned_data),
        note=_("The seat must be empty, and the rules must allow the person to sit there."),
    )


@for_members
def extend_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Give somebody longer to answer."""
    place, found = _place(request, pk)
    form = ExtendForm(request.POST or None, initial={"until": place.answer_by})
    return answer_form(
        request,
        found,
        form,
        title=_("Give %(name)s longer to answer") % {"name": place.account.display_name},
        label=_("Set this day"),
        done=_("The day is set, and %(name)s is told.") % {"name": place.account.display_name},
        act=lambda: actions.extend_answer(place=place, by=request.user, at=request.now, **form.cleaned_data),
    )


def _place(request: MemberRequest, pk: int) -> tuple[TeamPlace, Visit]:
    place = get_object_or_404(TeamPlace.objects.select_related("account"), pk=pk)
    found = load(queries.visit, place.visit_id, actor=request.actor, may=policy.assign_team)
    place.visit = found
    return place, found
