"""What reports tell the apps below, through their slots: asked with ids, answered in one query."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.benchmarking import queries as benchmarking
from communitas.cycles.models import Enrolment
from communitas.cycles.slots import Link, News, Note, Step
from communitas.reports.models import Action, LocalReport, Quote
from communitas.reports.rules.actionplan import step_words
from communitas.reports.rules.report import DECIDING, DRAFTING, FINAL, LOCAL_REPORT, SUPERSEDED, WAITING, WITH_HOST
from communitas.workbooks.slots import Before

LEAD, OFFICE, TEAM = frozenset({"community_lead"}), frozenset({"office"}), frozenset({"reviewer", "lead_reviewer"})
COMMUNITY = frozenset({"client_member", "staff", "community_lead"})
MARKS = {FINAL: "m2", DRAFTING: "m0"}


def report_states(ids: list[int]) -> dict[int, Note]:
    """Where the newest version of each report stands, in two or three words."""
    return {
        enrolment: Note(
            LOCAL_REPORT.states[report.state],
            MARKS.get(report.state, "m1"),
            reverse("reports:local", args=[report.pk]),
            report.state in {DECIDING, WAITING},
        )
        for enrolment, report in _newest(ids).items()
    }


def links(ids: list[int]) -> dict[int, list[Link]]:
    """Ways to the report and to the plan."""
    found: dict[int, list[Link]] = {}
    for enrolment, report in _newest(ids).items():
        signed = report.state in {FINAL, SUPERSEDED}
        roles = COMMUNITY | TEAM | OFFICE if signed else TEAM | OFFICE | (LEAD if report.delivered_at else frozenset())
        words = LOCAL_REPORT.states[report.state]
        found[enrolment] = [Link(_("Local report"), reverse("reports:local", args=[report.pk]), words, 60, roles)]
        if signed:
            address = reverse("reports:plan", args=[enrolment])
            found[enrolment].append(Link(_("Action plan"), address, "", 70, COMMUNITY | OFFICE))
    return found


def next_steps(ids: list[int]) -> dict[int, list[Step]]:
    """What somebody does next for a report or a plan."""
    rows = _newest(ids)
    dues = {
        enrolment.pk: {due.what: due.due_on for due in enrolment.due_dates.all()}
        for enrolment in Enrolment.objects.filter(pk__in=rows).prefetch_related("due_dates")
    }
    stages = dict(Enrolment.objects.filter(pk__in=rows).values_list("pk", "stage"))
    steps = {pk: _step(report, pk, stages[pk], dues[pk].get(stages[pk])) for pk, report in rows.items()}
    asked = _asked(ids)
    every = {pk: [*steps.get(pk, []), *asked.get(pk, [])] for pk in {**steps, **asked}}
    return {pk: found for pk, found in every.items() if found}


def _asked(ids: list[int]) -> dict[int, list[Step]]:
    """The words about which the community lead is to say whether they may be quoted. One query."""
    waiting = Quote.objects.filter(remark__enrolment__in=ids, state=Quote.State.ASKED).order_by("pk")
    found: dict[int, list[Step]] = {}
    for pk, enrolment in waiting.values_list("pk", "remark__enrolment"):
        address = reverse("reports:quote_consent", args=[pk])
        step = _as_step(_("May words from your report be quoted?"), _("Say yes or no"), address, LEAD, None)
        found.setdefault(enrolment, []).append(replace(step, order=45))
    return found


def news(ids: list[int]) -> dict[int, list[News]]:
    """What happened to reports, as far as their communities may know."""
    found: dict[int, list[News]] = {}
    for report in LocalReport.objects.filter(enrolment__in=ids, delivered_at__isnull=False).order_by("-pk"):
        address = reverse("reports:local", args=[report.pk])
        entries = found.setdefault(report.enrolment_id, [])
        if report.signed_at:
            entries.append(News(_("The local report is final."), report.signed_at, address, report.signed_by_id))
        if report.answered_at:
            entries.append(News(_("The facts of the draft report were checked."), report.answered_at, address))
        if report.delivered_at:
            entries.append(News(_("The draft report was delivered."), report.delivered_at, address))
    return {pk: sorted(entries, key=lambda each: each.at, reverse=True)[:20] for pk, entries in found.items()}


def before(ids: list[int]) -> dict[int, Mapping[str, Before]]:
    """Last time's action beside its criterion in the workbook, with what benchmarking knows of that criterion.

    Only criteria with an action are answered, so benchmarking's own answer stands for the others.
    """
    planned = Action.objects.filter(enrolment__community__enrolments__in=ids).exclude(criterion_key="")
    if not planned.exists():
        return {}
    known = benchmarking.before(ids)
    enrolments = Enrolment.objects.filter(pk__in=ids).select_related("cycle", "edition", "community")
    return {each.pk: _with_actions(each, known.get(each.pk, {})) for each in enrolments}


def _with_actions(enrolment: Enrolment, known: Mapping[str, Before]) -> dict[str, Before]:
    last = benchmarking.earlier(enrolment)
    if last is None:
        return {}
    plan = {action.criterion_key: action for action in Action.objects.filter(enrolment=last.enrolment).order_by("-pk")}
    return {
        key: replace(
            known.get(key, Before(cycle=last.cycle)),
            action=_action_words(plan[older]),
            action_href=reverse("reports:action", args=[plan[older].pk]),
        )
        for key, older in last.same.items()
        if older in plan
    }


def _action_words(action: Action) -> str:
    if action.state == Action.State.NO_ACTION:
        return _("No action: %(reason)s") % {"reason": action.reason}
    step = step_words(action.percent, action.state)
    return f"{action.text} ({action.get_state_display()}{f': {step}' if step else ''})"


def _newest(ids: list[int]) -> dict[int, LocalReport]:
    """The newest version of each enrolment's report. One query."""
    rows = (
        LocalReport.objects.filter(enrolment__in=ids)
        .defer("document")
        .annotate(open_points=Count("points", filter=Q(points__state="open")))
        .order_by("version")
    )
    return {report.enrolment_id: report for report in rows}


def _step(report: LocalReport, enrolment: int, stage: str, due: date | None) -> list[Step]:
    address = reverse("reports:local", args=[report.pk])
    if report.state == DRAFTING:
        return [
            _as_step(_("Write the summary and deliver the draft"), _("Write the draft"), address, TEAM | OFFICE, due)
        ]
    if report.state == WITH_HOST:
        checking = reverse("reports:check", args=[report.pk])
        text = _(
            "Read it together. If something is not right, say so for each point; you can also say that all is right."
        )
        return [
            _as_step(_("Check the facts of your draft report"), _("Check the facts"), checking, LEAD, due, text),
            _as_step(_("The draft is with the community"), _("Read the draft"), address, TEAM, due),
        ]
    if report.state == DECIDING:
        open_points = getattr(report, "open_points", 0)
        words = ngettext("%(n)s point is to be decided", "%(n)s points are to be decided", open_points)
        title = words % {"n": open_points} if open_points else _("The report can be signed")
        return [_as_step(title, _("Open the report"), address, OFFICE, due)]
    if report.state == WAITING:
        return [_as_step(_("The report waits for a second signature"), _("Read and sign"), address, OFFICE, due)]
    if report.state == FINAL and stage == "action_plan":
        plan = reverse("reports:plan", args=[enrolment])
        text = _("For each area for improvement: what you do, who does it, and by when.")
        return [_as_step(_("Write your action plan"), _("Open the action plan"), plan, COMMUNITY, due, text)]
    return []


def _as_step(title: str, action: str, href: str, roles: frozenset[str], due: date | None, text: str = "") -> Step:
    return Step(title, action, href, roles, due, text, 40)
