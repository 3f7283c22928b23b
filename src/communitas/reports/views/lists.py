"""The lists of local reports and of actions, declared once for screen and download."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle
from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.members.models import ServiceType
from communitas.reports import queries
from communitas.reports.models import Action, LocalReport
from communitas.reports.queries.planned import OPEN
from communitas.reports.rules.actionplan import step_words
from communitas.reports.rules.report import FINAL, SUPERSEDED

MARKS = {FINAL: "m2", SUPERSEDED: "mna"}
STATES = dict(LocalReport.State.choices)
ACTION_MARKS = {"done": "m2", "under_way": "m1", "planned": "m0", "no_action": "mna", "dropped": "mna"}


def _cycles(request: HttpRequest) -> list[tuple[str, str]]:
    network = request.network  # type: ignore[attr-defined]  # set by NetworkMiddleware
    return [(str(pk), name) for pk, name in Cycle.objects.filter(network=network).values_list("pk", "name")]


def _types(request: HttpRequest) -> list[tuple[str, str]]:
    network = request.network  # type: ignore[attr-defined]  # likewise
    return list(ServiceType.objects.filter(network=network).values_list("code", "name"))


def _day(value: Any) -> str:
    return date_format(value, "j F Y") if value else ""


CYCLE = Filter("cycle", _("Cycle"), _cycles, lambda rows, value: rows.filter(enrolment__cycle=value))
TYPE = Filter("type", _("Type"), _types, lambda rows, value: rows.filter(enrolment__service_type__code=value))
CYCLE_OF_ENROLMENT = Filter("cycle", _("Cycle"), _cycles, lambda rows, value: rows.filter(cycle=value))
TYPE_OF_ENROLMENT = Filter("type", _("Type"), _types, lambda rows, value: rows.filter(service_type__code=value))

REPORTS = ListSpec(
    name=_("Local reports"),
    columns=(
        Column("community", _("Community"), lambda r: r.enrolment.community_name, ("enrolment__community_name",)),
        Column("cycle", _("Cycle"), lambda r: r.enrolment.cycle.name, ("enrolment__cycle__opens_on",), nowrap=True),
        Column("type", _("Type"), lambda r: r.enrolment.service_type.name, ("enrolment__service_type__name",)),
        Column(
            "state",
            _("State"),
            lambda r: STATES[r.state],
            ("state",),
            cell=lambda r: {"text": STATES[r.state], "mark": MARKS.get(r.state, "m1")},
        ),
        Column("version", _("Version"), lambda r: r.version, ("version",), number=True),
        Column("delivered", _("Delivered"), lambda r: _day(r.delivered_at), ("delivered_at",), nowrap=True),
        Column("signed", _("Signed"), lambda r: _day(r.signed_at), ("signed_at",), nowrap=True),
    ),
    search=("enrolment__community_name", "enrolment__organisation__name"),
    filters=(choice_filter("state", _("State"), "state", LocalReport.State.choices), CYCLE, TYPE),
    order="-cycle",
    link=lambda r: reverse("reports:local", args=[r.pk]),
    empty=_("No report fits these filters. A draft begins by itself when a peer-review is closed."),
)


def _due_cell(action: Any, today: date) -> Any:
    if queries.is_overdue(action, today):
        return {"text": _day(action.due_on), "tag": _("overdue"), "tone": "warn"}
    return _day(action.due_on)


def _percent(action: Any) -> int | str:
    """How far in hundredths, for a download; done is 100, and nothing to do has none."""
    if action.state == Action.State.NO_ACTION:
        return ""
    return 100 if action.state == Action.State.DONE else int(action.percent)


def _state_cell(action: Any) -> Any:
    words = step_words(action.percent, action.state)
    state = action.get_state_display()
    return {"text": f"{state}: {words}" if words else state, "mark": ACTION_MARKS[action.state]}


def _action_columns(today: date) -> tuple[Column, ...]:
    def due(action: Any) -> Any:
        return _due_cell(action, today)

    return (
        Column("action", _("Action"), lambda a: a.text or a.improvement, ("text",)),
        Column("community", _("Community"), lambda a: a.enrolment.community_name, ("enrolment__community_name",)),
        Column("cycle", _("Cycle"), lambda a: a.enrolment.cycle.name, ("enrolment__cycle__opens_on",), nowrap=True),
        Column("who", _("Who"), lambda a: a.owner_name, ("owner_name",)),
        Column("due", _("By when"), lambda a: a.due_on, ("due_on",), cell=due),
        Column("state", _("State"), lambda a: a.get_state_display(), ("state",), cell=_state_cell),
        Column("percent", _("How far, in %"), _percent, on_screen=False),
        Column("reason", _("Reason"), lambda a: a.reason, on_screen=False),
        Column("area", _("Area for improvement"), lambda a: a.improvement, on_screen=False),
    )


def action_list(today: date) -> ListSpec:
    """The list of actions; `today` decides which are overdue."""

    def overdue(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(state__in=OPEN, due_on__lt=today)

    return ListSpec(
        name=_("Actions"),
        columns=_action_columns(today),
        search=("text", "improvement", "owner_name", "enrolment__community_name"),
        filters=(
            choice_filter("state", _("State"), "state", Action.State.choices),
            Filter("late", _("Overdue"), lambda request: [("yes", _("Overdue only"))], overdue),
            CYCLE,
            TYPE,
        ),
        order="due",
        link=lambda a: reverse("reports:action", args=[a.pk]),
        empty=_("No action fits these filters. Actions are planned when a local report is final."),
    )
