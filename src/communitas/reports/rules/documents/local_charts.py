"""The charts of a local report, the same for its page and its PDF."""

from dataclasses import dataclass

from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.charts.marks import MarksRow, marks_chart
from communitas.benchmarking.rules.charts.pairs import PairRow, change_chart, dumbbell_chart
from communitas.benchmarking.rules.charts.strip import StripRow, strip_chart
from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.parts import MarkKind, Share
from communitas.reports.rules.documents.results import SectionResult


@dataclass(frozen=True, slots=True)
class LocalCharts:
    """Sections among peers, the four marks, both sides' marks, and change; the last two only where there is any."""

    sections: Chart
    marks: Chart
    agreement: Chart | None
    change: Chart | None


def local_charts(report: LocalReport) -> LocalCharts:
    """Every figure drawn here stands in the report; a share of fewer than 5 criteria is printed and not drawn."""
    own = f"you, {report.cycle}"
    who = "agreed with the review team" if report.basis == "agreed" else "as you marked them"
    peers = report.peer_group
    if report.overall_peers.communities:
        peers = f"{report.overall_peers.communities} {peers}"
    return LocalCharts(
        sections=strip_chart(
            [_strip(section, report) for section in report.sections],
            title=f"Criteria met in each section, {who}",
            own_name=own,
            last_name=f"you, {report.last_name}",
            peers_name=peers,
        ),
        marks=marks_chart(
            [_marks(section, report) for section in report.sections],
            title="How the marks are spread",
            words=_words(report),
            kinds=_kinds(report),
        ),
        agreement=_agreement(report),
        change=_change(report),
    )


def section_chart(section: SectionResult, report: LocalReport) -> Chart | None:
    """A section's own marks, the agreed ones, and last time's below each other; none where there is one of them."""
    bars = [_bar("Your own marks", section.self_share)]
    if report.basis == "agreed":
        bars.append(_bar("Agreed with the team", section.agreed_share))
    if section.last_share:
        bars.append(_bar(f"{report.last_name}, what can be compared", section.last_share))
    rows = [bar for bar in bars if any(bar.parts)]
    if len(rows) < 2:
        return None
    title = f"{section.title}: how the marks are spread"
    return marks_chart(rows, title=title, first="Marks", words=_words(report), kinds=_kinds(report))


def leading(section: SectionResult, report: LocalReport) -> Share:
    """The share that leads the report: agreed with the team, or the community's own before a visit."""
    return section.agreed_share if report.basis == "agreed" else section.self_share


def _strip(section: SectionResult, report: LocalReport) -> StripRow:
    share = leading(section, report)
    last = section.last_share
    return StripRow(
        label=section.title,
        own=share.percent,
        value=share.short,
        last=last.percent if last else None,
        lower=section.peers.lower,
        upper=section.peers.upper,
        median=section.peers.median,
        low=share.low,
        high=share.high,
    )


def _marks(section: SectionResult, report: LocalReport) -> MarksRow:
    return _bar(section.title, leading(section, report))


def _bar(label: str, share: Share) -> MarksRow:
    counts = share.counts
    return MarksRow(label, (counts.met, counts.partly_met, counts.not_met, counts.not_applicable))


def _kinds(report: LocalReport) -> tuple[MarkKind, ...]:
    on_scale = {row.mark.kind for row in report.summary.marks}
    kinds: tuple[MarkKind, ...] = ("met", "partly", "unmet", "na")
    return tuple(kind for kind in kinds if kind in on_scale)


def _words(report: LocalReport) -> tuple[str, ...]:
    words = {row.mark.kind: row.mark.word for row in report.summary.marks}
    partly = sum(row.mark.kind == "partly" for row in report.summary.marks)
    return (
        words.get("met", "met"),
        words.get("partly", "partly met") if partly == 1 else "in between",
        words.get("unmet", "not met"),
        words.get("na", "not applicable"),
    )


def _agreement(report: LocalReport) -> Chart | None:
    rows = [PairRow(s.title, s.self_share.percent, s.agreed_share.percent) for s in report.sections]
    if not report.agreement or not any(row.first is not None and row.second is not None for row in rows):
        return None  # in sections of few criteria only counts are told, which the words above do
    return dumbbell_chart(
        rows,
        title="Your own marks and the agreed marks: criteria met in each section",
        first_name="your self-review",
        second_name="agreed with the team",
    )


def _change(report: LocalReport) -> Chart | None:
    if not report.change or not report.change.compared:
        return None
    return change_chart(
        [
            PairRow(
                section.title,
                section.last_share.percent if section.last_share else None,
                section.last_comparable.percent if section.last_comparable else None,
                instead="" if section.last_share else "cannot be compared",
            )
            for section in report.sections
        ],
        title=f"Criteria met in {report.last_name} and {report.cycle}, on criteria that can be compared",
        first_name=report.last_name,
        second_name=report.cycle,
    )
