"""The reduced edition of a local report, for a reader outside who needs the result and not every comment."""

from collections.abc import Iterable
from dataclasses import replace

from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.parts import Note, PlannedAction

_NOTE = Note(
    "A reduced edition",
    "This edition holds the summary, the marks of each section, achievements, areas for improvement and the action "
    "plan. The marks and comments of single criteria stand in the whole report, which the community has.",
)


def reduced(report: LocalReport, *, plan: Iterable[PlannedAction] = ()) -> LocalReport:
    """A reduced edition tells no single criterion, and neither who was on the team nor what was said to it.

    Left out besides: points raised on the draft, what single criteria did since last time, and last time's actions.
    `plan` is the action plan that was sent after the signature; without it the report's own stays.
    """
    return replace(
        report,
        sections=tuple(replace(section, criteria=()) for section in report.sections),
        agreement=None,
        change=None,
        feedback="",
        team=(),
        corrections=(),
        earlier_actions=(),
        actions=tuple(plan) or report.actions,
        notes=(_NOTE, *report.notes),
    )
