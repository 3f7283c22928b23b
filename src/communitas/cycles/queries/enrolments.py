"""One enrolment: its stages on a line, its due dates, its history, its people, and the ways to what belongs to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communitas.cycles import slots
from communitas.cycles.models import DueDate, Enrolment, Move
from communitas.cycles.queries.calendars import calendar_of
from communitas.cycles.queries.cockpit import late_words
from communitas.cycles.rules.stages import ENDED, Pathway, Stage, stages_of
from communitas.members.actors import Actor

VERBS = {
    "enrol": gettext_lazy("Enrolled"),
    "open_self_review": gettext_lazy("Self-review opened"),
    "send_self_review": gettext_lazy("Self-review sent"),
    "reopen_self_review": gettext_lazy("Self-review reopened"),
    "prepare_visit": gettext_lazy("Visit being prepared"),
    "close_visit": gettext_lazy("Visit closed"),
    "reopen_visit": gettext_lazy("Visit reopened"),
    "deliver_draft": gettext_lazy("Draft report delivered"),
    "end_fact_check": gettext_lazy("Factual check ended"),
    "sign_report": gettext_lazy("Final report signed"),
    "complete": gettext_lazy("Cycle completed"),
    "withdraw": gettext_lazy("Withdrawn from the cycle"),
    "close": gettext_lazy("Community closed"),
    "merge": gettext_lazy("Merged into another community"),
    "reinstate": gettext_lazy("Taken back into the cycle"),
    "rename": gettext_lazy("Renamed"),
    "change_type": gettext_lazy("Service type changed"),
    "set_visit_date": gettext_lazy("Visit date set"),
    "extend": gettext_lazy("Due date extended"),
    "set_modules": gettext_lazy("Modules chosen"),
    "set_windows": gettext_lazy("Windows of the cycle changed"),
}
REPORT = frozenset({Stage.DRAFTING, Stage.FACT_CHECK, Stage.FINAL})


@dataclass(frozen=True, slots=True)
class DueRow:
    """One due date of the enrolment's page."""

    stage: str
    label: str
    due_on: date | None
    first_due_on: date | None
    done: bool
    late: str
    can_be_extended: bool

    @property
    def extended(self) -> bool:
        """Whether the day was moved by an extension."""
        return bool(self.due_on and self.first_due_on and self.due_on != self.first_due_on)


def due_rows(enrolment: Enrolment, today: date) -> list[DueRow]:
    """The due dates in the order of the stages: two queries."""
    rows = {row.what: row for row in enrolment.due_dates.all()}
    calendar = calendar_of(enrolment.cycle.network)
    stages = [stage for stage in stages_of(Pathway(enrolment.pathway)) if stage not in ENDED]
    now = stages.index(Stage(enrolment.stage)) if enrolment.stage in stages else len(stages)
    opens = Stage.SELF_REVIEW in stages
    result = []
    for number, stage in enumerate(stages):
        row = rows.get(stage.value) or DueDate(what=stage)
        late = late_words(enrolment.stage, row.due_on, today, calendar) if number == now else ""
        movable = number >= now and stage != Stage.VISIT and row.due_on is not None
        label = _("Self-review opens") if opens and not number else str(Enrolment.Stage(stage.value).label)
        result.append(DueRow(stage.value, label, row.due_on, row.first_due_on, number < now, late, movable))
    return result


def path_of_stages(enrolment: Enrolment, dues: list[DueRow], today: date) -> list[dict[str, Any]]:
    """The stations of the year for the component 'path'. Draft, factual check and final are one station: the report."""
    stations: list[dict[str, Any]] = []
    for due in dues:
        present = due.stage == enrolment.stage
        state = "done" if due.done else ("late" if due.late else "now") if present else "later"
        label = str(Enrolment.Stage(due.stage).label)
        station = {"label": label, "state": state, "when": _when(due, present, today)}
        if due.stage == Stage.ENROLLED and due.done:
            station["when"] = date_format(localtime(enrolment.enrolled_at), "j F")
        if due.stage in REPORT and stations and stations[-1]["label"] == _("Local report"):
            stations[-1] = _folded(stations[-1], station, due, present)
            continue
        if due.stage in REPORT:
            station |= {"label": _("Local report"), "when": _report_when(due, station["when"], present)}
        stations.append(station)
    return [*stations, _last_station(enrolment)]


def _folded(before: dict[str, Any], station: dict[str, Any], due: DueRow, present: bool) -> dict[str, Any]:
    """The station of the report: under way as soon as one of its stages is, done when the last one is."""
    if before["state"] in {"now", "late", "later"}:
        return before
    return station | {"label": before["label"], "when": _report_when(due, station["when"], present)}


def _report_when(due: DueRow, when: str, present: bool) -> str:
    if due.done or not due.due_on:
        return when
    day = date_format(due.due_on, "j F")
    if due.stage == Stage.DRAFTING:
        return when if due.late else _("draft by %(day)s") % {"day": day}
    if due.stage == Stage.FACT_CHECK:
        return when if due.late else _("check the facts by %(day)s") % {"day": day}
    return when if due.late else _("final by %(day)s") % {"day": day}


def _last_station(enrolment: Enrolment) -> dict[str, Any]:
    if enrolment.stage in ENDED and enrolment.stage != Stage.COMPLETED:
        return {"label": enrolment.get_stage_display(), "state": "done", "when": ""}
    if enrolment.stage == Stage.COMPLETED:
        at = localtime(enrolment.completed_at) if enrolment.completed_at else None
        return {"label": _("Completed"), "state": "done", "when": date_format(at, "j F Y") if at else ""}
    return {"label": _("Certificate"), "state": "later", "when": _("on completing the cycle")}


def _when(due: DueRow, present: bool, today: date) -> str:
    if due.due_on is None:
        return _("to be set") if not due.done else ""
    day = date_format(due.due_on, "j F")
    if due.done:
        return day
    if due.late:
        return _("was due on %(day)s") % {"day": day}
    if due.stage == Stage.VISIT:
        return date_format(due.due_on, "l j F")
    words = _("until %(day)s") if due.stage != Stage.ENROLLED else _("self-review opens %(day)s")
    return (words % {"day": day}) + (f", {days_left(due.due_on, today)}" if present else "")


def days_left(day: date, today: date) -> str:
    """'9 days left', 'today', or '' for a day that has passed."""
    left = (day - today).days
    if left < 0:
        return ""
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left} if left else _("today")


def history_of(enrolment: Enrolment) -> list[dict[str, Any]]:
    """What happened, newest first, for the component 'history': one query."""
    return [
        {
            "what": words_of(move),
            "by": move.by.display_name if move.by else _("Communitas"),
            "when": date_format(localtime(move.at), "j F Y, H:i"),
            "reason": move.reason,
        }
        for move in enrolment.moves.select_related("by")
    ]


def links_of(enrolment: Enrolment, roles: frozenset[str], actor: Actor) -> list[slots.Link]:
    """The ways to workbook, visit and report that are for one of these roles and open to the actor, in order."""
    found = [link for links in slots.links.ask([enrolment.pk]).get(enrolment.pk, []) for link in links]
    return sorted(
        (link for link in found if link.roles & roles and link.may(actor)), key=lambda link: (link.order, link.label)
    )


def steps_of(enrolment: Enrolment, roles: frozenset[str], actor: Actor) -> list[slots.Step]:
    """What the actor does next for the enrolment in these roles, the most pressing first."""
    found = [step for steps in slots.next_steps.ask([enrolment.pk]).get(enrolment.pk, []) for step in steps]
    return sorted((step for step in found if step.roles & roles and step.may(actor)), key=lambda step: step.order)


def by_words(day: date | None, today: date) -> str:
    """'by Monday 14 December, 9 days left', 'was due on Monday 14 December', or nothing without a day."""
    if day is None:
        return ""
    words = {"day": date_format(day, "l j F")}
    left = days_left(day, today)
    return f"{_('by %(day)s') % words}, {left}" if left else _("was due on %(day)s") % words


def words_of(move: Move) -> str:
    """What happened, in words for people."""
    verb, detail = move.verb, move.detail
    words = str(VERBS.get(verb, verb.replace("_", " ").capitalize()))
    if verb == "extend":
        stage = Enrolment.Stage(detail["stage"]).label
        return _("%(stage)s: due date extended to %(day)s") % {"stage": stage, "day": _day(detail["until"])}
    if verb == "set_visit_date":
        return (
            _("Visit date: %(day)s") % {"day": _day(detail["on"])} if detail.get("on") else _("Visit date taken away")
        )
    if verb in {"rename", "change_type"}:
        return f"{words}: {detail.get('before', '')} → {detail.get('after', '')}"
    return words


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")
