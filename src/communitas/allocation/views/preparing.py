"""What the office enters before a plan: where communities roughly are, and when and from where reviewers come."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy
from communitas.allocation.forms import DaysForm, PointForm, SettingsForm
from communitas.allocation.lists import WORD, reviewer_list
from communitas.allocation.queries import preparing, saying
from communitas.allocation.queries.screens import PARTS
from communitas.allocation.views.studio import WHOLE
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community
from communitas.people.models import Account

COMMUNITY = Finder(lambda: Community.objects.select_related("network__tenant"))


@for_members
def point(request: MemberRequest, pk: int) -> HttpResponse:
    """Say roughly where a community is."""
    community = load(COMMUNITY, pk, actor=request.actor, may=policy.place)
    form = PointForm(request.POST or None, initial=_initial(preparing.point_of(community)))
    if request.method == "POST" and form.is_valid():
        actions.set_point(community=community, by=request.user, at=request.now, **form.cleaned_data)
        messages.success(request, _("Saved. Plans know this point, and nobody else sees it."))
        return redirect("allocation:studio")
    return page(
        request, "allocation/point.html", {"community": community, "form": form}, status=422 if form.errors else 200
    )


@for_members
def reviewers(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody who may review, with how much is known of their days and their way."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    spec, people = reviewer_list(cycle), preparing.people(cycle, at=request.now)
    if spec.wants_download(request):
        return spec.download(people, request)
    context = {
        "cycle": cycle,
        "listing": spec.read(people, request),
        "silent": saying.silent(cycle, today=today_in(request.network, request.now), at=request.now).count(),
        "last_asked": saying.last_asked(cycle),
    }
    return page(request, "allocation/reviewers.html", context, partial="list")


@for_members
def reviewer(request: MemberRequest, pk: int, account: int) -> HttpResponse:
    """When somebody is free and from where they set out."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    return _reviewer(request, cycle, _account(request, account))


@for_members
@require_POST
def days(request: MemberRequest, pk: int, account: int) -> HttpResponse:
    """Say on which of the offered days somebody is free. Other days stay as they are."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    who, today = _account(request, account), today_in(request.network, request.now)
    wanted = preparing.days_wanted(cycle, on=today)
    form = DaysForm(request.POST, choices=wanted)
    if not form.is_valid():
        return _reviewer(request, cycle, who, days=form)
    free = form.cleaned_data["days"]
    actions.set_available_days(
        network=request.network, account=who, days=free, asked=wanted, by=request.user, at=request.now
    )
    messages.success(request, _("Saved."))
    return redirect("allocation:reviewer", pk, account)


@for_members
@require_POST
def base(request: MemberRequest, pk: int, account: int) -> HttpResponse:
    """Say from where somebody sets out."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    who, form = _account(request, account), PointForm(request.POST)
    if not form.is_valid():
        return _reviewer(request, cycle, who, base=form)
    actions.set_home_base(network=request.network, account=who, by=request.user, at=request.now, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("allocation:reviewer", pk, account)


@for_members
def settings(request: MemberRequest) -> HttpResponse:
    """How far people travel, and what weighs how much."""
    policy.configure.require(request.actor, request.network)
    words = {name: str(label) for name, label in PARTS.items()}
    form = SettingsForm(request.POST or None, weights=words, initial=preparing.settings_now(request.network))
    if request.method == "POST" and form.is_valid():
        actions.change_settings(
            network=request.network,
            **{name: form.cleaned_data[name] for name in preparing.LIMITS},
            weights=form.weights(),
            by=request.user,
            at=request.now,
        )
        messages.success(request, _("Saved. Plans that exist stay as they are."))
        return redirect("allocation:settings")
    return page(request, "allocation/settings.html", {"form": form}, status=422 if form.errors else 200)


def _reviewer(request: MemberRequest, cycle: Cycle, who: Account, **wrong: forms.Form) -> HttpResponse:
    wanted = preparing.days_wanted(cycle, on=today_in(request.network, request.now))
    free = [day.isoformat() for day in sorted(preparing.days_of(request.network, who))]
    context = {
        "cycle": cycle,
        "account": who,
        "wanted": wanted,
        "said": [(WORD[whose], count) for whose, count in saying.who_said(cycle, who)],
        "word": saying.word_of(cycle, who),
        "days": wrong.get("days") or DaysForm(choices=wanted, initial={"days": free}),
        "base": wrong.get("base") or PointForm(initial=_initial(preparing.base_of(request.network, who))),
    }
    return page(request, "allocation/reviewer.html", context, status=422 if wrong else 200)


def _initial(found: object) -> dict[str, object]:
    return {name: getattr(found, name, None) for name in ("latitude", "longitude")}


def _account(request: MemberRequest, pk: int) -> Account:
    found = preparing.reviewer_of(request.network, pk, at=request.now)
    if found is None:
        raise Http404
    return found
