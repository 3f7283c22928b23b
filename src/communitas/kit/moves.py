"""A workflow as a table of moves, read by the action, the buttons and the diagram in the documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from communitas.kit.exceptions import NotAllowed


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a workflow.

    `label` is the words on the button, `frm` one state or several, `to` the next state (None: the state
    stays), `by` the roles that may, `when` the condition in words, `sentence` what people read when the move
    is refused. A move with `needs_reason` takes no empty reason; one with `second_person` waits until another
    person confirms.
    """

    verb: str
    label: str
    frm: str | tuple[str, ...]
    to: str | None
    by: tuple[str, ...] = ()
    when: str = ""
    sentence: str = ""
    needs_reason: bool = False
    second_person: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """The states from which the move starts, always as a tuple."""
        return (self.frm,) if isinstance(self.frm, str) else self.frm


@dataclass(frozen=True, slots=True)
class Moves:
    """The whole table: its `name`, its states in order with the words people read, and its moves.

    The first state is where everything starts. A table that names an unknown state, or gives two moves with
    the same verb from one state, is a ValueError at import time.
    """

    name: str
    states: Mapping[str, str]
    moves: tuple[Move, ...]
    start: str = field(default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.start or next(iter(self.states)))
        pairs = [(source, move.verb) for move in self.moves for source in move.sources]
        named = {self.start, *(source for source, _ in pairs), *(move.to for move in self.moves if move.to)}
        if unknown := sorted(named - set(self.states)):
            raise ValueError(f"{self.name}: unknown state {', '.join(unknown)}")
        if len(pairs) != len(set(pairs)):
            raise ValueError(f"{self.name}: two moves with one verb from one state")

    def allowed(self, state: str, *, by: str | None = None) -> tuple[Move, ...]:
        """The moves that start from this state, in the table's order; with `by`, only those of that role."""
        return tuple(move for move in self.moves if state in move.sources and (by is None or by in move.by))

    def find(self, state: str, verb: str) -> Move:
        """The move of a verb from a state; NotAllowed if there is none, KeyError for an unknown verb."""
        same_verb = [move for move in self.moves if move.verb == verb]
        if not same_verb:
            raise KeyError(verb)
        for move in same_verb:
            if state in move.sources:
                return move
        raise NotAllowed(same_verb[0].sentence or self._no_such_move(same_verb[0], state))

    def move(self, state: str, verb: str, *, reason: str = "") -> str:
        """The state after the move; NotAllowed when it does not start from here or its reason is missing."""
        move = self.find(state, verb)
        if move.needs_reason and not reason.strip():
            raise NotAllowed(f"Please give a reason: {move.label.lower()}.")
        return state if move.to is None else move.to

    def mermaid(self) -> str:
        """The table as the text of a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {state}: {words}" for state, words in self.states.items()]
        for move in self.moves:
            for source in move.sources:
                lines.append(f"    {source} --> {source if move.to is None else move.to}: {move.label}")
        return "\n".join(lines) + "\n"

    def _no_such_move(self, move: Move, state: str) -> str:
        starts = " or ".join(f"'{self.states[source]}'" for source in move.sources)
        return f"'{move.label}' is possible from {starts}; now it is '{self.states.get(state, state)}'."
