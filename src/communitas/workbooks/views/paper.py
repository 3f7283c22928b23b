"""A workbook on paper: what was printed and where it is, the form to print, one print and its sheets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.people.models import Account
from communitas.workbooks import policy_of_paper as policy
from communitas.workbooks import queries
from communitas.workbooks.actions import printing as actions
from communitas.workbooks.models import Printing, Sheet, Workbook
from communitas.workbooks.paper_forms import HandingForm, PrintForm
from communitas.workbooks.queries import book_of, on_paper, paper
from communitas.workbooks.queries.printed import pdf_of
from communitas.workbooks.rules.paper_form import choices_of
from communitas.workbooks.rules.review import DISCUSSED_STATES
from communitas.workbooks.views.frame import frame


@for_members
def any_code(request: MemberRequest) -> HttpResponse:
    """Type a page code, whichever workbook of one's own it belongs to."""
    typed, error = request.GET.get("code", ""), ""
    if typed:
        sheet, error = _by_code(request, typed)
        if sheet:
            return redirect(sheet)
    return page(request, "workbooks/paper_code.html", {"typed": typed, "error": error}, status=422 if error else 200)


@for_members
def home(request: MemberRequest, pk: int) -> HttpResponse:
    """Type a page code; what was printed, what is still on paper, who has it."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.print_workbook)
    typed, error, other = request.GET.get("code", ""), "", None
    if typed:
        sheet, error = _by_code(request, typed)
        if sheet and sheet.printing.workbook_id == workbook.pk:
            return redirect(sheet)
        if sheet:
            other, error = sheet, _("This page belongs to another workbook. Nothing was changed.")
    context = frame(workbook) | {
        "typed": typed,
        "error": error,
        "other": other.get_absolute_url() if other else "",
        "other_title": str(other.printing.workbook) if other else "",
        "standing": paper.standing(workbook),
        "lines": on_paper.lines(workbook, _openable(request, workbook)),
        "may_transcribe": policy.transcribe_any.allows(request.actor, workbook),
        "own": workbook.review.kind == "self",
    }
    return page(request, "workbooks/paper.html", context, status=422 if error else 200)


@for_members
def print_form(request: MemberRequest, pk: int) -> HttpResponse:
    """What to print and how; the print is kept, so that each page can be traced."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.print_workbook)
    book, team = book_of(workbook.review.enrolment), None
    if workbook.review.kind == "peer":
        team = on_paper.team_of(workbook)
    data = request.POST if request.method == "POST" else None
    form = PrintForm(data, book, team, request.user.pk)
    if form.is_valid():
        reviewer = Account.objects.filter(pk=form.cleaned_data.get("reviewer") or 0).first()
        try:
            printing = actions.print_workbook(
                workbook=workbook, choices=form.choices(), reviewer=reviewer, by=request.user, at=request.now
            )
            return redirect(printing)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
    status = 422 if form.errors else 200
    return page(request, "workbooks/paper_print.html", frame(workbook) | {"form": form}, status=status)


@for_members
def printing(request: MemberRequest, token: str) -> HttpResponse:
    """One print: the form to open, and its sheets with what became of each."""
    found = _printing(request, token)
    book, error = book_of(found.workbook.review.enrolment), ""
    rows = on_paper.rows(found, book)
    if request.method == "POST":
        form = HandingForm(request.POST, [row.pk for row in rows])
        error = _handed(request, found, form) if form.is_valid() else _("Please choose at least one page.")
        if not error:
            return redirect(found)
    context = frame(found.workbook) | {
        "printing": found,
        "title": on_paper.title_of(found),
        "rows": rows,
        "error": error,
        "given": request.POST,
        "pages": len(rows),
        "choices": choices_of(found.choices),
        "may_transcribe": policy.transcribe_any.allows(request.actor, found.workbook),
    }
    return page(request, "workbooks/printing.html", context, status=422 if error else 200)


@for_members
def printed_form(request: MemberRequest, token: str) -> HttpResponse:
    """The form as a PDF: the same bytes each time."""
    found = _printing(request, token)
    if choices_of(found.choices).filled and found.reviewer_id not in (None, request.user.pk):
        raise PermissionDenied(_("A form with a reviewer’s answers in it is opened by that reviewer alone."))
    response = HttpResponse(pdf_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="workbook-{found.token}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def may_open(request: MemberRequest, found: Printing) -> bool:
    """Before the discussion the codes of a reviewer's form are for that reviewer, whoever printed it, and the office.

    Whoever has the paper has its codes from there.
    """
    review = found.workbook.review
    if review.kind == "self" or review.state in DISCUSSED_STATES:
        return True
    if request.user.pk in (found.printed_by_id, found.reviewer_id):
        return True
    return request.actor.holds("office", review.enrolment.cycle.network_id)


def _printing(request: MemberRequest, token: str) -> Printing:
    pk = Printing.objects.filter(token=token).values_list("pk", flat=True).first()
    found = load(paper.printings(), pk or 0, actor=request.actor, may=policy.open_printing)
    if not may_open(request, found):
        raise PermissionDenied(_("A reviewer’s form is opened by that reviewer and by whoever printed it."))
    return found


def _openable(request: MemberRequest, workbook: Workbook) -> list[int] | None:
    """The prints of a workbook that the reader may open, None for all of them: at most one query."""
    review = workbook.review
    office = request.actor.holds("office", review.enrolment.cycle.network_id)
    if review.kind == "self" or review.state in DISCUSSED_STATES or office:
        return None
    found = Printing.objects.filter(workbook=workbook).values_list("pk", "printed_by", "reviewer")
    return [pk for pk, printed_by, reviewer in found if request.user.pk in (printed_by, reviewer)]


def _by_code(request: MemberRequest, typed: str) -> tuple[Sheet | None, str]:
    """The sheet of a typed code that the reader may know of, or what to say."""
    pk, error = on_paper.found_by_code(typed)
    sheet = paper.sheets().filter(pk=pk).first() if pk else None
    if sheet is None or not policy.see_sheet.allows(request.actor, sheet):
        return None, error or on_paper.unknown_page()
    return sheet, ""


def _handed(request: MemberRequest, found: Printing, form: HandingForm) -> str:
    """Do what the form says with the sheets; what stood in the way, or nothing."""
    given, at = form.cleaned_data, request.now
    chosen = list(paper.sheets().filter(printing=found, pk__in=given["sheets"]))
    try:
        if given["act"] == "hand":
            numbers = {sheet.number for sheet in chosen}
            actions.hand_out(printing=found, numbers=numbers, holder=given["holder"], by=request.user, at=at)
        elif given["act"] == "lose":
            actions.lose(sheets=chosen, reason=given["reason"], by=request.user, at=at)
        else:
            actions.find(sheets=chosen, by=request.user, at=at)
    except NotAllowed as refused:
        return refused.why
    words = ngettext("Kept for %(count)d page.", "Kept for %(count)d pages.", len(chosen)) % {"count": len(chosen)}
    messages.success(request, words)
    return ""
