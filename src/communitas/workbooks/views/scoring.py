"""Each reviewer scores alone; then the team agrees, with everybody's scores side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import back_or, page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, for_members
from communitas.standards.rules.edition import Criterion
from communitas.visits.queries import leads_team
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import AnswerForm
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import Book, book_of, pages, screens, sections_progress
from communitas.workbooks.queries.evidence import with_files
from communitas.workbooks.queries.history import history as entries_of
from communitas.workbooks.queries.kept import kept_notes
from communitas.workbooks.queries.people import finished_in
from communitas.workbooks.queries.progress import is_open
from communitas.workbooks.queries.reading import review_of
from communitas.workbooks.queries.screens import Item
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.progress import Progress, progress, whole
from communitas.workbooks.views.frame import (
    around,
    as_seen,
    frame,
    navigation,
    new_section_line,
    saved_words,
    section_at,
    wanted,
    wishes,
    with_error,
)
from communitas.workbooks.views.self_review import holding, place_of

Fields = dict[str, Any]
OWN, AGREED = "peer_section", "discussion"


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody entered for one criterion: why it was refused, if it was, and what was stored of it."""

    error: str
    given: Fields
    written: Sequence[actions.Outcome]


@for_members
def section(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """One section with the reviewer's own scores; the community's own stand beside them."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.read_peer)
    return page(request, "workbooks/peer_section.html", _section(request, workbook, number, OWN))


@for_members
def discussion(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """One section with everybody's scores side by side and the agreed score to write."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.read_others)
    return page(request, "workbooks/peer_section.html", _section(request, workbook, number, AGREED))


@for_members
@require_POST
def answer(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Save the reviewer's own score and comment of one criterion."""
    return _save(request, pk, key, OWN, policy.answer_peer)


@for_members
@require_POST
def agree(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Save the agreed score of one criterion, its reason, and the team's comment."""
    return _save(request, pk, key, AGREED, policy.agree)


@for_members
@require_POST
def agree_equal(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the agreed score wherever everybody sees it the same way."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.agree)
    try:
        written = len(actions.agree_equal(workbook=workbook, by=request.user, at=request.now))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        words = ngettext("%(count)d criterion is agreed.", "%(count)d criteria are agreed.", written)
        messages.success(request, words % {"count": written})
    return back_or(request, reverse("workbooks:discussion", args=[pk, 1]))


@for_members
@require_POST
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    """I have finished; or, with `undo`, I go on."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.answer_peer)
    role, finished = queries.writer_of(workbook, request.actor).role, "undo" not in request.POST
    try:
        actions.say_finished(workbook=workbook, finished=finished, role=role, by=request.user, at=request.now)
        words = _("Thank you. The team can see your scores now.") if finished else _("You can go on scoring.")
        messages.success(request, words)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect(workbook)


@for_members
def history(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Everything that was ever entered for one criterion, as far as this reader may see it."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.read_peer_history)
    book = holding(workbook, key)
    review = review_of(workbook, book.keys, finished=finished_in(workbook))
    reader = queries.writer_of(workbook, request.actor)
    rows = pages.events_of(workbook, key, review, reader)
    context = frame(workbook) | {
        "criterion": book.criteria[key],
        "entries": entries_of(book, rows, kept_notes(workbook, book, key, review, reader)),
        "back": place_of(workbook, book, key, OWN),
    }
    return page(request, "workbooks/history.html", context)


def own_lines(workbook: Workbook, book: Book, account: int) -> tuple[Progress, ...]:
    """How far one reviewer is in each section: one query."""
    register = registers.reviewer(str(account))
    state = queries.state_of(workbook, registers=Q(register=str(register)))
    return progress(book.edition, book.keys, state, register)


def _save(request: MemberRequest, pk: int, key: str, kind: str, may: Permission) -> HttpResponse:
    workbook = load(queries.peer_review, pk, actor=request.actor, may=may)
    form, error = AnswerForm(request.POST, holding(workbook, key)), ""
    written: list[actions.Outcome] = []
    person = str(request.user.pk)
    own = (registers.reviewer(person), registers.reviewer_comment(person))
    register, comments = own if kind == OWN else (registers.AGREED, pages.AGREED_COMMENT)
    try:
        if form.is_valid():
            written = actions.answer(
                workbook=workbook, criterion_key=key, register=register, comments=comments,
                given=actions.Given(**form.cleaned_data), role=queries.writer_of(workbook, request.actor).role,
                by=request.user, at=request.now,
            )  # fmt: skip
        else:
            error = _("This was not saved: the mark or the words cannot be kept.")
    except NotAllowed as refused:
        error = refused.why
    return _saved(request, workbook, key, kind, Entered(error, form.cleaned_data, written))


def _saved(request: MemberRequest, workbook: Workbook, key: str, kind: str, entered: Entered) -> HttpResponse:
    book, status = book_of(workbook.review.enrolment), 422 if entered.error else 200
    if request.htmx:
        return page(request, "workbooks/_answered.html", _parts(request, workbook, key, kind, entered), status=status)
    if entered.error:
        context = _section(request, workbook, book.place_of[key] + 1, kind)
        context["items"] = with_error(context["items"], key, entered.error, entered.given)
        context["problems"] = [
            {"text": entered.error, "href": f"#{item.id}"} for item in context["items"] if item.key == key
        ]
        return page(request, "workbooks/peer_section.html", context, status=status)
    messages.success(request, _("Saved: %(code)s.") % {"code": book.criteria[key].code})
    return redirect(place_of(workbook, book, key, kind))


def _parts(request: MemberRequest, workbook: Workbook, key: str, kind: str, entered: Entered) -> Fields:
    """What htmx swaps after saving: the criterion's small parts, its section's line, the bar."""
    book = book_of(workbook.review.enrolment)
    [item] = _items(request, workbook, [book.criteria[key]], kind)
    item, lines = as_seen(item, entered.given, entered.written), _lines(request, workbook, book, kind)
    place = book.place_of[key]
    if entered.error:
        [item] = with_error([item], key, entered.error, entered.given)
    return {
        **frame(workbook),
        **_kind(kind),
        "item": item,
        "swapped": True,
        "section_line": new_section_line(lines[place], kind, workbook.pk, place + 1),
        "saved": "" if entered.error else saved_words(whole(lines), request.now),
        "may_resolve": kind == AGREED,
    }


def _section(request: MemberRequest, workbook: Workbook, number: int, kind: str) -> Fields:
    book = book_of(workbook.review.enrolment)
    found, lines = section_at(book, number), _lines(request, workbook, book, kind)
    wished = wishes(request, reverse(f"workbooks:{kind}", args=[workbook.pk, number]))
    items = _items(request, workbook, found.criteria, kind)
    may_answer = _may_answer(request, workbook, kind)
    return {
        **frame(workbook),
        **wished,
        **around(lines, kind, workbook.pk, number, wished["suffix"]),
        **_kind(kind),
        "problems": [],
        "section": found,
        "number": number,
        "items": wanted(items, wished),
        "section_links": navigation(lines, kind, workbook.pk, number, wished["suffix"]),
        "saved": saved_words(whole(lines)),
        "may_answer": may_answer,
        "locked": not may_answer,
        "suggestions": any(item.suggested for item in items),
        "may_resolve": kind == AGREED and may_answer,
        **_company(request, workbook, kind),
    }


def discussed(request: MemberRequest, workbook: Workbook, criteria: Sequence[Criterion]) -> Fields:
    """Some criteria of the page of agreed scores as they stand now."""
    may_agree = _may_answer(request, workbook, AGREED)
    return {
        **_kind(AGREED),
        "items": _items(request, workbook, criteria, AGREED) if criteria else [],
        "may_answer": may_agree,
        "locked": not may_agree,
        "may_resolve": may_agree,
    }


def _may_answer(request: MemberRequest, workbook: Workbook, kind: str) -> bool:
    """Whether this person writes here now: their own scores, or as the leader of this team what it agrees."""
    may = policy.answer_peer if kind == OWN else policy.agree
    if not (may.allows(request.actor, workbook) and is_open(workbook)):
        return False
    return kind == OWN or leads_team(workbook.review.enrolment_id, request.user.pk)


def _company(request: MemberRequest, workbook: Workbook, kind: str) -> Fields:
    """Who else is here while the team agrees; those who score alone are alone."""
    if kind != AGREED or not is_open(workbook):
        return {}
    book = book_of(workbook.review.enrolment)
    return {
        "people": screens.present(workbook, book, request.now, but=request.user.pk),
        "pulses": True,
    }


def _kind(kind: str) -> Fields:
    return {
        "answer_url": "workbooks:peer_answer" if kind == OWN else "workbooks:agree",
        "history_url": "workbooks:peer_history",
        "always_reason": kind == AGREED,
        "differ_url": "workbooks:peer_differ" if kind == AGREED else "",
        "discussing": kind == AGREED,
    }


def _items(request: MemberRequest, workbook: Workbook, criteria: Sequence[Criterion], kind: str) -> list[Item]:
    who = workbook.review.enrolment.community_name
    if kind == OWN:
        own = pages.own_items(workbook, criteria, str(request.user.pk), who, request.now)
        return with_files(own, workbook, request.actor, request.now)
    book = book_of(workbook.review.enrolment)
    review = review_of(workbook, book.keys, finished=finished_in(workbook))
    reader = queries.writer_of(workbook, request.actor)
    agreed = pages.agreed_items(workbook, criteria, review, reader, who, request.now)
    return with_files(agreed, workbook, request.actor, request.now)


def _lines(request: MemberRequest, workbook: Workbook, book: Book, kind: str) -> tuple[Progress, ...]:
    return own_lines(workbook, book, request.user.pk) if kind == OWN else sections_progress(workbook, book)
