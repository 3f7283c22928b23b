"""The action plan: what a community does about each area for improvement, and how far it has come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

PLANNED: Final = "planned"
STARTED: Final = "under_way"
DONE: Final = "done"
DROPPED: Final = "dropped"

SOON_DAYS: Final = 7  # how long before its day somebody is reminded of an action
LATE_DAYS: Final = 28  # after that a reminder is no news: the plan itself shows what is overdue
UNDO_HOURS: Final = 24  # how long a move can be taken back
STEPS: Final = {0: "not begun", 10: "just begun", 25: "a quarter", 50: "half", 75: "three quarters", 90: "nearly done"}

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
            "put_back",
            "Back to planned",
            STARTED,
            PLANNED,
            by=_WRITERS,
            sentence="Only an action that is under way goes back to planned.",
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
def refuse_owner(owner: int, writers: Collection[int]) -> None:
    """An action is given to the account of somebody who may write the plan."""
    if owner not in writers:
        raise NotAllowed(sentence(refuse_owner))


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


@rule
def refuse_percent(percent: int, progress: str) -> None:
    """How far an action has come is 0 to 100 per cent, and is said while it is planned or under way."""
    if not 0 <= percent <= 100 or progress not in {PLANNED, STARTED}:
        raise NotAllowed(sentence(refuse_percent))


@rule
def refuse_undo(*, moved_at: datetime | None, at: datetime, was_undone: bool) -> None:
    """The last move of an action can be taken back once, within a day."""
    if moved_at is None or was_undone or at - moved_at > timedelta(hours=UNDO_HOURS):
        raise NotAllowed(sentence(refuse_undo))


def reminder_step(entry: Entry, today: date) -> str:
    """Which reminder an action is due for: 'late' after its day, 'soon' in the week up to it, '' for none."""
    if not entry.is_action or entry.progress not in {PLANNED, STARTED} or entry.due_on is None:
        return ""
    if entry.due_on < today:
        return "late" if today - entry.due_on <= timedelta(days=LATE_DAYS) else ""
    return "soon" if entry.due_on - today <= timedelta(days=SOON_DAYS) else ""


def done_share(*, done: int, planned: int) -> int | None:
    """How many of a hundred actions are done, whole; None where no action is planned. 'No action' does not count."""
    return round(100 * done / planned) if planned else None


def step_words(percent: int, progress: str) -> str:
    """How far an action has come, in words; '' where its state says it all."""
    if progress != STARTED or percent == 0:
        return ""
    return STEPS.get(percent, f"{percent} %")


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
