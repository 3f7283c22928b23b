"""The workbook's state: a pure fold of the set of its events, the same for every order and repetition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from communitas.workbooks.rules.events import Event, Key, Score, canonical
from communitas.workbooks.rules.registers import Register

AnswerKind = Literal["none", "one", "agree", "differ"]
_NOTHING: Mapping[Key, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a register says of a criterion.

    none: nobody answered, or the answer was taken back; one: one answer; agree: several equal ones, all
    authors named; differ: several different ones, which count as unanswered until somebody settles them.
    `heads` are the events behind it, oldest device time first.
    """

    kind: AnswerKind
    score: Score = None
    reason: str = ""
    authors: tuple[str, ...] = ()
    heads: tuple[Event, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether it counts as answered for progress and for sending."""
        return self.kind in ("one", "agree")


@dataclass(frozen=True, slots=True)
class State:
    """The heads of every register, and the ids that something supersedes (needed to merge two states)."""

    heads: Mapping[Key, tuple[Event, ...]] = field(default_factory=dict)
    superseded: Mapping[Key, frozenset[str]] = field(default_factory=dict)

    def heads_of(self, criterion_key: str | None, register: Register) -> tuple[Event, ...]:
        """The events of a register that nothing supersedes, oldest device time first."""
        return self.heads.get((criterion_key, str(register)), ())

    def answer(self, criterion_key: str, register: Register) -> Answer:
        """The answer of a score register."""
        return answer_of(self.heads_of(criterion_key, register))

    def comments(self, criterion_key: str | None, register: Register) -> tuple[Event, ...]:
        """Everything that stands in a list register, one under the other; what was taken back is left out."""
        return tuple(
            event
            for event in self.heads_of(criterion_key, register)
            if event.kind in ("comment", "resolve") and not event.redacted
        )

    def attachments(self, criterion_key: str | None, register: Register) -> tuple[Event, ...]:
        """The files and links that stand in a list register."""
        return tuple(
            event for event in self.heads_of(criterion_key, register) if event.kind == "attach" and not event.redacted
        )

    def notes(self, register: Register) -> tuple[Event, ...]:
        """All that stands in a list register over all criteria and none, such as every achievement."""
        criteria = [criterion for criterion, name in self.heads if name == str(register)]
        return _in_order(event for criterion in criteria for event in self.comments(criterion, register))

    def private_notes(self, criterion_key: str | None, author: str) -> tuple[Event, ...]:
        """The private notes of one person; nobody else's are ever given."""
        found = self.comments(criterion_key, Register("private_note"))
        return tuple(event for event in found if event.author == author)

    def finished_reviewers(self) -> frozenset[str]:
        """The reviewers who have said that their own scoring is done."""
        return frozenset(
            name.removeprefix("reviewer:")
            for (criterion, name), heads in self.heads.items()
            if criterion is None and name.startswith("reviewer:")
            # Done only while no other device of theirs has taken it back.
            if heads and all(event.kind == "complete" for event in heads)
        )

    def reviewers(self) -> frozenset[str]:
        """The reviewers who have a score of their own in this workbook."""
        return frozenset(
            name.removeprefix("reviewer:")
            for (criterion, name), heads in self.heads.items()
            if criterion is not None and name.startswith("reviewer:") and answer_of(heads).kind != "none"
        )

    def canonical(self) -> bytes:
        """The state as bytes: equal sets of events give equal bytes."""
        lines = [
            repr((_sortable(key), [event.redacted for event in heads])).encode()
            + b"".join(canonical(event) for event in heads)
            for key, heads in sorted(self.heads.items(), key=lambda item: _sortable(item[0]))
        ]
        gone = sorted((_sortable(key), sorted(ids)) for key, ids in self.superseded.items())
        return b"\n".join([*lines, repr(gone).encode()])


def fold(events: Iterable[Event]) -> State:
    """The state of a set of events, whatever their order and repetition; of twins the redacted one counts."""
    by_key: dict[Key, list[Event]] = {}
    for event in events:
        by_key.setdefault(event.key, []).append(event)
    superseded = {
        key: gone
        for key, found in by_key.items()
        if (gone := frozenset(earlier for event in found for earlier in superseded_by(event)))
    }
    return State({key: _heads(found, superseded.get(key)) for key, found in by_key.items()}, superseded)


def merge(left: State, right: State) -> State:
    """The state of both sets together: equal to folding the union of their events."""
    superseded = {
        key: left.superseded.get(key, frozenset()) | right.superseded.get(key, frozenset())
        for key in left.superseded.keys() | right.superseded.keys()
    }
    heads = {
        key: _heads((*left.heads.get(key, ()), *right.heads.get(key, ())), superseded.get(key))
        for key in left.heads.keys() | right.heads.keys()
    }
    return State(heads, superseded)


def apply(heads: frozenset[str], event: Event, *, already_superseded: bool) -> frozenset[str]:
    """The ids of a register's heads after one more event of that register: the fold, one event at a time.

    `already_superseded` says whether a stored event of the same criterion and register names this event among
    those it supersedes; events may arrive in any order, so the newcomer can be older than what is there.
    """
    left = heads - superseded_by(event)
    return left if already_superseded else left | {event.event_id}


def superseded_by(event: Event) -> frozenset[str]:
    """The ids that an event supersedes; never itself, so that no event can hide itself."""
    return frozenset(event.supersedes) - {event.event_id}


def answer_of(heads: Iterable[Event]) -> Answer:
    """The answer that the heads of a score register give; redacted heads say nothing, a retraction 'none'."""
    ordered = _in_order(heads)
    speaking = tuple(event for event in ordered if not event.redacted)
    scores = {event.score for event in speaking}
    authors = tuple(dict.fromkeys(event.author for event in speaking))
    if len(scores) > 1:
        return Answer("differ", authors=authors, heads=ordered)
    if not scores or scores == {None}:
        return Answer("none", heads=ordered)
    reasons = dict.fromkeys(event.score_reason.strip() for event in speaking)
    return Answer(
        "one" if len(speaking) == 1 else "agree",
        score=speaking[0].score,
        reason="\n".join(reason for reason in reasons if reason),
        authors=authors,
        heads=ordered,
    )


def _heads(events: Iterable[Event], superseded: frozenset[str] | None) -> tuple[Event, ...]:
    chosen: dict[str, Event] = {}
    for event in events:
        if superseded and event.event_id in superseded:
            continue
        known = chosen.get(event.event_id)
        chosen[event.event_id] = event if known is None or known is event else _twin(known, event)
    return _in_order(chosen.values())


def _twin(first: Event, second: Event) -> Event:
    """Of two events with one id the redacted one; otherwise a choice that does not depend on their order."""
    return min(first, second, key=_precedence)


def _precedence(event: Event) -> tuple[bool, bytes, str, int]:
    # A copy with the server's number before one without: devices hold events that have none yet.
    number = -1 if event.server_seq is None else event.server_seq
    return (not event.redacted, canonical(event), event.author, -number)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.made_at, event.event_id)))


def _sortable(key: Key) -> tuple[str, str]:
    return (key[0] or "", key[1])
