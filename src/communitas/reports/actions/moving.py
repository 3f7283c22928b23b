"""How an action goes on: moves, moves taken back, and notes of progress. Every step is kept as a note."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.actions.recording import record_action
from communitas.reports.models import Action, ActionNote
from communitas.reports.rules import actionplan


@transaction.atomic
def move_action(*, action: Action, verb: str, reason: str = "", by: Account, at: datetime) -> None:
    """Start, put back, finish, drop or take up an action again."""
    queries.hold_action(action)
    if action.state == Action.State.NO_ACTION:
        raise NotAllowed(_("There is nothing to do here: it was decided to plan no action."))
    change: dict[str, Any] = {"state": [action.state, actionplan.PROGRESS.move(action.state, verb, reason=reason)]}
    if action.done_at:
        change["done_at"] = [action.done_at.isoformat(), ""]
    action.state = change["state"][1]
    action.done_at = at if action.state == Action.State.DONE else None
    action.save(update_fields=["state", "done_at"])
    ActionNote.objects.create(action=action, text=reason.strip(), change=change, by=by, at=at)
    record_action(action=action, verb=verb, by=by, at=at, reason=reason)


@transaction.atomic
def undo_move(*, action: Action, by: Account, at: datetime) -> None:
    """Take the last move back, so that the action stands as it stood before. Both stay in its history."""
    queries.hold_action(action)
    last = queries.last_move(action)
    moved_at = last.at if last and last.change["state"][1] == action.state else None
    was_undone = last is not None and last.undoes_id is not None
    actionplan.refuse_undo(moved_at=moved_at, at=at, was_undone=was_undone)
    change = {name: [after, before] for name, (before, after) in last.change.items()} if last else {}
    action.state = change["state"][1]
    action.done_at = parse_datetime(change["done_at"][1]) if "done_at" in change else None
    if "percent" in change:
        action.percent = change["percent"][1]
    action.save(update_fields=["state", "done_at", "percent"])
    ActionNote.objects.create(action=action, change=change, undoes=last, by=by, at=at)
    record_action(action=action, verb="undo", by=by, at=at)


@transaction.atomic
def note_progress(*, action: Action, text: str = "", percent: int | None = None, by: Account, at: datetime) -> None:
    """Write down what has happened, how far the action has come, or both. A planned action is begun by that.

    A note is kept as it is.
    """
    queries.hold_action(action)
    change: dict[str, Any] = {}
    if percent is not None and percent != action.percent:
        actionplan.refuse_percent(percent, action.state)
        change["percent"] = [action.percent, percent]
        action.percent = percent
        if percent and action.state == Action.State.PLANNED:
            change["state"] = [action.state, actionplan.PROGRESS.move(action.state, "start")]
            action.state = change["state"][1]
    if not text.strip() and not change:
        raise NotAllowed(_("Please write what has happened."))
    if change:
        action.save(update_fields=["percent", "state"])
    ActionNote.objects.create(action=action, text=text.strip(), change=change, by=by, at=at)
    record_action(action=action, verb="note", by=by, at=at)
