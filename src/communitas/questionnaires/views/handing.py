"""A community hands a questionnaire out: link and poster, slips, paper, the shared device; the office releases it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.forms import ExpectedForm, SlipsForm, WindowForm
from communitas.questionnaires.models import Opening
from communitas.questionnaires.queries.screens import opening_view
from communitas.questionnaires.typesetting import qr_address, questionnaire_pdf
from communitas.questionnaires.views.forming import do, form_page


def _load(request: MemberRequest, pk: int, may: Permission) -> Opening:
    return load(queries.opening, pk, actor=request.actor, may=may)


def _links(opening: Opening) -> dict[str, Any]:
    slug = opening.enrolment.cycle.network.slug
    link = address_of(slug, "questionnaires:by_link", opening.link_token)
    device = address_of(slug, "questionnaires:device", opening.kiosk_token)
    return {"link": link, "device": device, "qr": qr_address(link)}


@for_members
def opening(request: MemberRequest, pk: int) -> HttpResponse:
    """One questionnaire at one community: how many came back, and the ways to hand it out."""
    found = _load(request, pk, policy.read_counters)
    context = opening_view(found, request.actor, request.now)
    if context["may_hand_out"]:
        context |= _links(found) | {
            "slips_form": SlipsForm(),
            "expected_form": ExpectedForm(initial={"expected": found.expected}),
        }
    return page(request, "questionnaires/opening.html", context)


@for_members
def poster(request: MemberRequest, pk: int) -> HttpResponse:
    """A poster with the link and its QR code, to print; or a reminder to print or read out."""
    found = _load(request, pk, policy.hand_out)
    context = opening_view(found, request.actor, request.now) | _links(found)
    return page(request, "questionnaires/poster.html", context | {"reminder": "reminder" in request.GET})


@for_members
@require_POST
@never_cache
def slips(request: MemberRequest, pk: int) -> HttpResponse:
    """Make codes and show them as slips to print. They are shown this once: only hashes are kept."""
    found = _load(request, pk, policy.hand_out)
    form = SlipsForm(request.POST)
    back = {"opening": found}
    if not form.is_valid():
        return page(request, "questionnaires/slips_refused.html", back | {"form": form}, status=422)
    try:
        codes = actions.make_slips(opening=found, wanted=form.cleaned_data["wanted"], by=request.user, at=request.now)
    except NotAllowed as refused:
        form.add_error(None, refused.why)
        return page(request, "questionnaires/slips_refused.html", back | {"form": form}, status=422)
    return page(request, "questionnaires/slips.html", back | _links(found) | {"codes": codes})


@for_members
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The questionnaire as a tagged PDF to print, in ordinary or large print."""
    found = _load(request, pk, policy.hand_out)
    large = request.GET.get("print") == "large"
    response = HttpResponse(questionnaire_pdf(found, large=large), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="questionnaire-{found.pk}{"-large" if large else ""}.pdf"'
    return response


@for_members
@require_POST
def expected(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how many people are asked."""
    found = _load(request, pk, policy.hand_out)
    form = ExpectedForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise NotAllowed(_("Write a whole number, or leave it empty."))
        number = form.cleaned_data["expected"]
        actions.change_expected(opening=found, expected=number, by=request.user, at=request.now)

    return do(request, found.get_absolute_url(), act, _("Saved."))


@for_members
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask before the window is closed early, and close it."""
    found = _load(request, pk, policy.hand_out)
    if request.method != "POST":
        return page(request, "questionnaires/close.html", {"opening": found})
    return do(
        request,
        found.get_absolute_url(),
        lambda: actions.close(opening=found, by=request.user, at=request.now),
        _("Closed. No more answers are taken."),
    )


@for_members
@require_POST
def renew_device(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the shared device a new address."""
    found = _load(request, pk, policy.hand_out)
    return do(
        request,
        found.get_absolute_url(),
        lambda: actions.renew_device(opening=found, by=request.user, at=request.now),
        _("The shared device has a new address. The old one no longer works."),
    )


@for_members
def window(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the window, and whether each person needs a slip."""
    found = _load(request, pk, policy.change_window)
    initial = {"opens_on": found.opens_on, "closes_on": found.closes_on, "asks_code": found.asks_code}
    form = WindowForm(request.POST or None, initial=initial)

    def act() -> None:
        actions.change_window(opening=found, by=request.user, at=request.now, **form.cleaned_data)

    return form_page(
        request,
        form,
        title=_("Change the window"),
        label=_("Save"),
        back=found.get_absolute_url(),
        act=act,
        done=_("The window is changed."),
        eyebrow=str(found),
        note=_("A window that was closed early is open again."),
    )


@for_members
def release(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask before the answers are released, and release them."""
    found = _load(request, pk, policy.release)
    context = opening_view(found, request.actor, request.now)
    if request.method != "POST":
        return page(request, "questionnaires/release.html", context)
    there = reverse("questionnaires:opening", args=[found.pk])
    return do(
        request,
        there,
        lambda: actions.release(opening=found, by=request.user, at=request.now),
        _("Released. The figures never change."),
    )
