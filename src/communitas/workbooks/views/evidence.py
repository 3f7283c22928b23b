"""Files and links beside criteria: the list, adding one, opening one, withdrawing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from communitas.kit import files, ranges
from communitas.kit.exceptions import NotAllowed
from communitas.kit.inspection import KINDS
from communitas.kit.loading import load
from communitas.kit.models import StoredFile
from communitas.kit.packing import packed
from communitas.kit.pages import page
from communitas.kit.tabular import Table, write_csv, write_xlsx
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import EvidenceForm, WithdrawForm
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.queries import evidence
from communitas.workbooks.queries.attached import Attached
from communitas.workbooks.rules import evidence as rules
from communitas.workbooks.views.frame import frame
from communitas.workbooks.views.self_review import holding, place_of

_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
_TABLES = {"csv": "text/csv; charset=utf-8", "xlsx": KINDS["xlsx"].media_type}


@for_members
def listing(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that stands beside the criteria of a workbook: searched, counted, downloaded."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.list_evidence)
    found = evidence.attached(workbook, request.actor, request.now)
    asked = request.GET.get("q", "").casefold().split()
    shown = [one for one in found if all(word in _words(one) for word in asked)]
    if (wanted := request.GET.get("format", "")) in _TABLES:
        return _table(workbook, shown, wanted)
    context = frame(workbook) | {
        "counts": evidence.counted(workbook, found),
        "shown": shown,
        "asked": request.GET.get("q", ""),
        "taken": rules.size_words(evidence.taken(workbook)),
        "room": workbook.review.enrolment.cycle.network.evidence_megabytes,
        "waits_for_sending": workbook.review.kind == "self" and workbook.review.state == "open",
        "is_self": workbook.review.kind == "self",
        "may_read_review": policy.read_either.allows(request.actor, workbook),
    }
    return page(request, "workbooks/evidence.html", context)


@for_members
def archive(request: MemberRequest, pk: int) -> HttpResponseBase:
    """All files that the reader may open as one ZIP archive, written while it is sent."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.list_evidence)
    parts = list(evidence.to_pack(workbook, request.actor, request.now))
    response = StreamingHttpResponse(
        packed((name, files.pieces(stored)) for name, stored in parts), content_type="application/zip"
    )
    name = rules.clean_name(f"evidence {workbook.review.enrolment.community_name}")
    response["Content-Disposition"] = _disposition(f"{name}.zip")
    return _safe(response)


@for_members
def add(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Add a file or a link to a criterion. The form works by itself; with JavaScript a file comes piece by piece."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.upload_evidence)
    book = holding(workbook, key)
    back = place_of(workbook, book, key, _page_of(workbook))
    form = EvidenceForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            name = _attach(request, workbook, key, form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Added: %(name)s.") % {"name": name})
            return redirect(back)
    context = (
        frame(workbook) | _adding(request, workbook) | {"form": form, "criterion": book.criteria[key], "back": back}
    )
    return page(request, "workbooks/evidence_add.html", context, status=422 if form.errors else 200)


@for_members
def file(request: MemberRequest, event: UUID) -> HttpResponseBase:
    """The file itself, as an attachment that no browser runs; of a picture the copy without what a camera adds.

    A download that broke off goes on where it was: a range of the same file answers 206.
    """
    found = _attached(request, event)
    kept = evidence.kept(found)
    if kept is None:
        raise Http404
    stored = evidence.given_out(kept)
    name = rules.name_as(str(found.payload.value["value"].get("name") or kept.file.name), _ending(stored.media_type))
    response = _part(request, stored)
    response["Content-Disposition"] = _disposition(name)
    return _safe(response)


def _part(request: MemberRequest, stored: StoredFile) -> HttpResponseBase:
    etag, whole = f'"{stored.sha256}"', range(stored.size)
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    try:
        asked = ranges.wanted(header, request.headers.get("If-Range", ""), size=stored.size, etag=etag)
    except ranges.NotThere:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{stored.size}"
    else:
        part = whole if asked is None else asked
        content = files.pieces(stored, part)
        status = 200 if asked is None else 206
        response = StreamingHttpResponse(content, content_type=_type(stored.media_type), status=status)
        response["Content-Length"] = str(len(part))
        if asked is not None:
            response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stored.size}"
    response["ETag"], response["Accept-Ranges"] = etag, "bytes"
    return response


@for_members
def withdraw(request: MemberRequest, event: UUID) -> HttpResponse:
    """Take a file or a link from view."""
    pk = evidence.pk_of(event)
    found = load(evidence.attachments(), pk, actor=request.actor, may=policy.withdraw_evidence)
    if not evidence.may_open(found, request.actor):
        raise Http404
    workbook, form = found.workbook, WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        role = evidence.reader_of(workbook, request.actor).role
        try:
            actions.withdraw(
                workbook=workbook, attached=found, role=role, by=request.user, at=request.now, **form.cleaned_data
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Withdrawn. It stays in the history, and nobody can open it any more."))
            return redirect("workbooks:evidence", workbook.pk)
    [one] = [
        each for each in evidence.attached(workbook, request.actor, request.now, keys=[found.criterion_key])
        if each.event_id == str(event)
    ]  # fmt: skip
    context = frame(workbook) | {"form": form, "one": one}
    return page(request, "workbooks/evidence_withdraw.html", context, status=422 if form.errors else 200)


def _adding(request: MemberRequest, workbook: Workbook) -> dict[str, Any]:
    """What the form needs to send a file piece by piece."""
    return {
        "kinds": rules.WORDS,
        "coming": evidence.coming(workbook, request.user.pk),
        "uploads": reverse("workbooks:evidence_upload", args=[workbook.pk, "0" * 64]),
        "piece": rules.CHUNK_BYTES,
        "most": rules.FILE_BYTES,
    }


def _attached(request: MemberRequest, event: UUID) -> Event:
    """The event, when the reader may open what it ties; 404 for what is withdrawn or not shown to them."""
    pk = evidence.pk_of(event)
    found = load(evidence.attachments(), pk, actor=request.actor, may=policy.download_evidence)
    if not evidence.may_open(found, request.actor):
        raise Http404
    return found


def _attach(request: MemberRequest, workbook: Workbook, key: str, given: dict[str, Any]) -> str:
    digest, upload = given["sha256"], given["file"]
    if upload:
        kept = actions.keep_file(
            workbook=workbook, pieces=upload.chunks(), name=upload.name, by=request.user, at=request.now
        )
        digest = kept.sha256
    name: str = given["name"] or (rules.clean_name(upload.name) if upload else request.POST.get("called", "")[:120])
    actions.attach(
        workbook=workbook,
        criterion_key=key,
        register=evidence.register_for(workbook, request.user.pk),
        sha256=digest,
        link=given["link"],
        name=name,
        role=queries.writer_of(workbook, request.actor).role,
        by=request.user,
        at=request.now,
    )
    return name or given["link"]


def _page_of(workbook: Workbook) -> str:
    if workbook.review.kind == "self":
        return "section"
    return "discussion" if workbook.review.state in {"agreeing", "reopened"} else "peer_section"


def _table(workbook: Workbook, found: list[Attached], wanted: str) -> HttpResponse:
    headers = [_("Criterion"), _("Name"), _("What it is"), _("Added by"), _("When")]
    rows = [[one.code, one.name, one.about, one.who, one.when] for one in found]
    table = Table(_("Evidence"), headers, rows)
    content = write_xlsx([table]) if wanted == "xlsx" else write_csv(table)
    response = HttpResponse(content, content_type=_TABLES[wanted])
    response["Content-Disposition"] = f'attachment; filename="evidence.{wanted}"'
    return response


def _words(one: Attached) -> str:
    return f"{one.code} {one.name} {one.about} {one.who}".casefold()


def _type(media_type: str) -> str:
    return "text/plain; charset=utf-8" if media_type == "text/plain" else media_type


def _ending(media_type: str) -> str:
    return next(kind.ending for kind in KINDS.values() if kind.media_type == media_type)


def _disposition(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _safe(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in _SAFE.items():
        response[name] = value
    return response
