"""How actions go on, in the browser: the board of a plan, moves and taking them back, notes of progress."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy
from communitas.reports.forms import BackForm, MoveForm, NoteForm
from communitas.reports.models import Action
from communitas.reports.views.asking import action_for, attempt, enrolment_for, only_posted
from communitas.reports.views.planning import action_page, board_page


@require_safe
@for_members
def board(request: MemberRequest, pk: int) -> HttpResponse:
    """The actions of a plan in four columns: planned, under way, done, given up."""
    enrolment = enrolment_for(request, pk, policy.read_plan)
    return page(request, "reports/board.html", board_page(request, enrolment))


@for_members
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Start, put back, finish, drop or take up an action again."""
    only_posted(request)
    found = action_for(request, pk, policy.write_action)
    form = MoveForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        attempt(
            request,
            lambda: actions.move_action(action=found, by=request.user, at=request.now, **data),
            _("Saved. You can take the last move back for a day."),
        )
    return _back(request, found)


@for_members
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the last move back."""
    only_posted(request)
    found = action_for(request, pk, policy.write_action)
    attempt(
        request,
        lambda: actions.undo_move(action=found, by=request.user, at=request.now),
        _("Taken back. It stands as it stood before."),
    )
    return _back(request, found)


@for_members
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down what has happened, and how far the action has come."""
    only_posted(request)
    found = action_for(request, pk, policy.write_action)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, "reports/action.html", action_page(request, found, note_form=form), status=422)
    data = form.cleaned_data
    attempt(request, lambda: actions.note_progress(action=found, by=request.user, at=request.now, **data), _("Noted."))
    return redirect("reports:action", found.pk)


def _back(request: MemberRequest, found: Action) -> HttpResponse:
    """The board, at the card that was moved, when one came from there; the action's own page otherwise."""
    form = BackForm(request.POST)
    if form.is_valid() and form.cleaned_data["back"]:
        return redirect(f"{reverse('reports:board', args=[found.enrolment_id])}#action-{found.pk}")
    return redirect("reports:action", found.pk)
