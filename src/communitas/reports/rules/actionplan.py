"""The action plan: what a community does about each area for improvement, and how far it has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

PLANNED: Final = "planned"
STARTED: Final = "under_way"
DONE: Final = "done"
DROPPED: Final = "dropped"

_WRITERS: Final = ("community_lead", "staff", "client_member", "office")

PROGRESS: Final = Moves(
    "Progress of an action",
    {PLANNED: "Planned", STARTED: "Under way", DONE: "Done", DROPPED: "No longer planned"},
    (
        Move(
            "start",
            "Start",
            PLANNED,
            STARTED,
            by=_WRITERS,
            sentence="An action is started once it is planned.",
        ),
        Move(
            "finish",
            "Mark as done",
            (PLANNED, STARTED),
            DONE,
            by=_WRITERS,
            sentence="An action is marked as done while it is planned or under way.",
        ),
        Move(
            "drop",
            "Stop planning this",
            (PLANNED, STARTED),
            DROPPED,
            by=_WRITERS,
            sentence="Only an action that is planned or under way is dropped.",
            needs_reason=True,
        ),
        Move(
            "resume",
            "Take up again",
            (DONE, DROPPED),
            STARTED,
            by=_WRITERS,
            sentence="Only an action that was done or dropped is taken up again.",
            needs_reason=True,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The answer to one area for improvement: an action with owner and date, or no action with the reason."""

    area: str  # what it answers: the code of a criterion or the title of an area for improvement
    action: str = ""
    owner: str = ""
    due_on: date | None = None
    no_action_reason: str = ""
    progress: str = PLANNED

    @property
    def is_action(self) -> bool:
        """Whether something is to be done."""
        return bool(self.action.strip())


@rule
def refuse_entry(entry: Entry) -> None:
    """Each area for improvement gets an action with an owner and a date, or 'no action' with a reason."""
    whole = bool(entry.owner.strip()) and entry.due_on is not None
    reasoned = bool(entry.no_action_reason.strip())
    if entry.is_action == reasoned or (entry.is_action and not whole):
        raise NotAllowed(sentence(refuse_entry))


@rule
def refuse_early_plan(*, signed: bool) -> None:
    """An action plan begins when the local report is signed."""
    if not signed:
        raise NotAllowed(sentence(refuse_early_plan))


@rule
def refuse_incomplete_plan(areas: Iterable[str], entries: Sequence[Entry]) -> None:
    """An action plan is sent when it answers every area for improvement."""
    missing = unanswered(areas, entries)
    if missing:
        raise NotAllowed(f"{sentence(refuse_incomplete_plan)} Not yet: {', '.join(missing)}.")


def unanswered(areas: Iterable[str], entries: Sequence[Entry]) -> tuple[str, ...]:
    """The areas for improvement that have no entry yet, in their order."""
    answered = {entry.area for entry in entries if entry.is_action or entry.no_action_reason.strip()}
    return tuple(area for area in areas if area not in answered)


def is_overdue(entry: Entry, today: date) -> bool:
    """Whether the day of an action has passed while it is neither done nor dropped."""
    waiting = entry.is_action and entry.progress in {PLANNED, STARTED}
    return waiting and entry.due_on is not None and entry.due_on < today


def carried_over(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What the next cycle begins with: the actions that are neither done nor dropped."""
    return tuple(entry for entry in entries if entry.is_action and entry.progress in {PLANNED, STARTED})


def in_words(entries: Sequence[Entry], today: date) -> str:
    """How far the plan has come, in one sentence."""
    actions = [entry for entry in entries if entry.is_action]
    if not actions:
        return "No actions are planned."
    done = sum(entry.progress == DONE for entry in actions)
    late = sum(is_overdue(entry, today) for entry in actions)
    total = "1 action" if len(actions) == 1 else f"{len(actions)} actions"
    behind = f", {late} past the planned day" if late else ""
    return f"{done} of {total} done{behind}."
