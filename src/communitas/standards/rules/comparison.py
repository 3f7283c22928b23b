"""What changed between two editions, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from communitas.standards.rules.edition import Criterion, Edition, Level
from communitas.standards.rules.identity import key_of
from communitas.standards.rules.lineage import Kind, Link

SegmentKind = Literal["same", "inserted", "deleted"]

# The texts of a criterion that are compared, with the words that stand above them.
TEXTS: Final = (
    ("statement", "Statement"),
    ("guidance", "Guidance"),
    ("evidence", "Evidence expected"),
    ("plain_text", "In plain words"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that both editions have, or one of them alone."""

    kind: SegmentKind
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text of a criterion, such as its guidance, with what was inserted and deleted."""

    name: str
    title: str
    segments: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        """Whether anything but the same stands here."""
        return any(segment.kind != "same" for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of lineage with its criteria and the texts that either edition has.

    `section` is the title of the new edition's section, of the earlier one's where a criterion was withdrawn.
    """

    kind: Kind
    section: str
    old: tuple[Criterion, ...]
    new: tuple[Criterion, ...]
    texts: tuple[TextChange, ...]
    levels: tuple[Level, Level] | None = None  # from, to; only where a single criterion changed it

    @property
    def changed(self) -> bool:
        """Whether a reader would see any difference."""
        return self.kind != Kind.UNCHANGED or self.levels is not None or any(text.changed for text in self.texts)


def words(old: str, new: str) -> tuple[Segment, ...]:
    """The two texts as one, word by word; what was deleted stands before what took its place.

    Joining what is same and deleted gives the old text back, what is same and inserted the new one.
    """
    before, after = _tokens(old), _tokens(new)
    segments: list[Segment] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            segments.append(Segment("same", "".join(before[old_start:old_end])))
            continue
        if old_end > old_start:
            segments.append(Segment("deleted", "".join(before[old_start:old_end])))
        if new_end > new_start:
            segments.append(Segment("inserted", "".join(after[new_start:new_end])))
    return tuple(segments)


def _tokens(text: str) -> list[str]:
    """Words with the space behind them, and punctuation marks; joined they give the text back."""
    return re.findall(r"[\w'’-]+\s*|[^\w\s]\s*|\s+", text)


def compare(old: Edition, new: Edition, links: Sequence[Link]) -> tuple[Entry, ...]:
    """Every criterion of both editions once, in the order of the new one, along a lineage that covers both.

    A withdrawn criterion stands where it would have stood: behind what became of the one before it.
    """
    before = {key_of(criterion): criterion for criterion in old.criteria()}
    after = {key_of(criterion): criterion for criterion in new.criteria()}
    titles = [
        {key_of(criterion): section.title for section in edition.sections for criterion in section.criteria}
        for edition in (old, new)
    ]
    return tuple(
        entry_of(
            link.kind,
            titles[1][link.to_keys[0]] if link.to_keys else titles[0][link.from_keys[0]],
            tuple(before[key] for key in link.from_keys),
            tuple(after[key] for key in link.to_keys),
        )
        for link in _in_order(list(before), list(after), links)
    )


def _in_order(before: list[str], after: list[str], links: Sequence[Link]) -> Iterator[Link]:
    place = {key: number for number, key in enumerate(after)}
    target = {key: min(place[to] for to in link.to_keys) for link in links if link.to_keys for key in link.from_keys}
    behind: dict[str, int] = {}
    last = -1
    for key in before:
        last = target.get(key, last)
        behind[key] = last
    old_place = {key: number for number, key in enumerate(before)}

    def order(link: Link) -> tuple[int, int]:
        if link.to_keys:
            return (min(place[key] for key in link.to_keys), -1)
        return (behind[link.from_keys[0]], old_place[link.from_keys[0]])

    yield from sorted(links, key=order)


def entry_of(kind: Kind, section: str, old: tuple[Criterion, ...], new: tuple[Criterion, ...]) -> Entry:
    """One statement of lineage with the differences of its texts."""
    texts = []
    for name, title in TEXTS:
        was, now = (
            "\n".join(text for criterion in side if (text := str(getattr(criterion, name)))) for side in (old, new)
        )
        if was or now:
            texts.append(TextChange(name, title, words(was, now)))
    one_each = len(old) == len(new) == 1
    levels = (old[0].level, new[0].level) if one_each and old[0].level != new[0].level else None
    return Entry(kind, section, old, new, tuple(texts), levels)
