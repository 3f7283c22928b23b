"""What the pages of a plan and of an action show."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.members.http import MemberRequest
from communitas.reports import policy, queries
from communitas.reports.forms import NoteForm
from communitas.reports.models import Action, ActionEvidence, ActionNote
from communitas.reports.rules.actionplan import PROGRESS, STEPS, step_words
from communitas.reports.views.lists import ACTION_MARKS
from communitas.workbooks.rules.evidence import size_words

FIELD_WORDS = {
    "text": gettext_lazy("what we will do"),
    "owner_name": gettext_lazy("who sees to it"),
    "due_on": gettext_lazy("by when"),
    "reason": gettext_lazy("reason"),
    "state": gettext_lazy("state"),
    "percent": gettext_lazy("how far it has come"),
}


def plan_page(request: MemberRequest, enrolment: Enrolment) -> dict[str, Any]:
    """The plan with what this person may do."""
    today = today_in(request.network, request.now)
    plan = queries.plan_of(enrolment, today=today)
    due = enrolment.due_dates.filter(what="action_plan").first()
    writes = plan.report is not None and policy.write_plan.allows(request.actor, enrolment)
    return {
        "enrolment": enrolment,
        "plan": plan,
        "areas": [_area(area, enrolment, today, plan.codes, writes) for area in plan.areas],
        "own": [_row(action, today, plan.codes) for action in plan.own],
        "left": [_row(action, today, {}) for action in plan.left],
        "writes": writes,
        "shares": plan.report is not None and policy.offer_achievements.allows(request.actor, enrolment),
        "sends": policy.send_plan.allows(request.actor, enrolment) and enrolment.stage == "action_plan",
        "sent": enrolment.stage == "completed",
        "due_on": due.due_on if due else None,
        "crumbs": [
            {"label": _("Reports"), "href": reverse("reports:locals")},
            {"label": _("Action plan of %(name)s") % {"name": enrolment.community_name}},
        ],
    }


def rows_of(request: MemberRequest, enrolment: Enrolment) -> list[dict[str, Any]]:
    """The actions of a plan as they stand now, for the page of its report. One query."""
    today = today_in(request.network, request.now)
    return [_row(action, today, {}) for action in queries.actions().filter(enrolment=enrolment)]


def board_page(request: MemberRequest, enrolment: Enrolment) -> dict[str, Any]:
    """The plan's actions by how they stand; 'no action' is no card. A constant number of queries."""
    today = today_in(request.network, request.now)
    rows = [each for each in queries.actions().filter(enrolment=enrolment) if each.state in PROGRESS.states]
    writes = policy.write_plan.allows(request.actor, enrolment)
    back = queries.undoable(enrolment, request.now) if writes else set()
    cards: dict[str, list[dict[str, Any]]] = {state: [] for state in PROGRESS.states}
    for each in rows:
        moves = _moves(each) if writes else []
        cards[each.state].append(_row(each, today, {}) | {"moves": moves, "undo": each.pk in back})
    words = dict(Action.State.choices)
    return {
        "enrolment": enrolment,
        "columns": [
            {"state": state, "title": words[state], "mark": ACTION_MARKS[state], "cards": found}
            for state, found in cards.items()
        ],
        "number": len(rows),
        "writes": writes,
        "crumbs": _crumbs(enrolment, _("Board")),
    }


def action_page(request: MemberRequest, action: Action, note_form: NoteForm | None = None) -> dict[str, Any]:
    """One action with its history and the moves that are open."""
    today = today_in(request.network, request.now)
    writes = policy.write_action.allows(request.actor, action)
    notes = list(action.notes.select_related("by"))
    proofs = list(queries.proofs().filter(action=action))
    return {
        "action": _row(action, today, {}),
        "pk": action.pk,
        "improvement": action.improvement,
        "reason": action.reason,
        "writes": writes,
        "moves": _moves(action) if writes else [],
        "undo": writes and action.pk in queries.undoable(action.enrolment, request.now),
        "note_form": note_form or NoteForm(),
        "proofs": [_proof(proof) for proof in proofs],
        "history": [_entry(note) for note in notes] + [_beginning(action)],
        "carried_from": action.carried_from_id,
        "crumbs": _crumbs(action.enrolment, str(action)),
    }


def _area(area: queries.Area, enrolment: Enrolment, today: Any, codes: Any, writes: bool) -> dict[str, Any]:
    return {
        "text": area.text,
        "codes": ", ".join(area.codes),
        "rows": [_row(action, today, codes) for action in area.actions],
        "add": _add_url(enrolment, area.text, area.key) if writes else "",
    }


def _row(action: Action, today: Any, codes: Any) -> dict[str, Any]:
    return {
        "pk": action.pk,
        "text": action.text or action.improvement,
        "nothing": action.state == Action.State.NO_ACTION,
        "reason": action.reason,
        "owner": action.owner_name,
        "due_on": action.due_on,
        "state": action.get_state_display(),
        "mark": ACTION_MARKS[action.state],
        "overdue": queries.is_overdue(action, today),
        "code": codes.get(action.criterion_key, ""),
        "notes": getattr(action, "number_of_notes", 0),
        "step": step_words(action.percent, action.state),
        "percent": action.percent if action.state == Action.State.UNDER_WAY else 0,
        "cycle": action.enrolment.cycle.name,
        "href": reverse("reports:action", args=[action.pk]),
    }


def _crumbs(enrolment: Enrolment, here: str) -> list[dict[str, Any]]:
    """The way to a page below the plan."""
    plan = _("Action plan of %(name)s") % {"name": enrolment.community_name}
    return [
        {"label": _("Reports"), "href": reverse("reports:locals")},
        {"label": plan, "href": reverse("reports:plan", args=[enrolment.pk])},
        {"label": here},
    ]


def _moves(action: Action) -> list[dict[str, Any]]:
    open_moves = PROGRESS.allowed(action.state) if action.state in PROGRESS.states else ()
    return [{"verb": move.verb, "label": move.label, "asks": move.needs_reason, "to": move.to} for move in open_moves]


def _proof(proof: ActionEvidence) -> dict[str, Any]:
    gone = proof.withdrawn_at is not None
    address = proof.link or reverse("reports:action_evidence", args=[proof.action_id, proof.pk])
    return {
        "pk": proof.pk,
        "name": proof.name,
        "href": "" if gone else address,
        "about": _("link") if proof.link else size_words(proof.size),
        "by": proof.by.display_name,
        "when": date_format(proof.at, "j F Y"),
        "withdrawn": gone,
        "reason": proof.withdrawn_reason,
    }


def _entry(note: ActionNote) -> dict[str, Any]:
    words = [note.text] if note.text else []
    if note.undoes_id:
        words.append(_("the last move was taken back"))
    known: dict[Any, Any] = {**dict(Action.State.choices), **STEPS}
    for name, (before, after) in note.change.items():
        if name == "done_at":  # the state says it
            continue
        shown = [str(known.get(each, each) or "–") for each in (before, after)]
        words.append(f"{FIELD_WORDS.get(name, name)}: {shown[0]} → {shown[1]}")
    return {"what": "; ".join(words), "by": note.by.display_name, "when": date_format(note.at, "j F Y, H:i")}


def _beginning(action: Action) -> dict[str, Any]:
    by = action.made_by.display_name if action.made_by else ""
    return {"what": _("Planned"), "by": by, "when": date_format(action.made_at, "j F Y, H:i")}


def _add_url(enrolment: Enrolment, improvement: str, key: str) -> str:
    query = urlencode({"improvement": improvement, "criterion_key": key})
    return f"{reverse('reports:add_action', args=[enrolment.pk])}?{query}"
