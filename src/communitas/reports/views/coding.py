"""Themes of the comments in the browser: the codebook, the comments, coding by two, settling differences."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communitas.cycles.models import Cycle
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports.actions import quotes as quoting
from communitas.reports.actions import themes as actions
from communitas.reports.forms.themes import CodeForm, CodingForm, QuoteForm, SettlingForm
from communitas.reports.models import Remark
from communitas.reports.policy import themes as may
from communitas.reports.queries import themes as queries
from communitas.reports.rules.quotes import LONGEST
from communitas.reports.rules.themes import in_order
from communitas.reports.views.asking import attempt, attempt_form
from communitas.reports.views.coded import remark_page, remarks_list, themes_page


def _cycle(request: MemberRequest, pk: int) -> Cycle:
    mine = Cycle.objects.filter(network=request.network).select_related("network__tenant", "edition", "previous")
    return load(mine, pk, actor=request.actor, may=may.oversee_themes)


def _remark(request: MemberRequest, pk: int) -> Remark:
    mine = queries.remarks().filter(cycle__network=request.network)
    return load(mine, pk, actor=request.actor, may=may.code_remark)


@require_safe
@for_members
def themes(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the coding is, what was found, how far two people agree, and what may be quoted."""
    return page(request, "reports/themes/overview.html", themes_page(request, _cycle(request, pk)))


@for_members
@require_POST
def take_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Take in the comments of the reports that are signed by now."""
    cycle = _cycle(request, pk)
    new = actions.take_in_remarks(cycle=cycle, by=request.user, at=request.now)
    messages.success(request, _("%(n)s new comments taken in.") % {"n": new})
    return redirect("reports:themes", pk)


@for_members
def codebook(request: MemberRequest, pk: int) -> HttpResponse:
    """The themes with their definitions, and a form for one more."""
    cycle = _cycle(request, pk)
    if request.method == "POST" and "begin" in request.POST:
        actions.begin_codebook(cycle=cycle, by=request.user, at=request.now)
        return redirect("reports:codebook", pk)
    return _code_form(request, cycle, "")


@for_members
def change_code(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Change a theme of the codebook, or say that it is no longer used."""
    return _code_form(request, _cycle(request, pk), key)


def _code_form(request: MemberRequest, cycle: Cycle, key: str) -> HttpResponse:
    book = queries.codebook_of(cycle)
    codes = queries.codes_of(book)
    code = next((each for each in codes if each.key == key), None)
    if key and code is None:
        raise Http404
    form = CodeForm(request.POST or None, codes=codes, code=code)

    def act(data: dict[str, Any]) -> None:
        actions.put_code(cycle=cycle, code=form.code(), by=request.user, at=request.now)

    if request.method == "POST" and attempt_form(form, act):
        messages.success(request, _("Saved as a new version of the codebook."))
        return redirect("reports:codebook", cycle.pk)
    before = [] if book else in_order(queries.codes_before(cycle))
    names = {each.key: each.name for each in codes}
    context = {
        "cycle": cycle,
        "book": book,
        "code": code,
        "codes": [(each, names.get(each.parent, "")) for each in in_order(codes)],
        "before": before,
        "form": form,
    }
    return page(request, "reports/themes/codebook.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def remarks(request: MemberRequest, pk: int) -> HttpResponse:
    """The comments of a cycle: searched, filtered by section, standing and theme, and downloaded."""
    cycle = _cycle(request, pk)
    spec = remarks_list(cycle)
    rows = queries.live(cycle)
    if spec.wants_download(request):
        return spec.download(rows, request)
    context = {"cycle": cycle, "listing": spec.read(rows, request)}
    return page(request, "reports/themes/remarks.html", context, partial="list")


@require_safe
@for_members
def next_remark(request: MemberRequest, pk: int) -> HttpResponse:
    """The next comment that this person can code."""
    cycle = _cycle(request, pk)
    found = queries.next_for(cycle, request.user)
    if found is None:
        messages.success(request, _("There is no comment left that you could code."))
        return redirect("reports:themes", pk)
    return redirect("reports:remark", found.pk)


@for_members
def remark(request: MemberRequest, pk: int) -> HttpResponse:
    """One comment: coded without seeing what the other person found; then both, and what was settled."""
    found = _remark(request, pk)
    codes = queries.codes_of(queries.codebook_of(found.cycle))
    own = queries.own_codes(found, request.user)
    form = CodingForm(request.POST or None, codes=codes, chosen=sorted(own or ()))

    def act(data: dict[str, Any]) -> None:
        actions.code_remark(remark=found, codes=data["codes"], by=request.user, at=request.now)

    if request.method == "POST" and attempt_form(form, act):
        following = queries.next_for(found.cycle, request.user, found)
        messages.success(request, _("Saved."))
        return redirect("reports:remark", following.pk) if following else redirect("reports:themes", found.cycle_id)
    return _answer(request, found, {"form": form} if form.errors else {}, bool(form.errors))


@for_members
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle what two people coded differently."""
    found = _remark(request, pk)
    codes = queries.codes_of(queries.codebook_of(found.cycle))
    form = SettlingForm(request.POST, codes=codes)

    def act(data: dict[str, Any]) -> None:
        words = data["reason"]
        actions.settle_remark(remark=found, codes=data["codes"], reason=words, by=request.user, at=request.now)

    if attempt_form(form, act):
        messages.success(request, _("Settled."))
        return redirect("reports:remark", pk)
    return _answer(request, found, {"settling": form}, True)


@for_members
@require_POST
def propose_quote(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the community whether words of this comment may be quoted."""
    found = _remark(request, pk)
    codes = queries.codes_of(queries.codebook_of(found.cycle))
    form = QuoteForm(request.POST, codes=codes, text=found.text[:LONGEST])

    def act(data: dict[str, Any]) -> None:
        quoting.propose_quote(remark=found, code=data["code"], text=data["text"], by=request.user, at=request.now)

    if attempt_form(form, act):
        attempt(request, lambda: None, _("The community lead is asked whether these words may be quoted."))
        return redirect("reports:remark", pk)
    return _answer(request, found, {"quoting": form}, True)


def _answer(request: MemberRequest, found: Remark, forms: dict[str, Any], refused: bool) -> HttpResponse:
    context = remark_page(request, found) | forms
    return page(request, "reports/themes/remark.html", context, status=422 if refused else 200)
