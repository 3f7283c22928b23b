"""The cockpit: every enrolment of a cycle by stage, what is late, what comes next. A constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communitas.cycles import slots
from communitas.cycles.models import Cycle, DueDate, Enrolment, Reminder
from communitas.cycles.queries.calendars import calendar_of, today_in, zone_of
from communitas.cycles.rules.calendar import WorkingCalendar, local_day
from communitas.cycles.rules.due import Due, what_is_late
from communitas.cycles.rules.stages import ENDED, Stage
from communitas.kit.lists import Column, Filter, Listing, ListSpec, choice_filter
from communitas.kit.loading import numbers_within

WEEK = timedelta(days=7)
# What the stage waits for, in the words of the table; rules.due says the same in whole sentences for letters.
WAITS_FOR = {
    Stage.ENROLLED: gettext_lazy("self-review opens"),
    Stage.SELF_REVIEW: gettext_lazy("community sends its self-review"),
    Stage.VISIT: gettext_lazy("team visits"),
    Stage.DRAFTING: gettext_lazy("office delivers the draft"),
    Stage.FACT_CHECK: gettext_lazy("community checks the facts"),
    Stage.FINAL: gettext_lazy("office signs the report"),
    Stage.ACTION_PLAN: gettext_lazy("community sends its action plan"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One stage on top of the cockpit: how many stand there and how many of them are late."""

    stage: str
    label: str
    count: int
    late: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What the office asks first about a cycle."""

    total: int
    late: int
    undated: int
    ready: int  # enrolled, and the window of the self-review has begun
    by_stage: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One enrolment of the list, as plain values."""

    pk: int
    name: str
    kind: str
    pathway: str
    stage: str
    ended: bool
    waits_for: str
    due_on: date | None
    late: str
    visit_on: date | None
    self_review: slots.Note | None
    team: slots.Note | None
    report: slots.Note | None
    reminded_on: date | None
    href: str


def enrolments(cycle: Cycle) -> QuerySet[Enrolment]:
    """The enrolments of a cycle with `due_on`, the due date of the stage in which each stands."""
    present = DueDate.objects.filter(enrolment=OuterRef("pk"), what=OuterRef("stage")).values("due_on")[:1]
    rows = Enrolment.objects.filter(cycle=cycle).annotate(due_on=Subquery(present))
    return rows.select_related("service_type", "community")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An enrolment that is late or due soon, for a short list."""

    name: str
    waits_for: str
    due_on: date
    late: str
    href: str


def late_ones(cycle: Cycle, today: date, most: int) -> list[Waiting]:
    """Those that are late, the longest first: two queries."""
    return _waiting(due_filter(today).apply(enrolments(cycle), "late"), cycle, today, most)


def soon_ones(cycle: Cycle, today: date, most: int) -> list[Waiting]:
    """Those that are due within seven days, the soonest first: two queries."""
    return _waiting(due_filter(today).apply(enrolments(cycle), "week"), cycle, today, most)


def _waiting(found: QuerySet[Any], cycle: Cycle, today: date, most: int) -> list[Waiting]:
    calendar = calendar_of(cycle.network)
    return [
        Waiting(
            each.community_name,
            str(WAITS_FOR[Stage(each.stage)]),
            each.due_on,
            late_words(each.stage, each.due_on, today, calendar),
            reverse("cycles:enrolment", args=[each.pk]),
        )
        for each in found.order_by("due_on", "community_name", "pk")[:most]
    ]


def figures(cycle: Cycle, today: date) -> Figures:
    """Counts by stage, late ones and those without a visit date: one query."""
    passed = Exists(DueDate.objects.filter(enrolment=OuterRef("pk"), what=OuterRef("stage"), due_on__lt=today))
    begun = Exists(DueDate.objects.filter(enrolment=OuterRef("pk"), what=OuterRef("stage"), due_on__lte=today))
    counted = (
        cycle.enrolments.order_by()
        .values("stage")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=passed),
            undated=Count("pk", filter=Q(anchor_on__isnull=True)),
            begun=Count("pk", filter=begun & ~Q(pathway=Enrolment.Pathway.DEVELOPMENTAL)),
        )
    )
    rows = {row["stage"]: row for row in counted}
    running = [row for stage, row in rows.items() if stage not in ENDED]
    return Figures(
        total=sum(row["count"] for row in rows.values()),
        late=sum(row["late"] for row in running),
        undated=sum(row["undated"] for row in running),
        ready=rows[Stage.ENROLLED.value]["begun"] if Stage.ENROLLED.value in rows else 0,
        by_stage={stage: (row["count"], row["late"] if stage not in ENDED else 0) for stage, row in rows.items()},
    )


def segments(found: Figures, request: HttpRequest) -> list[Segment]:
    """The stages in order with their counts; endings other than 'completed' only where there are some."""
    chosen = request.GET.get("stage", "")
    shown = [stage for stage in Stage if stage not in ENDED or stage == Stage.COMPLETED or found.by_stage.get(stage)]
    result = []
    for stage in shown:
        count, late = found.by_stage.get(stage.value, (0, 0))
        query = request.GET.copy()
        for name in ("stage", "page", "format"):
            query.pop(name, None)
        if chosen != stage:
            query["stage"] = stage.value
        label = str(Enrolment.Stage(stage.value).label)
        result.append(Segment(stage.value, label, count, late, f"?{query.urlencode()}", chosen == stage))
    return result


def due_filter(today: date) -> Filter:
    """Late, due in seven days, or without a due date."""
    running = ~Q(stage__in=ENDED)

    def apply(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "late":
            return rows.filter(running, due_on__lt=today)
        if value == "week":
            return rows.filter(running, due_on__gte=today, due_on__lte=today + WEEK)
        return rows.filter(running, due_on__isnull=True)

    choices = [("late", _("Late")), ("week", _("Due in 7 days")), ("unset", _("No due date yet"))]
    return Filter("due", _("Due"), lambda request: choices, apply, _("All dates"))


def visit_filter() -> Filter:
    """With or without a visit date."""
    choices = [("without", _("Without a visit date")), ("with", _("With a visit date"))]
    return Filter(
        "visit",
        _("Visit"),
        lambda request: choices,
        lambda rows, value: rows.filter(anchor_on__isnull=value == "without"),
        _("All visits"),
    )


def spec(cycle: Cycle, today: date, rows: dict[int, Row] | None = None) -> ListSpec:
    """The list of the cockpit. `rows` holds what a download shows of each enrolment."""
    types = [(each.code, each.name) for each in cycle.network.service_types.all()]
    regions = cycle.enrolments.exclude(region="").order_by("region").values_list("region", flat=True).distinct()
    places = [(region, region) for region in regions]
    known = rows or {}

    def word(name: str) -> Any:
        return lambda each: note.text if (note := getattr(known[each.pk], name)) else ""

    return ListSpec(
        _("%(cycle)s cycle") % {"cycle": cycle.name},
        (
            Column("name", _("Community"), lambda each: each.community_name, sort=("community_name",)),
            Column("code", _("Code"), lambda each: each.community.code, on_screen=False),
            Column("type", _("Type"), lambda each: each.service_type.name, on_screen=False),
            Column("region", _("Region"), lambda each: each.region, on_screen=False),
            Column("pathway", _("Pathway"), lambda each: each.get_pathway_display(), on_screen=False),
            Column("stage", _("Stage"), lambda each: each.get_stage_display()),
            Column("due", _("Due on"), lambda each: known[each.pk].due_on or "", sort=("due_on", "community_name")),
            Column("late", _("Late"), lambda each: known[each.pk].late, on_screen=False),
            Column("visit", _("Visit"), lambda each: each.anchor_on or "", sort=("anchor_on", "community_name")),
            Column("self_review", _("Self-review"), word("self_review")),
            Column("team", _("Team"), word("team")),
            Column("report", _("Report"), word("report")),
            Column("reminded", _("Last reminder"), lambda each: known[each.pk].reminded_on or "", on_screen=False),
        ),
        search=("community_name", "community__code", "community__town", "community__organisation__name"),
        filters=(
            choice_filter("stage", _("Stage"), "stage", [(str(s.value), s.label) for s in Enrolment.Stage]),
            due_filter(today),
            visit_filter(),
            choice_filter("pathway", _("Pathway"), "pathway", [(str(p.value), p.label) for p in Enrolment.Pathway]),
            choice_filter("type", _("Type"), "service_type__code", types),
            choice_filter("region", _("Region"), "region", places),
        ),
        order="name",
        empty=_("No enrolment fits these filters. Try fewer of them."),
    )


def rows_of(found: Iterable[Enrolment], cycle: Cycle, today: date) -> list[Row]:
    """What the list shows of these enrolments: six queries and those of the slots, for any number."""
    objects = list(found)
    ids = [each.pk for each in objects]
    calendar = calendar_of(cycle.network)
    zone = zone_of(cycle.network)
    reminders = Reminder.objects.filter(enrolment__in=ids).order_by().values_list("enrolment")
    reminded = {pk: local_day(at, zone) for pk, at in reminders.annotate(last=Max("at"))}
    progress, team, report = (
        {pk: notes[0] for pk, notes in slot.ask(ids).items()}
        for slot in (slots.self_review_progress, slots.team_state, slots.report_state)
    )
    return [
        Row(
            pk=each.pk,
            name=each.community_name,
            kind=" · ".join(part for part in (each.service_type.name, each.region) if part),
            pathway=each.get_pathway_display() if each.pathway != Enrolment.Pathway.PEER_REVIEW else "",
            stage=each.get_stage_display(),
            ended=each.stage in ENDED,
            waits_for=str(WAITS_FOR.get(Stage(each.stage), "")),
            due_on=_due(each),
            late=late_words(each.stage, _due(each), today, calendar),
            visit_on=each.anchor_on,
            self_review=progress.get(each.pk),
            team=team.get(each.pk),
            report=report.get(each.pk),
            reminded_on=reminded.get(each.pk),
            href=reverse("cycles:enrolment", args=[each.pk]),
        )
        for each in objects
    ]


def late_words(stage: str, due_on: date | None, today: date, calendar: WorkingCalendar) -> str:
    """'3 working days late', or nothing."""
    if due_on is None:
        return ""
    late = what_is_late(Stage(stage), {Stage(stage): Due(due_on, due_on)}, today, calendar)
    if late is None:
        return ""
    days = max(late.working_days, 1)
    return ngettext("%(days)s working day late", "%(days)s working days late", days) % {"days": days}


def read(cycle: Cycle, request: HttpRequest, at: datetime) -> tuple[Listing, list[Row]]:
    """One page of the cockpit's list."""
    today = today_in(cycle.network, at)
    listing = spec(cycle, today).read(enrolments(cycle), request)
    return listing, rows_of(listing.objects, cycle, today)


def chosen(cycle: Cycle, ids: Iterable[str], request: HttpRequest, at: datetime) -> QuerySet[Enrolment]:
    """The enrolments that were ticked; without a tick, all that fit the address. Endings are left out.

    A tick that is no enrolment of this cycle refuses the whole request.
    """
    numbers = numbers_within(cycle.enrolments.all(), list(ids))
    rows = enrolments(cycle).exclude(stage__in=ENDED)
    if numbers:
        return rows.filter(pk__in=numbers).order_by("community_name", "pk")
    return spec(cycle, today_in(cycle.network, at)).narrow(rows, request)


def day_words(day: date | None) -> str:
    """A date as the network writes it."""
    return date_format(day, "j F Y") if day else ""


def _due(each: Enrolment) -> date | None:
    found: date | None = getattr(each, "due_on", None)
    return None if each.stage in ENDED else found
