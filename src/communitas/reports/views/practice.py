"""The library of good practice in the browser."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.cycles.models import Enrolment
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy
from communitas.reports.forms import PracticeForm, ReasonForm
from communitas.reports.models import Practice
from communitas.reports.queries import practices as queries
from communitas.reports.rules.practice import WITHDRAWN
from communitas.reports.views.asking import attempt, attempt_form, enrolment_for, only_posted
from communitas.reports.views.library import PRACTICES, card, practice_page


@require_safe
@for_members
def library(request: MemberRequest) -> HttpResponse:
    """The library: searched and filtered by section and type. The office finds here too what is offered."""
    mine = queries.practices().filter(network=request.network)
    rows = policy.read_practice.visible(mine, request.actor)
    if request.GET.get("state", "") != WITHDRAWN:
        rows = rows.exclude(state=WITHDRAWN)
    if PRACTICES.wants_download(request):
        return PRACTICES.download(rows, request)
    listing = PRACTICES.read(rows, request)
    context = {"listing": listing, "cards": [card(each) for each in listing.objects]}
    return page(request, "reports/practice/library.html", context, partial="list")


@require_safe
@for_members
def practice(request: MemberRequest, pk: int) -> HttpResponse:
    """One good practice; for its community lead and the office with its history."""
    found = _practice(request, pk, policy.read_practice)
    return page(request, "reports/practice/practice.html", practice_page(request, found))


@require_safe
@for_members
def achievements(request: MemberRequest, pk: int) -> HttpResponse:
    """The achievements of a final report, for the community lead to offer."""
    enrolment = enrolment_for(request, pk, policy.offer_achievements)
    found = queries.achievements_of(enrolment)
    context = {"enrolment": enrolment, "achievements": found}
    return page(request, "reports/practice/achievements.html", context)


@for_members
def offer(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Offer an achievement to the library, in words that name nobody."""
    enrolment = enrolment_for(request, pk, policy.offer_achievements)
    found = {each.number: each for each in queries.achievements_of(enrolment)}.get(number)
    if found is None and request.method == "GET":
        raise Http404
    form = PracticeForm(request.POST or None, initial={"text": found.text if found else ""})
    if attempt_form(
        form,
        lambda data: actions.offer_practice(
            enrolment=enrolment, number=number, by=request.user, at=request.now, **data
        ),
    ):
        return redirect("reports:achievements", enrolment.pk)
    return _form(request, form, enrolment, found.text if found else "")


@for_members
def offer_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the words and offer them again."""
    found = _practice(request, pk, policy.offer_practice)
    form = PracticeForm(request.POST or None, initial={"text": found.text})
    if attempt_form(form, lambda data: actions.offer_again(practice=found, by=request.user, at=request.now, **data)):
        return redirect("reports:practice", found.pk)
    return _form(request, form, found.enrolment, found.achievement)


@for_members
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it into the library."""
    only_posted(request)
    found = _practice(request, pk, policy.decide_practice)
    attempt(
        request,
        lambda: actions.accept_practice(practice=found, by=request.user, at=request.now),
        _("It stands in the library now."),
    )
    return redirect("reports:practice", found.pk)


@for_members
def give_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Give it back with a reason."""
    only_posted(request)
    found = _practice(request, pk, policy.decide_practice)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(
        request,
        lambda: actions.return_practice(practice=found, reason=reason, by=request.user, at=request.now),
        _("Given back with your reason."),
    )
    return redirect("reports:practice", found.pk)


@for_members
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it out of the library, or take the offer back."""
    only_posted(request)
    found = _practice(request, pk, policy.withdraw_practice)
    reason = request.POST.get("reason", "")[:2000]
    attempt(
        request,
        lambda: actions.withdraw_practice(practice=found, reason=reason, by=request.user, at=request.now),
        _("Withdrawn. Nobody finds it in the library any more; it can be offered again."),
    )
    return redirect("reports:practice", found.pk)


def _form(request: MemberRequest, form: PracticeForm, enrolment: Enrolment, achievement: str) -> HttpResponse:
    context = {"form": form, "enrolment": enrolment, "achievement": achievement}
    return page(request, "reports/practice/offer.html", context, status=422 if form.errors else 200)


def _practice(request: MemberRequest, pk: int, may: Permission) -> Practice:
    return load(queries.practices().filter(network=request.network), pk, actor=request.actor, may=may)
