"""What a national report is made of: figures with their words, exact for the office or protected for everyone."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent, Protected
from communitas.reports.rules.design import Design
from communitas.reports.rules.documents.parts import Note, Signature, State
from communitas.reports.rules.documents.shares import share, whole

Audience = Literal["office", "public"]
HIDDEN_WORDS = "hidden to protect small groups"
_MARK_WORDS = {"met": "met", "partly_met": "partly met", "not_met": "not met"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it may be printed. `percent` and `parts` (met, partly, not met) are None when it is not drawn."""

    words: str
    percent: float | None = None
    parts: tuple[float, float, float] | None = None
    counts: Counts | None = None  # exact; only ever in the office's report
    low: float | None = None
    high: float | None = None
    band: str = ""  # the mark that all but a few communities have: 'met', 'partly_met' or 'not_met'

    @property
    def short(self) -> str:
        """The figure for a narrow column; a table that uses 'hidden' says below what it means."""
        if self.words == HIDDEN_WORDS:
            return "hidden"
        return f"{whole(self.percent)}%" if self.percent is not None else self.words


@dataclass(frozen=True, slots=True)
class NationalCriterion:
    """One criterion over the whole network."""

    code: str
    section: str
    statement: str
    level: int
    level_word: str
    self_figure: Figure
    agreed: Figure


@dataclass(frozen=True, slots=True)
class NationalSection:
    """One section over the whole network."""

    title: str
    self_figure: Figure
    agreed: Figure


@dataclass(frozen=True, slots=True)
class NationalGroup:
    """One service type or region: how many took part, and its agreed figures in the order of the sections."""

    name: str
    took_part: str
    overall: Figure
    sections: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A section or criterion in the last cycle and in this one, over communities that took part in both."""

    title: str
    before: Figure
    now: Figure
    note: str = ""  # of a section, what stands in place of a change; of a criterion, how sure it is


@dataclass(frozen=True, slots=True)
class NationalChange:
    """Change since the last cycle, with the breaks that lineage leaves said in words."""

    since: str
    rows: tuple[ChangeRow, ...]
    breaks: str = ""
    criteria: tuple[ChangeRow, ...] = ()  # those that changed most, in the office's report alone
    tested: str = ""  # how many were tested, and how many stand out


@dataclass(frozen=True, slots=True)
class NationalReport:
    """A national report. The office's is exact; the public's holds nothing but protected cells."""

    network: str
    cycle: str
    edition_title: str
    edition_number: int
    audience: Audience
    state: State
    version: int
    dated_on: date
    signatures: tuple[Signature, ...]
    headline: str
    took_part: tuple[tuple[str, str], ...]
    took_part_total: str
    overall_self: Figure
    overall_agreed: Figure
    sections: tuple[NationalSection, ...]
    groups: tuple[NationalGroup, ...]
    most_met: tuple[NationalCriterion, ...]
    least_met: tuple[NationalCriterion, ...]
    change: NationalChange | None
    criteria: tuple[NationalCriterion, ...]
    texts: tuple[Note, ...]  # the office's own words, printed before the figures
    notes: tuple[Note, ...]
    regions: tuple[NationalGroup, ...] = ()
    design: Design = field(default_factory=Design)

    @property
    def title(self) -> str:
        """The title of the document and of the page."""
        return f"{self.network}: national report, {self.cycle}"


def exact(counts: Counts) -> Figure:
    """An exact figure follows the rules for small numbers: below 5 the counts alone are printed."""
    told = share(counts)
    if told.percent is None:
        return Figure(told.words, counts=counts)
    parts = (counts.met, counts.partly_met, counts.not_met)
    return Figure(told.words, counts.percent_met, parts, counts, told.low, told.high)


def protected(value: Protected) -> Figure:
    """A protected figure is rounded percentages, a band in words, or one common mark that names no reason."""
    if isinstance(value, Percent):
        words = f"{value.met}% met, {value.partly_met}% partly met, {value.not_met}% not met"
        return Figure(words, value.met, (value.met, value.partly_met, value.not_met))
    if isinstance(value, AlmostAll):
        return Figure(band_words(value), band=value.mark)
    return Figure(HIDDEN_WORDS)


def band_words(value: AlmostAll) -> str:
    """A band counts communities, never answers, and says neither how many exceptions there are nor of whom."""
    return f"all but at most {value.at_most} communities: {_MARK_WORDS[value.mark]}"


def rough_number(communities: int) -> str:
    """A number of communities for the public is rounded to fives, and below ten it is 'fewer than 10'."""
    return f"about {5 * whole(communities / 5)}" if communities >= 10 else "fewer than 10"
