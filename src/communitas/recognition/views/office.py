"""Certificates as the office issues and revokes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.recognition import actions, policy, queries
from communitas.recognition.forms import RevokeForm
from communitas.recognition.lists import CERTIFICATES
from communitas.recognition.models import Certificate


@for_members
def certificate_list(request: MemberRequest) -> HttpResponse:
    """Every certificate of the network, with those that wait to be issued."""
    policy.list_certificates.require(request.actor, request.network)
    found = Certificate.objects.filter(network=request.network)
    if CERTIFICATES.wants_download(request):
        return CERTIFICATES.download(found, request)
    waiting = found.filter(state=Certificate.State.PREPARED).count()
    context = {"listing": CERTIFICATES.read(found, request), "waiting": waiting}
    return page(request, "recognition/list.html", context, partial="list")


@for_members
def certificate(request: MemberRequest, pk: int) -> HttpResponse:
    """One certificate, for the office."""
    found = load(queries.certificates(), pk, actor=request.actor, may=policy.issue)
    context = {
        "certificate": found,
        "waits": confirmations.waiting(found, policy.issue) or confirmations.waiting(found, policy.revoke),
        "may_revoke": policy.revoke.allows(request.actor, found) and found.state == Certificate.State.ISSUED,
        "form": RevokeForm(),
    }
    return page(request, "recognition/certificate.html", context)


@require_POST
@for_members
def propose_issue(request: MemberRequest, pk: int) -> HttpResponse:
    """Issue one, as the first of two people."""
    found = load(queries.certificates(), pk, actor=request.actor, may=policy.issue)
    try:
        actions.propose_issue(certificate=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("A colleague confirms it now. The community is told when it is issued."))
    return redirect("recognition:certificate", pk)


@require_POST
@for_members
def propose_all(request: MemberRequest) -> HttpResponse:
    """Propose every prepared certificate that does not wait for a second person yet."""
    policy.list_certificates.require(request.actor, request.network)
    proposed = 0
    for found in queries.certificates().filter(network=request.network, state=Certificate.State.PREPARED):
        if policy.issue.allows(request.actor, found) and not confirmations.waiting(found, policy.issue):
            actions.propose_issue(certificate=found, by=request.user, at=request.now)
            proposed += 1
    words = ngettext(
        "%(count)d certificate waits for a colleague.", "%(count)d certificates wait for a colleague.", proposed
    )
    messages.success(request, words % {"count": proposed})
    return redirect("recognition:list")


@require_POST
@for_members
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Revoke one, as the first of two people."""
    found = load(queries.certificates(), pk, actor=request.actor, may=policy.revoke)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        context = {"certificate": found, "form": form, "may_revoke": True}
        return page(request, "recognition/certificate.html", context, status=422)
    try:
        actions.propose_revocation(certificate=found, by=request.user, at=request.now, **form.cleaned_data)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("A second person must confirm before the certificate is revoked."))
    return redirect("recognition:certificate", pk)
