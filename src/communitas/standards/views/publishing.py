"""From a draft to a published edition."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.standards import actions, policy, queries
from communitas.standards.forms import ReasonForm
from communitas.standards.models import Edition
from communitas.standards.views.asking import form_page, the_draft, tried
from communitas.standards.views.drafts import frame


@for_members
def publication(request: MemberRequest, pk: int) -> HttpResponse:
    """What is still missing, and the way to publication."""
    edition = the_draft(request, pk, policy.read_draft)
    proposal = confirmations.waiting(edition, policy.publish)
    missing = queries.what_is_missing(edition) if edition.state == Edition.State.DRAFT else ()
    context = frame(edition, "publication", _("Publication")) | {
        "missing": missing,
        "proposal": proposal,
        "own": bool(proposal and proposal.proposed_by_id == request.user.pk),
        "form": ReasonForm(),
    }
    return page(request, "standards/publication.html", context)


@for_members
@require_POST
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose the draft for publication."""
    edition = the_draft(request, pk, policy.publish)
    url = reverse("standards:publication", args=[pk])
    try:
        actions.propose_publication(edition=edition, url=url, by=request.user, at=request.now)
        messages.success(request, _("A colleague can now look at the edition and publish it."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect(url)


@for_members
@require_POST
def return_to_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the proposal back, or say no to it, with a reason."""
    edition = the_draft(request, pk, policy.publish)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.return_to_draft(edition=edition, reason=reason, by=request.user, at=request.now)
        messages.success(request, _("The edition is a draft again and can be edited."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("standards:publication", pk)


@for_members
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw a published edition, with a reason."""
    edition = the_draft(request, pk, policy.publish)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, actions.withdraw, edition=edition, reason=reason, by=request.user, at=request.now):
            messages.success(request, _("The edition is withdrawn. It can still be read, and says so."))
            return redirect("standards:publication", pk)
    title = _("Withdraw this edition")
    lead = _("No new cycle can choose it. Reviews that used it keep it, and everybody can still read it.")
    back = reverse("standards:publication", args=[pk])
    return form_page(request, form, title=title, label=_("Withdraw it"), back=back, edition=edition, lead=lead)
