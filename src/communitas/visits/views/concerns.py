"""Serious concerns: raised, read by few, answered the same day."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import ConcernForm, SafeguardingForm, StepForm
from communitas.visits.lists import CONCERNS
from communitas.visits.rules.concern import CONCERN


@for_members
def raise_concern(request: MemberRequest) -> HttpResponse:
    """Raise a concern. The visits to choose from are those that the person may read."""
    policy.raise_concern.require(request.actor, request.network)
    visits = queries.visits_to_name(request.actor, request.network, request.GET.get("visit", ""))
    choices = [(visit.pk, f"{visit.enrolment.community_name}, {visit.enrolment.cycle.name}") for visit in visits]
    form = ConcernForm(request.POST or None, visits=choices, initial={"visit": request.GET.get("visit", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = next((visit for visit in visits if visit.pk == said.pop("visit", None)), None)
        try:
            actions.raise_concern(network=request.network, visit=chosen, by=request.user, at=request.now, **said)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            return redirect("visits:concern_raised")
    context = {"form": form, "danger": queries.safeguarding_of(request.network).danger}
    return page(request, "visits/concern_form.html", context, status=422 if form.errors else 200)


@for_members
def concern_raised(request: MemberRequest) -> HttpResponse:
    """What happens next with what was said."""
    policy.raise_concern.require(request.actor, request.network)
    return page(request, "visits/concern_raised.html", {"settings": queries.safeguarding_of(request.network)})


@for_members
def concerns(request: MemberRequest) -> HttpResponse:
    """Every concern of the network, for the people named for safeguarding. It is never downloaded."""
    policy.list_concerns.require(request.actor, request.network)
    found = queries.concerns().filter(network=request.network)
    return page(request, "visits/concerns.html", {"listing": CONCERNS.read(found, request)}, partial="list")


@for_members
def concern(request: MemberRequest, pk: int) -> HttpResponse:
    """One concern with the log of what was done."""
    found = load(queries.concerns(), pk, actor=request.actor, may=policy.read_concern)
    context = {
        "concern": found,
        "steps": queries.steps_of(found),
        "form": StepForm(),
        "may_answer": policy.answer_concern.allows(request.actor, found),
        "waits": found.state in {"raised", "escalated"},
    }
    return page(request, "visits/concern.html", context)


@require_POST
@for_members
def answer_concern(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Say that it is in hand, write down a step, close it, open it again."""
    found = load(queries.concerns(), pk, actor=request.actor, may=policy.answer_concern)
    words = request.POST.get("words", "")[:5000]
    acts: dict[str, Callable[[], None]] = {
        "acknowledge": lambda: actions.acknowledge_concern(concern=found, by=request.user, at=request.now),
        "step": lambda: actions.add_concern_step(concern=found, words=words, by=request.user, at=request.now),
        "close": lambda: actions.close_concern(concern=found, outcome=words, by=request.user, at=request.now),
        "reopen": lambda: actions.reopen_concern(concern=found, words=words, by=request.user, at=request.now),
    }
    try:
        acts[verb]()
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Kept: %(state)s.") % {"state": CONCERN.states[found.state].lower()})
    return redirect("visits:concern", pk)


@for_members
def safeguarding(request: MemberRequest) -> HttpResponse:
    """Who answers concerns, and what stands on the form."""
    policy.configure.require(request.actor, request.network)
    current, people = queries.safeguarding_of(request.network), queries.holders(request.network, now=request.now)
    initial = {name: getattr(current, name) for name in SafeguardingForm.base_fields}
    form = SafeguardingForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_safeguarding(network=request.network, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error("second", refused.why)
        else:
            messages.success(request, _("Saved."))
            return redirect("visits:safeguarding")
    context = {"form": form, "people": [one.display_name for one in people]}
    return page(request, "visits/safeguarding.html", context, status=422 if form.errors else 200)
