"""The peer-review as a whole: begun, discussed, closed, reopened."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits.queries import leads_team
from communitas.workbooks import actions, policy, policy_of_paper, queries
from communitas.workbooks.forms import BeginForm, ReasonForm
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import book_of, on_paper, pages, people, sections_progress
from communitas.workbooks.queries.progress import is_open
from communitas.workbooks.rules.progress import whole
from communitas.workbooks.rules.review import DISCUSSED_STATES
from communitas.workbooks.views.frame import frame, navigation
from communitas.workbooks.views.scoring import own_lines
from communitas.workbooks.views.self_review import place_of
from communitas.workbooks.waiting import on_overview


@for_members
def overview(request: MemberRequest, pk: int) -> HttpResponse:
    """Where the team is, what this person does next, and what was found."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.read_peer)
    book = book_of(workbook.review.enrolment)
    discussed = workbook.review.state in DISCUSSED_STATES
    agreed = sections_progress(workbook, book)
    own = own_lines(workbook, book, request.user.pk)
    team, beside = people.reviewers_of(workbook, book), pages.self_review_beside(workbook)
    context = frame(workbook) | rights(request, workbook) | on_overview(workbook, request.actor)
    context |= {
        "discussed": discussed,
        "section_links": navigation(agreed, "discussion", pk) if discussed else navigation(own, "peer_section", pk),
        "own_whole": whole(own),
        "team": team,
        "finished": any(one.finished for one in team if one.person == str(request.user.pk)),
        "self_review": beside,
        "self_sent": beside is not None and beside.review.state != "open",
        "findings": queries.findings(workbook.review.enrolment),
        "moves": pages.moves_of(workbook),
        "waits": confirmations.waiting(workbook, policy.reopen_peer),
        "begin_form": BeginForm(),
    }
    return page(request, "workbooks/peer_review.html", context)


@for_members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Open the scoring for the team."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.answer_peer)
    form = BeginForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.begin(workbook=workbook, reason=reason, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect(workbook)
    return redirect("workbooks:peer_section", pk, 1)


@for_members
@require_POST
def open_discussion(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the team everybody's scores."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.agree)
    try:
        actions.open_discussion(workbook=workbook, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect(workbook)
    return redirect("workbooks:discussion", pk, 1)


@for_members
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """What is still missing, and the button that closes the peer-review and its visit."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.close_peer)
    error = ""
    if request.method == "POST":
        try:
            actions.close(workbook=workbook, by=request.user, at=request.now)
        except NotAllowed as refused:
            error = refused.why
        else:
            messages.success(request, _("The peer-review is closed. The draft report can be written now."))
            return redirect(workbook)
    missing = queries.missing_in(workbook)
    context = frame(workbook) | {
        "missing": [_gap(workbook, gap) for gap in missing],
        "error": error,
        "team": people.reviewers_of(workbook, book_of(workbook.review.enrolment)),
        "may_close_now": is_open(workbook) and not missing,
        "on_paper": on_paper.still_on_paper(workbook),
    }
    return page(request, "workbooks/close.html", context, status=422 if error else 200)


@for_members
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a second person of the office to open a closed peer-review again."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.reopen_peer)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.propose_reopening(workbook=workbook, reason=reason, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("A colleague in the office has to confirm this. Until then it stays closed."))
            return redirect(workbook)
    words = {
        "form": form,
        "title": _("Open the peer-review again"),
        "lead": _("A second person of the office confirms. Then the team can change agreed scores until it closes."),
        "label": _("Ask for confirmation"),
    }
    return page(request, "workbooks/confirm.html", frame(workbook) | words)


def rights(request: MemberRequest, workbook: Workbook) -> dict[str, Any]:
    """What this person may do here. No query."""
    closed = workbook.review.state == "closed"
    return {
        "may_answer": policy.answer_peer.allows(request.actor, workbook),
        "may_agree": policy.agree.allows(request.actor, workbook) and leads(request, workbook),
        "may_resolve": policy.resolve_peer.allows(request.actor, workbook),
        "may_close": not closed and policy.close_peer.allows(request.actor, workbook),
        "may_reopen": closed and policy.reopen_peer.allows(request.actor, workbook),
        "may_print": policy_of_paper.print_workbook.allows(request.actor, workbook),
        "may_read_others": policy.read_others.allows(request.actor, workbook),
    }


def leads(request: MemberRequest, workbook: Workbook) -> bool:
    """Whether the seats of this visit let the person agree in the name of the team: one query."""
    return leads_team(workbook.review.enrolment_id, request.user.pk)


def _gap(workbook: Workbook, gap: Any) -> dict[str, str]:
    href = place_of(workbook, book_of(workbook.review.enrolment), gap.criterion_key, "discussion")
    return {"text": gap.sentence, "href": href if workbook.review.state in DISCUSSED_STATES else ""}
