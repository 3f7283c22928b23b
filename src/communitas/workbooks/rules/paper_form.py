"""The printed workbook as plain data: what stands on each sheet, before it is set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Mark = Literal["met", "partly", "unmet", "na"]


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick: its mark and its word. `ticked` where today's answer is printed in it."""

    mark: Mark
    word: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A mark that stands beside the boxes: whose and when ('2025, agreed'), and its word."""

    whose: str
    mark: Mark
    word: str


@dataclass(frozen=True, slots=True)
class FormCriterion:
    """One criterion to fill in. `note` says why no box is ticked although there are answers."""

    key: str
    code: str
    statement: str
    level: int
    level_word: str
    boxes: tuple[Box, ...]
    plain: str = ""
    guidance: str = ""
    standard: str = ""
    earlier: tuple[Earlier, ...] = ()
    reason: str = ""
    comment: str = ""
    note: str = ""

    @property
    def is_long(self) -> bool:
        """Whether so much is printed that it may have to run over the end of a page."""
        return len(self.statement) + len(self.plain) + len(self.guidance) + len(self.reason) + len(self.comment) > 1200


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section that was chosen; `number` is its place in the whole book, from 1."""

    number: int
    title: str
    introduction: str
    criteria: tuple[FormCriterion, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form. `reviewer` is the person whose form it is, empty for one without a name yet."""

    kind: Literal["self", "peer"]
    network: str
    community: str
    cycle: str
    edition: str
    printed: str  # when and by whom, in words
    sections: tuple[FormSection, ...]
    reviewer: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What one page code covers: criteria in their order, and the sections whose findings are asked for at their end.

    The first sheet is the cover and asks for nothing. What runs over the end of a page keeps the code of its beginning.
    """

    number: int
    criteria: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()


def plan(places: Iterable[tuple[int, str, int]], cover: int = 1) -> tuple[SheetPlan, ...]:
    """The sheets of a form from where everything came to stand: (page, criterion, 0) or (page, "", section)."""
    found: dict[int, tuple[list[str], list[int]]] = {cover: ([], [])}
    for page, criterion, section in places:
        criteria, findings = found.setdefault(page, ([], []))
        if criterion:
            criteria.append(criterion)
        else:
            findings.append(section)
    return tuple(
        SheetPlan(number, tuple(found[page][0]), tuple(found[page][1])) for number, page in enumerate(sorted(found), 1)
    )


def one_sheet_a_section(form: Form) -> tuple[SheetPlan, ...]:
    """The plan before anything was set: the cover, and every section as if it stood on one endless sheet."""
    sections: Sequence[SheetPlan] = [
        SheetPlan(
            number,
            tuple(criterion.key for criterion in section.criteria),
            (section.number,) if form.kind == "peer" else (),
        )
        for number, section in enumerate(form.sections, 2)
    ]
    return (SheetPlan(1), *sections)


def section_starts(form: Form) -> Mapping[str, FormSection]:
    """The section that begins with each of these criteria."""
    return {section.criteria[0].key: section for section in form.sections if section.criteria}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose to have printed. `sections` are their numbers in the book; none means all of them."""

    large: bool = False
    plain: bool = False
    guidance: bool = False
    last_time: bool = False
    own: bool = False  # a reviewer's form: the community's own marks
    filled: bool = False  # today's answers
    sections: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The choices as the database keeps them."""
        return {name: getattr(self, name) for name in _WISHES} | {"sections": list(self.sections)}


_WISHES = ("large", "plain", "guidance", "last_time", "own", "filled")


def choices_of(kept: Mapping[str, Any]) -> Choices:
    """The choices that the database kept."""
    wishes = {name: bool(kept.get(name)) for name in _WISHES}
    return Choices(**wishes, sections=tuple(int(number) for number in kept.get("sections", ())))
