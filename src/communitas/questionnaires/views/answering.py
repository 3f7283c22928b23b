"""People answer: by link, at a shared device, or signed in. Nothing of these pages stays in the browser."""

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.forms import CodeForm, sheet_number
from communitas.questionnaires.models import Code, Opening
from communitas.questionnaires.queries.keeping import code_hash
from communitas.questionnaires.views.asking import Asking, ask, everyones


def _by_token(request: NetworkRequest, **token: str) -> Opening:
    """The opening that an address names; who holds the address may know that it is there."""
    opening = queries.openings().filter(enrolment__cycle__network=request.network, **token).first()
    if opening is None:
        raise Http404
    return opening


def _too_many(request: NetworkRequest) -> HttpResponse | None:
    answer: HttpResponse | None = ratelimit.consume_or_429(request, action="answer_questionnaire")
    return answer


def _closed(request: NetworkRequest, opening: Opening, may: Permission) -> HttpResponse | None:
    if may.allows(request.actor, opening):
        return None
    return page(request, "questionnaires/closed.html", everyones(opening), status=403)


@of_network
@never_cache
def by_link(request: NetworkRequest, token: str) -> HttpResponse:
    """Answer by link: first the code of the slip, where one is asked for, then the questionnaire."""
    opening = _by_token(request, link_token=token)
    closed = _closed(request, opening, policy.answer_by_link(token))
    if closed:
        return closed
    if request.method == "POST" and (wait := _too_many(request)):
        return wait
    form = CodeForm(request.POST if request.method == "POST" else None)
    typed = request.POST.get("code", "")
    if opening.asks_code and not (request.method == "POST" and form.is_valid() and _known(opening, form, request)):
        context = everyones(opening) | {"form": form}
        return page(request, "questionnaires/slip.html", context, status=422 if form.errors else 200)

    def keep(answers: dict[str, str]) -> actions.Kept:
        sheet = sheet_number(request.POST)
        return actions.answer_by_link(opening=opening, answers=answers, sheet=sheet, typed=typed, at=request.now)

    asking = Asking("questionnaires/answer.html", "questionnaires/thanks.html", keep, {"code": typed})
    return ask(request, opening, asking, sent="send" in request.POST)


def _known(opening: Opening, form: CodeForm, request: NetworkRequest) -> bool:
    """Whether the code can still be used, or has just been used by this very form, sent twice."""
    if Code.objects.filter(hash=code_hash(opening, form.cleaned_data["code"]), opening=opening).exists():
        return True
    if "send" in request.POST and opening.replies.filter(pk=sheet_number(request.POST)).exists():
        return True
    form.add_error("code", str(actions.UNKNOWN_CODE))
    return False


@of_network
@never_cache
def device(request: NetworkRequest, token: str) -> HttpResponse:
    """The first page of a shared device, to which it always comes back."""
    opening = _by_token(request, kiosk_token=token)
    closed = _closed(request, opening, policy.answer_on_device(token))
    context = everyones(opening) | {"token": token}
    return closed or page(request, "questionnaires/device.html", context)


@of_network
@never_cache
def on_device(request: NetworkRequest, token: str) -> HttpResponse:
    """Answer at a shared device."""
    opening = _by_token(request, kiosk_token=token)
    closed = _closed(request, opening, policy.answer_on_device(token))
    if closed:
        return closed
    if request.method == "POST" and (wait := _too_many(request)):
        return wait

    def keep(answers: dict[str, str]) -> actions.Kept:
        sheet = sheet_number(request.POST)
        return actions.answer_on_device(opening=opening, answers=answers, sheet=sheet, at=request.now)

    start = reverse("questionnaires:device", args=[token])
    asking = Asking("questionnaires/answer.html", "questionnaires/thanks.html", keep, {"start": start})
    return ask(request, opening, asking, sent="send" in request.POST)


@for_members
@never_cache
def as_staff(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer as staff who signed in."""
    return _signed_in(request, load(queries.opening, pk, actor=request.actor, may=policy.answer_staff))


@for_members
@never_cache
def as_client_member(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer as a client member who signed in."""
    return _signed_in(request, load(queries.opening, pk, actor=request.actor, may=policy.answer_client_member))


def _signed_in(request: MemberRequest, opening: Opening) -> HttpResponse:
    if request.method != "POST" and opening.participations.filter(account=request.user).exists():
        return redirect("questionnaires:mine")

    def keep(answers: dict[str, str]) -> actions.Kept:
        return actions.answer_signed_in(opening=opening, answers=answers, by=request.user, at=request.now)

    asking = Asking("questionnaires/answer.html", "questionnaires/thanks.html", keep, {"signed_in": True})
    return ask(request, opening, asking, sent="send" in request.POST)


@of_network
@never_cache
def withdraw(request: NetworkRequest) -> HttpResponse:
    """Take answers back with the code that was shown after sending them. Nobody needs to sign in."""
    form = CodeForm(request.POST or None)
    context = {"form": form, "leave_to": queries.settings_of(request.network).leave_to, "done": False}
    if request.method == "POST":
        if wait := _too_many(request):
            return wait
        if form.is_valid():
            try:
                actions.withdraw(network=request.network, typed=form.cleaned_data["code"], at=request.now)
            except NotAllowed as refused:
                form.add_error("code", refused.why)
            else:
                context["done"] = True
    return page(request, "questionnaires/withdraw.html", context, status=422 if form.errors else 200)
