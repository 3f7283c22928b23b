"""The pages on which a community answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.standards.rules.edition import Section
from communitas.workbooks import actions, policy, policy_of_paper, queries
from communitas.workbooks.actions.batch import Batch
from communitas.workbooks.forms import AnswerForm
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import Book, book_of, pages, screens, sections_progress
from communitas.workbooks.queries.evidence import with_files
from communitas.workbooks.queries.history import history as entries_of
from communitas.workbooks.queries.kept import kept_notes
from communitas.workbooks.queries.progress import is_open
from communitas.workbooks.queries.reading import review_of
from communitas.workbooks.queries.sides import reader_of
from communitas.workbooks.rules.progress import whole
from communitas.workbooks.rules.registers import SELF
from communitas.workbooks.views.frame import (
    announcing,
    around,
    as_seen,
    frame,
    navigation,
    new_section_line,
    saved_words,
    section_at,
    since,
    wanted,
    wishes,
    with_error,
)
from communitas.workbooks.waiting import on_overview

Fields = dict[str, Any]


@for_members
def ours(request: MemberRequest) -> HttpResponse:
    """The self-review of one's own community, the newest first; straight there when there is only one."""
    found = pages.own_self_reviews(request.actor)
    if len(found) == 1:
        return redirect(found[0])
    return page(request, "workbooks/ours.html", {"reviews": found})


@for_members
def overview(request: MemberRequest, pk: int) -> HttpResponse:
    """The self-review as a whole: its sections, what is missing, what comes next, what happened."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_self)
    lines = sections_progress(workbook, book_of(workbook.review.enrolment))
    unsettled = queries.missing_in(workbook) if is_open(workbook) else ()
    context = frame(workbook) | _rights(request, workbook) | on_overview(workbook, request.actor)
    context |= {
        "section_links": navigation(lines, "section", pk),
        "missing": [gap_of(workbook, gap) for gap in unsettled],
        "moves": pages.moves_of(workbook),
        "due_on": pages.due_on(workbook),
    }
    return page(request, "workbooks/self_review.html", context)


@for_members
def section(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """The criteria of one section with their answers."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_self)
    return page(request, "workbooks/section.html", _section(request, workbook, number))


@for_members
@require_POST
def answer(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Save what was entered for one criterion."""
    workbook = load(queries.answering, pk, actor=request.actor, may=policy.answer_self)
    book = holding(workbook, key)
    form, error, batch = AnswerForm(request.POST, book), "", None
    try:
        if form.is_valid():
            batch = actions.answer_and_tell(
                workbook=workbook,
                criterion_key=key,
                register=SELF,
                comments=pages.SELF_COMMENT,
                given=actions.Given(**form.cleaned_data),
                role=queries.writer_of(workbook, request.actor).role,
                by=request.user,
                at=request.now,
            )
        else:
            error = _("This was not saved: the mark or the words cannot be kept.")
    except NotAllowed as refused:
        error = refused.why
    return _answered(request, workbook, key, error, form.cleaned_data, batch)


@for_members
def history(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Everything that was ever entered for one criterion, by whom and when."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_self_history)
    book = holding(workbook, key)
    reader = queries.writer_of(workbook, request.actor)
    review = review_of(workbook, book.keys)
    rows = pages.events_of(workbook, key, review, reader)
    context = frame(workbook) | {
        "criterion": book.criteria[key],
        "entries": entries_of(book, rows, kept_notes(workbook, book, key, review, reader)),
        "back": place_of(workbook, book, key, "section"),
    }
    return page(request, "workbooks/history.html", context)


@for_members
@require_POST
def pulse(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """I am here: answers with who else is, and with what others have changed on this page since."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_self)
    actions.touch(workbook=workbook, criterion_key=request.POST.get("at", ""), by=request.user, at=request.now)
    book, section, may_answer = _at(request, workbook, number)
    changed = pages.changed_since(workbook, since(request, workbook), pages.SHARED, but_not_by=request.user.pk)
    criteria = [one for one in section.criteria if (one.key or one.code) in changed]
    reader = reader_of(workbook, request.actor, may_answer=may_answer)
    items = pages.self_items(workbook, criteria, reader, request.now, held=True) if criteria else []
    context = frame(workbook) | _rights(request, workbook)
    context |= {
        "items": with_files(items, workbook, request.actor, request.now) if items else [],
        "people": screens.present(workbook, book, request.now, but=request.user.pk),
        "section_links": navigation(sections_progress(workbook, book), "section", pk, number),
        "swapped": True,
    }
    return announcing(page(request, "workbooks/_pulse.html", context), book, criteria, changed)


def _at(request: MemberRequest, workbook: Workbook, number: int) -> tuple[Book, Section, bool]:
    book = book_of(workbook.review.enrolment)
    return book, section_at(book, number), policy.answer_self.allows(request.actor, workbook)


def _section(request: MemberRequest, workbook: Workbook, number: int) -> Fields:
    book, found, may_answer = _at(request, workbook, number)
    lines = sections_progress(workbook, book)
    wished = wishes(request, reverse("workbooks:section", args=[workbook.pk, number]))
    reader = reader_of(workbook, request.actor, may_answer=may_answer)
    items = pages.self_items(workbook, found.criteria, reader, request.now, held=may_answer)
    items = with_files(items, workbook, request.actor, request.now)
    return {
        **frame(workbook),
        **_rights(request, workbook),
        **wished,
        **around(lines, "section", workbook.pk, number, wished["suffix"]),
        "problems": [],
        "section": found,
        "number": number,
        "items": wanted(items, wished),
        "mine_here": wished["mine"] or any(item.given and item.given.mine for item in items),
        "section_links": navigation(lines, "section", workbook.pk, number, wished["suffix"]),
        "people": screens.present(workbook, book, request.now, but=request.user.pk) if may_answer else [],
        "saved": saved_words(whole(lines)),
    }


def _answered(
    request: MemberRequest, workbook: Workbook, key: str, error: str, given: Fields, batch: Batch | None
) -> HttpResponse:
    """After saving: the small parts that changed for htmx; the page again, at this criterion, for everybody else."""
    book = book_of(workbook.review.enrolment)
    number = book.place_of[key] + 1
    status = 422 if error else 200
    if request.htmx:
        return HttpResponse(_parts(request, workbook, key, error, given, batch), status=status)
    if error:
        context = _section(request, workbook, number)
        context["items"] = with_error(context["items"], key, error, given)
        context["problems"] = [{"text": error, "href": f"#{item.id}"} for item in context["items"] if item.key == key]
        return page(request, "workbooks/section.html", context, status=status)
    messages.success(request, _("Saved: %(code)s.") % {"code": book.criteria[key].code})
    return redirect(place_of(workbook, book, key, "section"))


def _parts(request: MemberRequest, workbook: Workbook, key: str, error: str, given: Fields, batch: Batch | None) -> str:
    """The answer of the page that is asked most: only its own words, without the frame of a page."""
    book = book_of(workbook.review.enrolment)
    lines, number = sections_progress(workbook, book), book.place_of[key] + 1
    reading = batch.reading({str(request.user.pk): request.user.display_name}) if batch else None
    item = pages.saved_item(workbook, key, request.user, request.now, reading)
    item = as_seen(item, given, batch.outcomes if batch else ())
    if error:
        [item] = with_error([item], key, error, given)
    context = {
        "workbook": workbook,
        "item": item,
        "may_resolve": bool(item.differ) and policy.resolve_self.allows(request.actor, workbook),
        "history_url": "workbooks:history",
        "swapped": True,
        "section_line": new_section_line(lines[number - 1], "section", workbook.pk, number),
        "saved": "" if error else saved_words(whole(lines), request.now),
    }
    return render_to_string("workbooks/_answered.html", context)


def _rights(request: MemberRequest, workbook: Workbook) -> Fields:
    """What this person may do here. No query."""
    may_answer = policy.answer_self.allows(request.actor, workbook)
    return {
        "may_answer": may_answer,
        "locked": not may_answer,
        "answer_url": "workbooks:answer",
        "history_url": "workbooks:history",
        "may_resolve": policy.resolve_self.allows(request.actor, workbook),
        "may_send": policy.send_self.allows(request.actor, workbook),
        "may_delegate": policy.delegate.allows(request.actor, workbook),
        "may_print": policy_of_paper.print_workbook.allows(request.actor, workbook),
        "may_see_shares": policy.read_delegation.allows(request.actor, workbook),
        "may_reopen": workbook.review.state == "sent" and policy.reopen_self.allows(request.actor, workbook),
    }


def holding(workbook: Workbook, key: str) -> Book:
    """The workbook's book; 404 when this criterion is not in it."""
    book = book_of(workbook.review.enrolment)
    if key not in book.keys:
        raise Http404
    return book


def place_of(workbook: Workbook, book: Book, key: str, url_name: str) -> str:
    """The address of a criterion on its section's page."""
    order = list(book.criteria).index(key)
    return reverse(f"workbooks:{url_name}", args=[workbook.pk, book.place_of[key] + 1]) + f"#c{order}"


def gap_of(workbook: Workbook, gap: Any) -> Fields:
    """A gap as a page lists it: its sentence, and the way to its criterion."""
    book = book_of(workbook.review.enrolment)
    return {
        "text": gap.sentence,
        "href": place_of(workbook, book, gap.criterion_key, "section"),
        "section": book.sections[book.place_of[gap.criterion_key]].title,
        "why": gap.why,
    }
