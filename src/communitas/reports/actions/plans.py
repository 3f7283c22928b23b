"""The action plan. What is planned can be changed; what stood there before is kept as a note."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.cycles.queries import hold
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.actions.recording import record_action
from communitas.reports.models import Action, ActionNote
from communitas.reports.rules import actionplan


@transaction.atomic
def add_action(
    *,
    enrolment: Enrolment,
    text: str = "",
    owner_name: str = "",
    due_on: date | None = None,
    no_action_reason: str = "",
    improvement: str = "",
    criterion_key: str = "",
    owner: Account | None = None,
    carried_from: Action | None = None,
    by: Account,
    at: datetime,
) -> Action:
    """Plan an action, or say why there is none. `improvement` is the area of the report that it answers.

    `owner` is the account of whoever sees to it, when they have one: they are reminded of its day.
    """
    actionplan.refuse_early_plan(signed=queries.final_report(enrolment) is not None)
    owner_name = _name_of(owner_name, owner)
    actionplan.refuse_entry(actionplan.Entry(improvement or text, text, owner_name, due_on, no_action_reason))
    _refuse_owner(enrolment, owner, at)
    action = Action.objects.create(
        enrolment=enrolment,
        criterion_key=criterion_key,
        improvement=improvement,
        text=text.strip(),
        owner_name=owner_name.strip(),
        owner=owner if text.strip() else None,
        due_on=due_on if text.strip() else None,
        state=Action.State.NO_ACTION if no_action_reason.strip() else Action.State.PLANNED,
        reason=no_action_reason.strip(),
        carried_from=carried_from,
        made_by=by,
        made_at=at,
    )
    record_action(action=action, verb="add", by=by, at=at)
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    text: str,
    owner_name: str,
    due_on: date | None,
    no_action_reason: str,
    owner: Account | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Change what is planned; an action may become 'no action' with its reason, and the other way round."""
    queries.hold_action(action)
    owner_name = _name_of(owner_name, owner)
    entry = actionplan.Entry(action.improvement or text, text, owner_name, due_on, no_action_reason)
    actionplan.refuse_entry(entry)
    if owner is not None and owner.pk != action.owner_id:
        _refuse_owner(action.enrolment, owner, at)
    before, owner_before = _said(action), action.owner_id
    action.text, action.owner_name = text.strip(), owner_name.strip()
    action.owner = owner if entry.is_action else None
    action.due_on = due_on if entry.is_action else None
    action.reason = no_action_reason.strip()
    if not entry.is_action:
        action.state = Action.State.NO_ACTION
    elif action.state == Action.State.NO_ACTION:
        action.state = Action.State.PLANNED
    after = _said(action)
    change = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if not change and action.owner_id == owner_before:
        return
    action.save()
    if change:
        ActionNote.objects.create(action=action, change=change, by=by, at=at)
    record_action(action=action, verb="change", by=by, at=at, detail={"change": change})


@transaction.atomic
def carry_on(*, action: Action, enrolment: Enrolment, due_on: date, by: Account, at: datetime) -> Action:
    """Take an action of last time into the plan of this cycle, with a new day.

    It stands beside the criterion that became of its own, where the two compare.
    """
    if action.enrolment.community_id != enrolment.community_id or action.enrolment_id == enrolment.pk:
        raise NotAllowed(_("Only an action of the same community's earlier plan is carried on."))
    return add_action(
        enrolment=enrolment,
        text=action.text,
        owner_name=action.owner_name,
        due_on=due_on,
        improvement="",
        criterion_key=queries.key_now(action, enrolment),
        owner=action.owner if action.owner_id in {each.pk for each in queries.writers_of(enrolment, at)} else None,
        carried_from=action,
        by=by,
        at=at,
    )


@transaction.atomic
def send_plan(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """Send the plan, which completes the community's cycle; its certificate is prepared on that fact."""
    hold(enrolment)
    actionplan.refuse_early_plan(signed=queries.final_report(enrolment) is not None)
    entries = [queries.entry_of(action) for action in enrolment.actions.all()]
    actionplan.refuse_incomplete_plan(queries.areas_of(enrolment), entries)
    cycles.action_plan_sent(enrolment=enrolment, by=by, at=at)


def _name_of(owner_name: str, owner: Account | None) -> str:
    return owner_name if owner_name.strip() or owner is None else owner.display_name


def _refuse_owner(enrolment: Enrolment, owner: Account | None, at: datetime) -> None:
    if owner is not None:
        actionplan.refuse_owner(owner.pk, {each.pk for each in queries.writers_of(enrolment, at)})


def _said(action: Action) -> dict[str, Any]:
    said = {name: getattr(action, name) for name in ("text", "owner_name", "reason", "state")}
    return said | {"due_on": action.due_on.isoformat() if action.due_on else ""}
