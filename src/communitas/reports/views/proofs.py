"""Evidence of an action in the browser: added, opened, withdrawn."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.kit import files
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy, queries
from communitas.reports.forms import ProofForm
from communitas.reports.models import Action, ActionEvidence
from communitas.reports.views.asking import action_for, attempt, attempt_form, only_posted
from communitas.workbooks.rules import evidence as rules

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@for_members
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a file or a link that shows how the action went."""
    found = action_for(request, pk, policy.write_action)
    form = ProofForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if attempt_form(form, lambda data: _add(request, found, data)):
        return redirect("reports:action", found.pk)
    context = {"action": found, "form": form, "kinds": rules.WORDS}
    return page(request, "reports/proof_add.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def file(request: MemberRequest, pk: int, proof: int) -> HttpResponseBase:
    """The file itself, as an attachment that no browser runs; of a picture the copy without what a camera adds."""
    found = _proof(action_for(request, pk, policy.read_action), proof)
    stored = found.shown or found.file
    if stored is None or found.withdrawn_at is not None:
        raise Http404
    kind = "text/plain; charset=utf-8" if stored.media_type == "text/plain" else stored.media_type
    response = StreamingHttpResponse(files.pieces(stored), content_type=kind)
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=stored.name) or ""
    for name, value in SAFE.items():
        response[name] = value
    return response


@for_members
def withdraw(request: MemberRequest, pk: int, proof: int) -> HttpResponse:
    """Take a file or a link from view."""
    only_posted(request)
    found = _proof(action_for(request, pk, policy.write_action), proof)
    reason = request.POST.get("reason", "")[:2000]
    attempt(
        request,
        lambda: actions.withdraw_proof(proof=found, reason=reason, by=request.user, at=request.now),
        _("Withdrawn. It stays in the history, and nobody can open it any more."),
    )
    return redirect("reports:action", pk)


def _add(request: MemberRequest, found: Action, data: dict[str, Any]) -> None:
    if upload := data["file"]:
        actions.add_file(
            action=found,
            pieces=upload.chunks(),
            name=data["name"] or rules.clean_name(upload.name),
            by=request.user,
            at=request.now,
        )
    else:
        actions.add_link(action=found, link=data["link"], name=data["name"], by=request.user, at=request.now)


def _proof(action: Action, pk: int) -> ActionEvidence:
    found = queries.proofs().filter(action=action, pk=pk).first()
    if found is None:
        raise Http404
    return found
