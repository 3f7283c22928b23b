"""Verification, for anybody: what a certificate proves and whether it still holds."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.kit.http import Request
from communitas.kit.pages import page
from communitas.recognition import queries
from communitas.recognition.forms import CodeForm
from communitas.recognition.rules import certificate as rules


@require_safe
def verify_form(request: Request) -> HttpResponse:
    """Type a code. A code that can be none says so; one that was never given leads to a page that says that."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = rules.normalised(form.cleaned_data["code"])
        if code:
            return redirect("recognition:verify", code)
        form.add_error("code", _("This cannot be a code: a letter is wrong or missing. Please compare it again."))
    return page(request, "recognition/verify_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def verify(request: Request, code: str) -> HttpResponse:
    """The public page of a certificate. It never shows a score, a reason or a person of the community."""
    found = queries.by_code(code)
    if found is None:
        return page(request, "recognition/unknown.html", {"code": code[:40]}, status=404)
    facts, today = queries.facts_of(found), queries.day_in(found.network, request.now)
    context = {
        "certificate": found,
        "verdict": rules.verdict(facts, on=today),
        "holds": rules.status(facts, on=today) == rules.Status.HOLDS,
        "note": rules.NOT_ACCREDITATION,
        "document": queries.document_of(found),
        "today": today,
    }
    response = page(request, "recognition/verify.html", context)
    response["Cache-Control"] = "public, max-age=300"
    return response
