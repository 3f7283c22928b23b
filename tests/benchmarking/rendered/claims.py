"""What published files say of groups of communities, in the words of somebody who only has the files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, Subject
from communitas.benchmarking.rules.facts import ScoreKind

MARKS = ("met", "partly_met", "not_met")
_BANDS = {
    "met": "met",
    "partly met": "partly_met",
    "not met": "not_met",
    "meet it": "met",
    "meet it in part": "partly_met",
    "do not meet it": "not_met",
    "meet all of it": "met",
    "meet all of it in part": "partly_met",
    "meet none of it": "not_met",
}
HIDDEN = {"hidden", "hidden to protect small groups", "–", "", "not asked", "no figure", "none applied"}


class Unread(AssertionError):
    """Something with a number in it that no reader of ours understands: it may give anything away."""


@dataclass(frozen=True)
class Share:
    """So many per cent of the answers in a cell are this mark. `rounded_to` is known where the file says so."""

    cell: CellKey
    mark: str
    percent: float
    source: str
    cycle: str
    rounded_to: float | None = None


@dataclass(frozen=True)
class Almost:
    """All but at most a few communities gave this mark."""

    cell: CellKey
    mark: str
    few: int
    source: str
    cycle: str


@dataclass(frozen=True)
class Middle:
    """A quarter, half or three quarters of the communities of a cell lie below this percentage met."""

    cell: CellKey
    share: float
    percent: float
    source: str
    cycle: str


@dataclass(frozen=True)
class Bins:
    """Where the communities of a cell lie: from, to, and the share of them in whole fives."""

    cell: CellKey
    steps: tuple[tuple[int, int, int], ...]
    source: str
    cycle: str


@dataclass(frozen=True)
class TookPart:
    """A number of communities, in words."""

    group: Group
    words: str


Claim = Share | Almost | Middle | Bins | TookPart


@dataclass(frozen=True)
class Names:
    """What everybody knows: the standards, the groups by every name they have, and the cycles."""

    sections: tuple[str, ...]
    codes: tuple[str, ...]
    groups: Mapping[str, Group]
    cycles: tuple[str, ...]

    def subject(self, label: str) -> Subject:
        """The section or criterion of a label; everything for 'All sections'."""
        if label in self.sections:
            return Subject("section", label)
        if label in {"All", "All sections", "", "overall"}:
            return OVERALL
        code = label.split(" ", 1)[0]
        if code in self.codes:
            return Subject("criterion", code)
        raise Unread(f"no subject: {label!r}")

    def group(self, label: str) -> Group:
        """The group of a name."""
        for name in (label, label.removesuffix(" together"), label.removesuffix(" places")):
            if name in self.groups:
                return self.groups[name]
        raise Unread(f"no group: {label!r}")

    def placed(self, label: str, group: Group) -> tuple[str, Group]:
        """A label without the group that stands in brackets in it, and that group."""
        found = re.search(r" \(([^()]*)\)", label)
        if found and found[1] in self.groups:
            return label.replace(found[0], "", 1), self.groups[found[1]]
        return label, group


@dataclass(frozen=True)
class Page:
    """What a reader chose to look at; `report` is false for pages that members explore."""

    source: str
    cycle: str
    names: Names
    kind: ScoreKind = "agreed"
    group: Group = NETWORK
    subject: Subject = OVERALL
    own: tuple[str, ...] = field(default=("us", "you"))

    def cell(self, subject: Subject, group: Group, kind: ScoreKind | None = None) -> CellKey:
        """The cell of a subject in a group."""
        return CellKey(kind or self.kind, subject, group)

    def says(self, cell: CellKey, text: str, mark: str = "met", *, cycle: str = "") -> Iterator[Claim]:
        """The claim in a short text: a percentage, a band, or nothing where it is hidden."""
        where = self.source
        when = cycle or self.cycle
        if text in HIDDEN:
            return
        if found := re.fullmatch(r"(\d+) ?%(?: met)?", text):
            yield Share(cell, mark, int(found[1]), where, when)
        elif found := re.fullmatch(r"all but at most (\d+)(?: communities:)? (.*)", text):
            if found[2] not in _BANDS:
                raise Unread(text)
            yield Almost(cell, _BANDS[found[2]], int(found[1]), where, when)
        else:
            raise Unread(f"{where}: {text!r} of {cell}")


def parts(text: str) -> tuple[str, str]:
    """A figure, and the smaller words below it."""
    first, _bar, rest = text.partition(" | ")
    return first, rest


def has_number(text: str) -> bool:
    """Whether there is a digit in it."""
    return any(letter.isdigit() for letter in text)
