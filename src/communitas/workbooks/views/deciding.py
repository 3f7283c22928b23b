"""Answers that differ: the community lead or the lead reviewer chooses one, or makes one out of both."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import back_or, page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import AnswerForm
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import book_of
from communitas.workbooks.queries.deciding import decision, registers, waiting
from communitas.workbooks.rules.replacing import LEADS
from communitas.workbooks.views.frame import frame
from communitas.workbooks.views.self_review import holding, place_of

URLS = {"self": ("differ", "section", "history"), "peer": ("peer_differ", "discussion", "peer_history")}


@for_members
def differ(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """One criterion of a self-review whose answers differ, side by side."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.resolve_self)
    return _one(request, workbook, key)


@for_members
def peer_differ(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """One agreed score that differs, side by side."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.resolve_peer)
    return _one(request, workbook, key)


@for_members
def deciding(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything in a self-review that the community lead decides, with one tap each."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.resolve_self)
    return _all(request, workbook)


@for_members
def peer_deciding(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything in a peer-review that the lead reviewer decides, with one tap each."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.resolve_peer)
    return _all(request, workbook)


def _all(request: MemberRequest, workbook: Workbook) -> HttpResponse:
    context = {**frame(workbook), **_urls(workbook), "waiting": waiting(workbook, request.now), "back": request.path}
    return page(request, "workbooks/deciding.html", context)


def _one(request: MemberRequest, workbook: Workbook, key: str) -> HttpResponse:
    book, error = holding(workbook, key), ""
    back = place_of(workbook, book, key, URLS[workbook.review.kind][1])
    if request.method == "POST":
        form = AnswerForm(request.POST, book)
        error = (
            _decide(request, workbook, key, form) if form.is_valid() else _("This mark or the words cannot be kept.")
        )
        if not error:
            return back_or(request, back)
    found = decision(workbook, key, request.now)
    context = {**frame(workbook), **_urls(workbook), "one": found, "back": back, "error": error}
    return page(request, "workbooks/differ.html", context, status=422 if error else 200)


def _decide(request: MemberRequest, workbook: Workbook, key: str, form: AnswerForm) -> str:
    """Write the decision; why it was refused, or nothing."""
    register, comments = registers(workbook)
    role = LEADS["self_review" if workbook.review.kind == "self" else "peer_review"]
    try:
        written = actions.answer(
            workbook=workbook, criterion_key=key, register=register, comments=comments,
            given=actions.Given(**form.cleaned_data), role=role, by=request.user, at=request.now,
        )  # fmt: skip
    except NotAllowed as refused:
        return refused.why
    if not written:
        return _("Nothing was changed. Choose a mark, or change the words.")
    code = book_of(workbook.review.enrolment).criteria[key].code
    if decision(workbook, key, request.now).differs:
        messages.warning(request, _("%(code)s: somebody has just answered it too. Please look again.") % {"code": code})
    else:
        messages.success(request, _("Decided: %(code)s. What each of you said stays in the history.") % {"code": code})
    return ""


def _urls(workbook: Workbook) -> dict[str, Any]:
    differs, section, history = URLS[workbook.review.kind]
    return {
        "differ_url": f"workbooks:{differs}",
        "history_url": f"workbooks:{history}",
        "own": workbook.review.kind == "self",
        "first": reverse(f"workbooks:{section}", args=[workbook.pk, 1]),
        "always_reason": workbook.review.kind == "peer",
    }
