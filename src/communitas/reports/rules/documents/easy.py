"""The short version that a resident can read alone: short sentences and the four marks."""

from dataclasses import dataclass

from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.results import MarkCount
from communitas.reports.rules.documents.shares import several


@dataclass(frozen=True, slots=True)
class EasyPage:
    """What the page in large print says, in its order."""

    sentences: tuple[str, ...]
    introduction: str
    marks: tuple[MarkCount, ...]
    done_well: tuple[str, ...]
    work_on: tuple[str, ...]
    next_steps: tuple[str, ...]


def easy_page(report: LocalReport) -> EasyPage:
    """The short version of a report."""
    return EasyPage(
        sentences=_sentences(report),
        introduction=report.summary.introduction,
        marks=report.summary.marks,
        done_well=tuple(item.text for item in report.summary.done_well),
        work_on=tuple(item.text for item in report.summary.work_on),
        next_steps=report.summary.next_steps,
    )


def _sentences(report: LocalReport) -> tuple[str, ...]:
    counts, name = report.overall.counts, report.community.name
    if not counts.n:
        return (f"This is about {name}.", "There are no marks to count yet.")
    things = several(counts.n, "thing", "things")
    if report.basis == "agreed":
        looked = f"A team came to {name}. Together you looked at {things}."
    else:
        looked = f"{name} looked at {things} in its own life."
    if counts.met == counts.n:
        return looked, "All of it is in place."
    if not counts.met:
        return looked, "None of it is fully in place yet."
    return looked, f"{counts.met} of them {'is' if counts.met == 1 else 'are'} in place."
