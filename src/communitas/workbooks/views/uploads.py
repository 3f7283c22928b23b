"""A file on its way piece by piece: what is there, one more piece, given up. Answers are JSON."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import back_or
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import BeginUploadForm
from communitas.workbooks.models import Evidence, Upload, Workbook
from communitas.workbooks.rules import evidence as rules


@for_members
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest, pk: int, sha256: str) -> HttpResponse:
    """GET: which pieces of this file are there. POST: begin to send it, or, with `give_up`, let go of it."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.upload_evidence)
    if request.method == "GET":
        return _told(workbook, request.user.pk, sha256)
    if "give_up" in request.POST:
        for begun in Upload.objects.filter(workbook=workbook, by=request.user, sha256=sha256):
            actions.give_up_upload(upload=begun, by=request.user, at=request.now)
        messages.success(request, _("Given up. You can send it again at any time."))
        return back_or(request, workbook.get_absolute_url()) if "back" in request.POST else redirect(workbook)
    form = BeginUploadForm(request.POST)
    if not form.is_valid():
        return _refused(_("Size and name of the file are missing."), 400)
    if not Evidence.objects.filter(workbook=workbook, sha256=sha256).exists():
        try:
            actions.begin_upload(workbook=workbook, sha256=sha256, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            return _refused(refused.why, 422)
    return _told(workbook, request.user.pk, sha256)


@for_members
@require_http_methods(["PUT", "POST"])
def piece(request: MemberRequest, pk: int, sha256: str, number: int) -> HttpResponse:
    """One piece as the body of the request. With the last one the file is looked into and kept."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.upload_evidence)
    begun = Upload.objects.filter(workbook=workbook, by=request.user, sha256=sha256).first()
    if begun is None:
        known = Evidence.objects.filter(workbook=workbook, sha256=sha256).exists()
        return _told(workbook, request.user.pk, sha256) if known else _refused(_("Begin with size and name."), 409)
    if int(request.META.get("CONTENT_LENGTH") or 0) > rules.CHUNK_BYTES:
        return _refused(_("A piece has at most 1 MiB."), 413)
    begun.workbook = workbook
    try:
        actions.keep_chunk(upload=begun, number=number, content=request.body, by=request.user, at=request.now)
    except NotAllowed as refused:
        return _refused(refused.why, 409)
    try:
        actions.finish_upload(upload=begun, by=request.user, at=request.now)
    except NotAllowed as refused:
        return _refused(refused.why, 422)
    return _told(workbook, request.user.pk, sha256)


def _told(workbook: Workbook, account: int, sha256: str) -> JsonResponse:
    """How the file stands for this person: new, on its way with its pieces, or kept."""
    if Evidence.objects.filter(workbook=workbook, sha256=sha256).exists():
        return _json({"state": "kept", "sha256": sha256, "have": [], "piece": rules.CHUNK_BYTES})
    begun = Upload.objects.filter(workbook=workbook, by=account, sha256=sha256).first()
    have = list(begun.chunks.values_list("number", flat=True)) if begun else []
    state = "coming" if begun else "new"
    return _json({"state": state, "sha256": sha256, "have": have, "piece": rules.CHUNK_BYTES})


def _refused(sentence: str, status: int) -> JsonResponse:
    return _json({"state": "refused", "sentence": sentence}, status)


def _json(said: dict[str, object], status: int = 200) -> JsonResponse:
    response = JsonResponse(said, status=status)
    response["Cache-Control"] = "no-store"
    return response
