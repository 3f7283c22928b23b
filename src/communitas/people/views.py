"""A person's own pages: profile, address, consents, what is kept; and the first sign-in with a printed card."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.http import Request
from communitas.kit.pages import page
from communitas.kit.tabular import Table, write_csv
from communitas.people import actions, queries
from communitas.people.adapter import remember_theme
from communitas.people.forms import AddressForm, CodeForm, ProfileForm
from communitas.people.limits import too_many
from communitas.people.models import Account


class OwnRequest(Request):
    """A request by somebody who signed in, about themselves."""

    user: Account


@login_required
def profile(request: OwnRequest) -> HttpResponse:
    """Name, colours, address, second step, password, consents and roles, each a step from being changed."""
    now = {"display_name": request.user.display_name, "theme": request.user.theme, "language": request.user.language}
    form = ProfileForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_profile(account=request.user, **{**now, **form.cleaned_data}, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error("display_name", refused.why)
        else:
            messages.success(request, _("Your profile is saved."))
            response = redirect("people:profile")
            remember_theme(response, request.user.theme)
            return response
    return page(request, "people/profile.html", {"form": form, **queries.profile_of(request.user)})


@login_required
def address(request: OwnRequest) -> HttpResponse:
    """Ask for another address; it counts once the link that goes there was opened."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link = request.build_absolute_uri(reverse("people:address"))
        tenant = request.network.tenant if request.network else None
        try:
            email = form.cleaned_data["email"]
            actions.ask_for_address(
                account=request.user, email=email, link=link, tenant=tenant, by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error("email", refused.why)
        else:
            messages.success(
                request, _("Look in the mail of %(address)s and open the link there.") % {"address": email}
            )
            return redirect("people:profile")
    return page(request, "people/address.html", {"form": form})


@login_required
def confirm_address(request: OwnRequest, token: str) -> HttpResponse:
    """The page that the link opens. Opening it changes nothing; the button does."""
    if request.method == "POST":
        try:
            actions.confirm_address(token=token, by=request.user, at=request.now)
            messages.success(request, _("Your new address is in use."))
        except NotAllowed as refused:
            messages.error(request, refused.why)
        return redirect("people:profile")
    return page(request, "people/confirm_address.html", {})


@login_required
@require_POST
def consent(request: OwnRequest) -> HttpResponse:
    """Give one consent or take it back."""
    given = request.POST.get("given") == "yes"
    purpose = request.POST.get("purpose", "")
    try:
        actions.answer_consent(account=request.user, purpose=purpose, given=given, by=request.user, at=request.now)
        messages.success(request, _("Your consent is noted.") if given else _("You took it back. That is fine."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect(f"{reverse('people:profile')}#consents")


@login_required
@never_cache
def kept(request: OwnRequest) -> HttpResponse:
    """Everything that is kept about the person, to read or as a file."""
    wanted = request.GET.get("format")
    if wanted == "json":
        response: HttpResponse = JsonResponse(queries.kept_as_json(request.user), json_dumps_params={"indent": 2})
    elif wanted == "csv":
        lines = [
            [entry.what, str(number), field, value]
            for entry in queries.kept_about(request.user)
            for number, row in enumerate(entry.rows, start=1)
            for field, value in row.items()
        ]
        table = Table(_("What is kept about me"), [_("What"), _("Number"), _("Field"), _("Value")], lines)
        response = HttpResponse(write_csv(table), content_type="text/csv; charset=utf-8")
    else:
        return page(request, "people/kept.html", {"kept": queries.kept_about(request.user)})
    response["Content-Disposition"] = f'attachment; filename="about-me.{wanted}"'
    return response


@never_cache
def code(request: Request) -> HttpResponse:
    """First sign-in with a printed card: username and code set the password."""
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="use_code"):
            return too_many(request)
        if form.is_valid():
            values = form.cleaned_data
            try:
                account = actions.use_code(
                    username=values["username"], typed=values["code"], password=values["password"], at=request.now
                )
            except NotAllowed as refused:
                form.add_error(None, refused.why)
            else:
                return _signed_in(request, account)
    return page(request, "people/code.html", {"form": form})


def _signed_in(request: HttpRequest, account: Account) -> HttpResponseRedirect:
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, method="password")
    messages.success(request, _("Welcome. From now on you sign in with your username and your password."))
    return redirect("web:home" if getattr(request, "network", None) else "web:networks")
