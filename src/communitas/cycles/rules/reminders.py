"""What a reminder says, when it leaves by itself, and whom it reaches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from communitas.cycles.rules.stages import Stage
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

PLACES: Final = ("{community}", "{cycle}", "{stage}", "{due}", "{next}")
LONGEST: Final = 4000


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with each known place filled; other braces stay as they are.

    The text is walked once, so that a community called '{due}' does not pull in a date.
    """
    for place in PLACES:
        message = message.replace(place, f"\x00{place[1:-1]}\x00")
    parts = message.split("\x00")
    return "".join(values.get(part, "") if number % 2 else part for number, part in enumerate(parts))


@rule
def refuse_reminder(*, message: str, chosen: int) -> None:
    """A reminder has words, and goes to at least one community."""
    if not chosen:
        raise NotAllowed(f"{sentence(refuse_reminder)} Please choose whom to remind.")
    if not message.strip():
        raise NotAllowed(f"{sentence(refuse_reminder)} Please write the message.")
    if len(message) > LONGEST:
        raise NotAllowed(f"The message is longer than {LONGEST} letters. Please shorten it.")


@dataclass(frozen=True, slots=True)
class Plan:
    """When reminders leave by themselves: so many days before a due date, on the day, and so many days after."""

    on: bool = True
    before: tuple[int, ...] = (14, 3)
    on_the_day: bool = True
    after: tuple[int, ...] = (3,)

    @property
    def steps(self) -> tuple[int, ...]:
        """The days counted from the due date, earliest first: -14, -3, 0, 3. None while reminders are off."""
        if not self.on:
            return ()
        return tuple(sorted({-days for days in self.before} | ({0} if self.on_the_day else set()) | set(self.after)))


# Who is reminded of what: the people of the host who can end the stage, and for the visit also those who come.
REMINDED: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.SELF_REVIEW: ("community_lead",),
    Stage.VISIT: ("community_lead", "team"),
    Stage.FACT_CHECK: ("community_lead",),
    Stage.ACTION_PLAN: ("community_lead",),
}
OFFICE_STAGES: Final = (Stage.DRAFTING, Stage.FINAL)  # what the office itself ends; the cockpit shows it
CATCH_UP: Final = 2  # days; a machine that stood still for longer does not send yesterday's news
FARTHEST: Final = 90
MOST_STEPS: Final = 6


@rule
def step_due(due_on: date, today: date, plan: Plan) -> int | None:
    """Of the days on which a due date is reminded, only the latest one that has come counts, and for two days.

    The answer is that day counted from the due date (-3 is three days before), or None when nothing leaves.
    """
    passed = (today - due_on).days
    come = [step for step in plan.steps if step <= passed]
    return come[-1] if come and passed - come[-1] <= CATCH_UP else None


@rule
def refuse_plan(plan: Plan) -> None:
    """Reminders leave on at most six days before and six days after a due date, none farther than 90 days from it."""
    for days in (plan.before, plan.after):
        if len(days) > MOST_STEPS or any(not 1 <= one <= FARTHEST for one in days):
            raise NotAllowed(sentence(refuse_plan))


def how_long(due_on: date, today: date) -> str:
    """How far a due date is: 'in 3 days', 'tomorrow', 'today', '2 days ago'."""
    days = (due_on - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"
