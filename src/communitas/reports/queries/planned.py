"""Action plans as documents and screens read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from communitas.cycles.models import Enrolment
from communitas.reports.models import Action, LocalReport
from communitas.reports.rules import actionplan, stored
from communitas.reports.rules.documents.parts import Finding, PlannedAction
from communitas.standards import queries as standards

OPEN = (Action.State.PLANNED, Action.State.UNDER_WAY)


@dataclass(frozen=True)
class Area:
    """An area for improvement of the signed report with what the community plans about it."""

    text: str
    codes: tuple[str, ...] = ()
    key: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A community's plan: the areas of its report, its own ideas, what is left from last time, and what is missing."""

    report: LocalReport | None
    areas: tuple[Area, ...] = ()
    own: tuple[Action, ...] = ()
    left: tuple[Action, ...] = ()
    missing: tuple[str, ...] = ()
    in_words: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of the plan."""
        return (*(action for area in self.areas for action in area.actions), *self.own)


def actions() -> QuerySet[Action]:
    """Actions with what lists and pages show."""
    return Action.objects.select_related(
        "enrolment__cycle__network__tenant", "enrolment__community", "enrolment__edition", "made_by"
    )


def final_report(enrolment: Enrolment) -> LocalReport | None:
    """The signed report that counts now."""
    return LocalReport.objects.filter(enrolment=enrolment, state=LocalReport.State.FINAL).first()


def plan_of(enrolment: Enrolment, *, today: date) -> Plan:
    """The whole plan of an enrolment, in a constant number of queries."""
    report = final_report(enrolment)
    keys = {row.code: row.key for row in standards.by_key(enrolment.edition_id).values()}
    found = list(actions().filter(enrolment=enrolment).annotate(number_of_notes=Count("notes")).order_by("pk"))
    findings = _areas(report)
    areas = tuple(
        Area(
            each.text,
            each.criteria,
            keys.get(each.criteria[0], "") if each.criteria else "",
            tuple(action for action in found if action.improvement == each.text),
        )
        for each in findings
    )
    texts = {each.text for each in findings}
    entries = [entry_of(action) for action in found]
    return Plan(
        report,
        areas,
        tuple(action for action in found if action.improvement not in texts),
        tuple(_left(enrolment, found)),
        actionplan.unanswered((each.text for each in findings), entries),
        actionplan.in_words(entries, today),
        {key: code for code, key in keys.items()},
    )


def areas_of(enrolment: Enrolment) -> tuple[str, ...]:
    """What a plan has to answer before it is sent."""
    return tuple(each.text for each in _areas(final_report(enrolment)))


def entry_of(action: Action) -> actionplan.Entry:
    """The action as the rules know it."""
    return actionplan.Entry(
        area=action.improvement or action.text,
        action=action.text if action.state != Action.State.NO_ACTION else "",
        owner=action.owner_name,
        due_on=action.due_on,
        no_action_reason=action.reason if action.state == Action.State.NO_ACTION else "",
        progress=action.state,
    )


def is_overdue(action: Action, today: date) -> bool:
    """Whether the action's day has passed while it is neither done nor given up."""
    return actionplan.is_overdue(entry_of(action), today)


def planned_actions(enrolment: Enrolment, codes: Mapping[str, str]) -> list[PlannedAction]:
    """The plan as a report prints it; empty until the community has begun it."""
    return [_printed(action, codes) for action in Action.objects.filter(enrolment=enrolment).order_by("pk")]


def earlier_actions(enrolment: Enrolment) -> list[PlannedAction]:
    """What the community planned after its last review, and how each action stands."""
    last = _last_planned(enrolment)
    if last is None:
        return []
    codes = {row.key: row.code for row in standards.by_key(last.edition_id).values()}
    return [_printed(action, codes) for action in Action.objects.filter(enrolment=last).order_by("pk")]


def _printed(action: Action, codes: Mapping[str, str]) -> PlannedAction:
    nothing = action.state == Action.State.NO_ACTION
    code = codes.get(action.criterion_key, "")
    return PlannedAction(
        text=action.text or action.improvement,
        owner=action.owner_name,
        due_on=action.due_on,
        criteria=(code,) if code else (),
        no_action_reason=action.reason if nothing else "",
        progress="" if nothing else str(action.get_state_display()),
    )


def _areas(report: LocalReport | None) -> Iterable[Finding]:
    if report is None or report.document is None:
        return ()
    return [stored.from_json(Finding, each) for each in report.document["improvements"]]


def _last_planned(enrolment: Enrolment) -> Enrolment | None:
    return (
        Enrolment.objects.filter(
            community=enrolment.community_id, cycle__opens_on__lt=enrolment.cycle.opens_on, actions__isnull=False
        )
        .order_by("-cycle__opens_on", "-pk")
        .first()
    )


def _left(enrolment: Enrolment, found: Iterable[Action]) -> list[Action]:
    """Last time's actions that are neither done nor given up, and not carried on yet."""
    last = _last_planned(enrolment)
    if last is None:
        return []
    carried = {action.carried_from_id for action in found}
    return [action for action in actions().filter(enrolment=last, state__in=OPEN) if action.pk not in carried]
