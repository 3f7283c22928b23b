"""Paper comes back: a page is keyed in, checked blind by a second person, and settled where they differ."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, for_members
from communitas.people.models import Account
from communitas.workbooks import policy_of_paper as policy
from communitas.workbooks import queries
from communitas.workbooks.actions import printing, transcribing
from communitas.workbooks.models import Keying, Sheet
from communitas.workbooks.paper_forms import KeyingForm
from communitas.workbooks.queries import book_of, on_paper, paper
from communitas.workbooks.rules import paper as rules
from communitas.workbooks.views.frame import frame

FIRST, CHECK = Keying.Part.FIRST, Keying.Part.CHECK
Given = dict[str, Any]


@for_members
def sheet(request: MemberRequest, code: str) -> HttpResponse:
    """Key in a page, or correct what one keyed in; a second person is led to the check."""
    found = _sheet(request, code, policy.transcribe)
    if found.asks_nothing:
        messages.info(request, _("This is the cover of a form. There is nothing on it to key in."))
        return redirect("workbooks:paper", found.printing.workbook_id)
    if found.keyed_by_id not in (None, request.user.pk):
        return _not_mine(request, found)
    form, error = _form(request, found), ""
    if form.is_bound:
        error = _keyed(request, found, form)
        if not error:
            return _draft_saved(request, found) if not form.cleaned_data["send"] else redirect(_next(found, request))
    return _keying_page(request, found, form, error)


@for_members
def check_sheet(request: MemberRequest, code: str) -> HttpResponse:
    """Key in the same page from the same paper without seeing the first person's marks."""
    found = _sheet(request, code, policy.check)
    form, error = _form(request, found), ""
    if form.is_bound:
        error = _checked(request, found, form)
        if not error and not form.cleaned_data["send"]:
            return _draft_saved(request, found)
        if not error:
            return redirect(_address("settle_sheet", found) if found.state == "differs" else _next(found, request))
    elif found.state != "keyed":
        return redirect(found)
    return _checking_page(request, found, form, error)


@for_members
def settle_sheet(request: MemberRequest, code: str) -> HttpResponse:
    """Both readings side by side wherever they differ, and the paper in the hand decides."""
    found = _sheet(request, code, policy.check)
    if found.state != "differs":
        return redirect(found)
    book, error = book_of(found.printing.workbook.review.enrolment), ""
    first, second = paper.readings(found)
    places = paper.places_of(found)
    different = rules.differences(paper.reading_of(first), paper.reading_of(second), places)
    shown = on_paper.both(found, book, different)
    if request.method == "POST":
        chosen: dict[tuple[str, str], str] = {
            (one.key, one.field): request.POST.get(both.name, "") for one, both in zip(different, shown, strict=True)
        }
        try:
            transcribing.settle(sheet=found, chosen=chosen, role=_role(request, found), by=request.user, at=request.now)
            messages.success(request, _("Page %(number)s is settled and checked.") % {"number": found.number})
            return redirect(_next(found, request))
        except NotAllowed as refused:
            error = refused.why
    context = _frame(found) | {"differences": shown, "first": first, "second": second, "error": error}
    context |= {"given": request.POST, "settle_href": _address("settle_sheet", found)}
    return page(request, "workbooks/paper_settle.html", context, status=422 if error else 200)


@for_members
@require_POST
def copy_sheet(request: MemberRequest, code: str) -> HttpResponse:
    """A photocopy of this page, filled in by somebody else, is keyed in by itself."""
    found = _sheet(request, code, policy.transcribe)
    try:
        made = printing.add_copy(sheet=found, hand=request.POST.get("hand", ""), by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect(found)
    return redirect(made)


def _sheet(request: MemberRequest, code: str, may: Permission) -> Sheet:
    """The sheet of a code and a copy; what cannot be a code is 404, as an unknown one is."""
    copy = request.GET.get("copy", "1")
    number = int(copy) if copy.isascii() and copy.isdecimal() and len(copy) < 5 else 0
    pk, _error = on_paper.found_by_code(code, number)
    return load(paper.sheets(), pk, actor=request.actor, may=may)


def _form(request: MemberRequest, found: Sheet) -> KeyingForm:
    book = book_of(found.printing.workbook.review.enrolment)
    return KeyingForm(request.POST if request.method == "POST" else None, book, paper.places_of(found))


def _keyed(request: MemberRequest, found: Sheet, form: KeyingForm) -> str:
    """Save the draft or send the page; the sentence of what stood in the way, or nothing."""
    if not form.is_valid():
        return " ".join(str(error) for error in form.non_field_errors()) or _("This cannot be kept.")
    given = form.cleaned_data
    reviewer = Account.objects.filter(pk=given["reviewer"] or 0).first()
    whose = {"hand": given["hand"], "reviewer": reviewer, "by": request.user, "at": request.now}
    try:
        transcribing.save_draft(sheet=found, part=FIRST, entries=given["entries"], **whose)
        if given["send"]:
            keying = transcribing.key_in(sheet=found, entries=given["entries"], role=_role(request, found), **whose)
            _tell(request, found, keying)
    except NotAllowed as refused:
        return refused.why
    return ""


def _tell(request: MemberRequest, found: Sheet, keying: Keying) -> None:
    words = {"number": found.number}
    messages.success(request, _("Page %(number)s is in the workbook. A second person checks it now.") % words)
    for sentence in dict.fromkeys(keying.problems.values()):
        messages.warning(request, _("Something on page %(number)s is kept with the page: ") % words + sentence)


def _checked(request: MemberRequest, found: Sheet, form: KeyingForm) -> str:
    if not form.is_valid():
        return " ".join(str(error) for error in form.non_field_errors()) or _("This cannot be kept.")
    given = form.cleaned_data
    try:
        if not given["send"]:
            transcribing.save_draft(sheet=found, part=CHECK, entries=given["entries"], by=request.user, at=request.now)
        elif not transcribing.check(sheet=found, entries=given["entries"], by=request.user, at=request.now):
            messages.success(request, _("Page %(number)s is checked.") % {"number": found.number})
    except NotAllowed as refused:
        return refused.why
    return ""


def _not_mine(request: MemberRequest, found: Sheet) -> HttpResponse:
    """Somebody else keyed the page in: it is checked, settled, or shown as done."""
    name = found.keyed_by.display_name if found.keyed_by else ""
    if (
        request.method == "POST"
    ):  # two people keyed it in at the same time; this reading is kept as a draft of the check
        form = _form(request, found)
        if form.is_valid() and found.state == "keyed":
            entries = form.cleaned_data["entries"]
            transcribing.save_draft(sheet=found, part=CHECK, entries=entries, by=request.user, at=request.now)
        words = _("%(name)s sent this page in the meantime. What you keyed in is kept: it can be the check.")
        messages.warning(request, words % {"name": name})
    if found.state == "keyed" and policy.check.allows(request.actor, found):
        return redirect(_address("check_sheet", found))
    if found.state == "differs" and policy.check.allows(request.actor, found):
        return redirect(_address("settle_sheet", found))
    return page(request, "workbooks/paper_done.html", _frame(found))


def _keying_page(request: MemberRequest, found: Sheet, form: KeyingForm, error: str) -> HttpResponse:
    workbook = found.printing.workbook
    book = book_of(workbook.review.enrolment)
    sent, _second = paper.readings(found)
    draft = paper.draft_of(found, request.user.pk, FIRST)
    read = form.cleaned_data.get("entries", {}) if form.is_bound else paper.reading_of(draft or sent)
    asks_reviewer = workbook.review.kind == "peer" and found.printing.reviewer_id is None
    team = on_paper.team_of(workbook) if asks_reviewer else []
    others = Keying.objects.filter(sheet=found, sent_at=None).exclude(by=request.user).select_related("by")
    context = _frame(found) | {
        "places": on_paper.places(found, book, read, sent.problems if sent else {}),
        "team": team,
        "asks_reviewer": asks_reviewer,
        "asks_hand": workbook.review.kind == "self",
        "others": [] if sent else [one.by.display_name for one in others],
        "sent": sent,
        "error": error,
        "action": found.get_absolute_url(),
        "saved": _saved_words(draft) if draft else "",
        "checking": False,
    }
    return page(request, "workbooks/paper_keying.html", context, status=422 if error else 200)


def _checking_page(request: MemberRequest, found: Sheet, form: KeyingForm, error: str) -> HttpResponse:
    book = book_of(found.printing.workbook.review.enrolment)
    draft = paper.draft_of(found, request.user.pk, CHECK, FIRST)
    first, _second = paper.readings(found)
    mine = form.cleaned_data.get("entries", {}) if form.is_bound else paper.reading_of(draft)
    blind = not form.is_bound and draft is None  # the words of the first person stand there, their marks do not
    context = _frame(found) | {
        "places": on_paper.places(found, book, paper.reading_of(first) if blind else mine, blind=blind),
        "error": error,
        "action": _address("check_sheet", found),
        "saved": _saved_words(draft) if draft else "",
        "checking": True,
    }
    return page(request, "workbooks/paper_keying.html", context, status=422 if error else 200)


def _draft_saved(request: MemberRequest, found: Sheet) -> HttpResponse:
    """What the page says after it saved a draft by itself; without JavaScript, the page again."""
    if request.htmx:
        words = _("Draft saved %(time)s.") % {"time": date_format(localtime(request.now), "H:i")}
        return page(request, "workbooks/_paper_saved.html", {"saved": words, "swapped": True})
    messages.success(request, _("The draft is saved."))
    return redirect(request.get_full_path())


def _saved_words(draft: Keying) -> str:
    return _("Draft saved %(time)s.") % {"time": date_format(localtime(draft.saved_at), "j F, H:i")}


def _next(found: Sheet, request: MemberRequest) -> str:
    """The next page of the same print for the same work; where there is none, the list of the workbook's paper."""
    checking = found.state in ("checked", "differs")
    after = Sheet.objects.filter(printing=found.printing, number__gt=found.number).exclude(criteria=[], findings=[])
    if checking:
        after = after.filter(state="keyed").exclude(keyed_by=request.user)
    else:
        after = after.filter(state__in=["printed", "begun"])
    following = after.select_related("printing").order_by("number", "copy").first()
    if following is None:
        return reverse("workbooks:paper", args=[found.printing.workbook_id])
    return _address("check_sheet", following) if checking else following.get_absolute_url()


def _frame(found: Sheet) -> Given:
    workbook = found.printing.workbook
    return frame(workbook) | {
        "sheet": found,
        "sheet_state": found.get_state_display(),
        "own": workbook.review.kind == "self",
        "paper_href": reverse("workbooks:paper", args=[workbook.pk]),
        "copy_href": _address("copy_sheet", found),
        "copies": _copies(found),
    }


def _copies(found: Sheet) -> list[dict[str, Any]]:
    same = Sheet.objects.filter(printing=found.printing, number=found.number).exclude(pk=found.pk)
    same = same.select_related("printing").order_by("copy")
    return [
        {"href": one.get_absolute_url(), "copy": one.copy, "hand": one.hand, "words": one.get_state_display()}
        for one in same
    ]


def _role(request: MemberRequest, found: Sheet) -> str:
    return queries.writer_of(found.printing.workbook, request.actor).role


def _address(name: str, found: Sheet) -> str:
    return reverse(f"workbooks:{name}", args=[found.code]) + (f"?copy={found.copy}" if found.copy > 1 else "")
