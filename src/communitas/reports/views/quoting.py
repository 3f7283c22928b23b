"""Words to quote, in the browser: the office reads them, the community lead says yes or no."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, for_members
from communitas.reports.actions import quotes as actions
from communitas.reports.forms.themes import QuoteVerbForm
from communitas.reports.models import Quote
from communitas.reports.policy import themes as may
from communitas.reports.queries import quotes as queries
from communitas.reports.rules.quotes import QUOTE
from communitas.reports.views.asking import attempt
from communitas.reports.views.coded import quote_page

Act = Callable[[], object]


def _quote(request: MemberRequest, pk: int, permission: Permission) -> Quote:
    mine = queries.quotes().filter(remark__cycle__network=request.network)
    return load(mine, pk, actor=request.actor, may=permission)


@for_members
def quote(request: MemberRequest, pk: int) -> HttpResponse:
    """For the office: the words beside their comment, and what a reader says about them."""
    found = _quote(request, pk, may.read_quote)
    if request.method == "POST":
        form = QuoteVerbForm(request.POST)
        if form.is_valid():
            given: dict[str, Any] = {"quote": found, "by": request.user, "at": request.now}
            reason = form.cleaned_data["reason"]
            acts: dict[str, Act] = {
                "pass": lambda: actions.pass_quote(**given),
                "turn_down": lambda: actions.turn_down_quote(**given, reason=reason),
                "withdraw": lambda: actions.withdraw_quote(**given, reason=reason),
            }
            if act := acts.get(form.cleaned_data["verb"]):
                attempt(request, act, _("Saved."))
        return redirect("reports:quote", pk)
    return page(request, "reports/themes/quote.html", quote_page(request, found))


@for_members
def quote_consent(request: MemberRequest, pk: int) -> HttpResponse:
    """For the community lead: the words as they would be quoted, and yes, no, or no longer."""
    found = _quote(request, pk, may.consent)
    if request.method == "POST":
        form = QuoteVerbForm(request.POST)
        if form.is_valid():
            given: dict[str, Any] = {"quote": found, "by": request.user, "at": request.now}
            acts: dict[str, Act] = {
                "consent": lambda: actions.consent_to_quote(**given),
                "refuse": lambda: actions.refuse_quote(**given),
                "withdraw": lambda: actions.withdraw_quote(**given),
            }
            if act := acts.get(form.cleaned_data["verb"]):
                attempt(request, act, _("Saved. Thank you for saying so."))
        return redirect("reports:quote_consent", pk)
    open_verbs = {move.verb for move in QUOTE.allowed(found.state, by="community_lead")}
    context = {"quote": found, "decides": "consent" in open_verbs, "withdraws": open_verbs == {"withdraw"}}
    return page(request, "reports/themes/consent.html", context)


@require_safe
@for_members
def quotes(request: MemberRequest) -> HttpResponse:
    """For community leads: every quotation that their community was asked about."""
    context = {"quotes": queries.quotes_of(request.actor, request.network)}
    return page(request, "reports/themes/quotes.html", context)
