"""The self-review as a spreadsheet: downloaded, filled in anywhere, uploaded, looked through, taken over."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.kit import files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import SpreadsheetForm
from communitas.workbooks.models import Spreadsheet
from communitas.workbooks.queries import spreadsheets
from communitas.workbooks.rules.evidence import clean_name
from communitas.workbooks.views.frame import frame

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_members
def overview(request: MemberRequest, pk: int) -> HttpResponse:
    """Download it, upload it, and find again what was uploaded."""
    may = policy.import_xlsx if request.method == "POST" else policy.read_self
    workbook = load(queries.self_review, pk, actor=request.actor, may=may)
    form = SpreadsheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = actions.upload_spreadsheet(
                workbook=workbook, content=sent.read(), name=clean_name(sent.name), by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error("file", refused.why)
        else:
            return redirect(kept)
    context = frame(workbook) | {
        "form": form,
        "uploaded": spreadsheets.uploaded(workbook, request.now),
        "may_import": policy.import_xlsx.allows(request.actor, workbook),
    }
    return page(request, "workbooks/spreadsheets.html", context, status=422 if form.errors else 200)


@for_members
def download(request: MemberRequest, pk: int) -> HttpResponse:
    """The self-review as XLSX, to be filled in."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_self)
    response = HttpResponse(spreadsheets.download(workbook, request.now), content_type=XLSX)
    enrolment = workbook.review.enrolment
    response["Content-Disposition"] = _named(f"{enrolment.community_name} {enrolment.cycle.name} self-review.xlsx")
    return response


@for_members
def spreadsheet(request: MemberRequest, pk: int) -> HttpResponse:
    """What it would change, row by row; nothing counts before somebody takes it over."""
    may = policy.decide_spreadsheet if request.method == "POST" else policy.read_spreadsheet
    found = load(spreadsheets.spreadsheets(), pk, actor=request.actor, may=may)
    if request.method == "POST":
        return _decided(request, found)
    workbook, waits = found.workbook, found.state == Spreadsheet.State.WAITING
    plan = spreadsheets.plan(workbook, spreadsheets.filled_of(found)) if waits else None
    rows = spreadsheets.rows_of(workbook, plan.differences) if plan else []
    may_decide = policy.decide_spreadsheet.allows(request.actor, found)
    context = frame(workbook) | {
        "found": found,
        "waits": waits,
        "groups": [
            (kind, title, lead, kept)
            for kind, title, lead in _groups()
            if (kept := [row for row in rows if row.kind == kind])
        ],
        "rows": rows,
        "plan": plan,
        "may_decide": may_decide,
        "may_undo": may_decide and found.state == Spreadsheet.State.MERGED and bool(found.made),
    }
    return page(request, "workbooks/spreadsheet.html", context)


@for_members
def file(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    found = load(spreadsheets.spreadsheets(), pk, actor=request.actor, may=policy.read_spreadsheet)
    response = StreamingHttpResponse(files.pieces(found.file), content_type="application/octet-stream")
    response["Content-Disposition"] = _named(found.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@for_members
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Put back what stood before, where nothing came after."""
    found = load(spreadsheets.spreadsheets(), pk, actor=request.actor, may=policy.decide_spreadsheet)
    role = queries.writer_of(found.workbook, request.actor).role
    try:
        back, stay = actions.undo_spreadsheet(spreadsheet=found, role=role, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        words = ngettext("%(n)d answer is as it was before.", "%(n)d answers are as they were before.", back)
        messages.success(request, words % {"n": back})
        if stay:
            more = ngettext("%(n)d was changed since and stays.", "%(n)d were changed since and stay.", stay)
            messages.info(request, more % {"n": stay})
    return redirect(found)


def _decided(request: MemberRequest, found: Spreadsheet) -> HttpResponse:
    try:
        if "leave" in request.POST:
            actions.leave_spreadsheet(spreadsheet=found, by=request.user, at=request.now)
            messages.success(request, _("Nothing more is taken from it. You find it here again."))
            return redirect("workbooks:spreadsheets", found.workbook_id)
        role = queries.writer_of(found.workbook, request.actor).role
        wanted = request.POST.getlist("row")
        written, refused, changed = actions.take_over(
            spreadsheet=found, wanted=wanted, role=role, by=request.user, at=request.now
        )
    except NotAllowed as no:
        messages.error(request, no.why)
        return redirect(found)
    words = ngettext("%(n)d answer was taken over.", "%(n)d answers were taken over.", written)
    messages.success(request, words % {"n": written})
    for why in dict.fromkeys(refused):
        messages.error(request, _("Not taken over: %(why)s") % {"why": why})
    if changed:
        messages.warning(request, _("Somebody answered while you looked. Please look at what is left once more."))
    return redirect(found)


def _groups() -> list[tuple[str, str, str]]:
    return [
        ("new", _("New answers"), _("Nothing stands there yet.")),
        ("replace", _("Changed answers"), _("They replace what stood there when the spreadsheet was downloaded.")),
        (
            "meanwhile",
            _("Answered in the meantime"),
            _("Somebody has answered since. If you take these over, both answers stand until one is decided on."),
        ),
    ]


def _named(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=clean_name(name)) or "attachment"
