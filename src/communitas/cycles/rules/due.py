"""Due dates: when each stage of an enrolment ends, counted from its visit; what is late, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from communitas.cycles.rules.calendar import WorkingCalendar, in_words
from communitas.cycles.rules.stages import ENDED, WORDS, Pathway, Stage, stages_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

TO_BE_SET: Final = "to be set"

# Who does what to finish each stage, and how the office says that it is late.
NEXT: Final = {
    Stage.ENROLLED: "the self-review opens",
    Stage.SELF_REVIEW: "the community sends its self-review",
    Stage.VISIT: "the review team visits",
    Stage.DRAFTING: "the office delivers the draft report",
    Stage.FACT_CHECK: "the community checks the facts of the draft",
    Stage.FINAL: "the office signs the final report",
    Stage.ACTION_PLAN: "the community sends its action plan",
}


@dataclass(frozen=True, slots=True)
class Windows:
    """How long each stage may take; a setting of the cycle, counted in weeks unless the name says days."""

    self_review_opens: int = 14  # before the visit
    self_review_closes: int = 4  # before the visit
    draft: int = 4  # after the visit
    fact_check_working_days: int = 10  # after the draft was delivered
    deciding_working_days: int = 5  # left to decide the points, however late the draft
    final: int = 8  # after the visit
    action_plan: int = 6  # after the final report

    def __post_init__(self) -> None:
        if not self.self_review_opens > self.self_review_closes >= 0:
            raise ValueError("The self-review opens before it closes, and closes before the visit.")
        lengths = (
            self.draft,
            self.fact_check_working_days,
            self.deciding_working_days,
            self.final,
            self.action_plan,
        )
        if min(lengths) < 0:
            raise ValueError("A window is not shorter than nothing.")
        if self.final < self.draft:
            raise ValueError("The final report comes after the draft.")


@dataclass(frozen=True, slots=True)
class Extension:
    """A recorded promise of a later date for one stage."""

    stage: Stage
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a stage ends: the day that holds, the day first set, and why it moved."""

    on: date
    original: date
    reason: str = ""

    @property
    def extended(self) -> bool:
        """Whether the day was moved."""
        return self.on != self.original


def due_dates(
    pathway: Pathway,
    windows: Windows,
    anchor: date | None,
    calendar: WorkingCalendar,
    *,
    delivered: date | None = None,
    signed: date | None = None,
) -> dict[Stage, date]:
    """The day on which each stage of the pathway ends at the latest; empty until a visit date is agreed.

    `anchor` is the visit date. 'Enrolled' ends when the self-review opens. The factual check counts from
    the day on which the draft was `delivered`, the action plan from the day on which the report was
    `signed`; until these days are known, from their own due dates. A last day is always a working day,
    except the visit itself.
    """
    if anchor is None:
        return {}
    if pathway == Pathway.DEVELOPMENTAL:
        return {Stage.ENROLLED: anchor, Stage.VISIT: anchor}
    opens = calendar.previous_working_day(anchor - timedelta(weeks=windows.self_review_opens))
    closes = calendar.previous_working_day(anchor - timedelta(weeks=windows.self_review_closes))
    draft = calendar.add_weeks(anchor, windows.draft)
    check = calendar.add_working_days(delivered or draft, windows.fact_check_working_days)
    # A draft that came late still leaves the host its full time, so the final report moves with it.
    decided = calendar.add_working_days(check, windows.deciding_working_days)
    final = max(calendar.add_weeks(anchor, windows.final), decided)
    return {
        Stage.ENROLLED: opens,
        Stage.SELF_REVIEW: closes,
        Stage.VISIT: anchor,
        Stage.DRAFTING: draft,
        Stage.FACT_CHECK: check,
        Stage.FINAL: final,
        Stage.ACTION_PLAN: calendar.add_weeks(signed or final, windows.action_plan),
    }


def with_extensions(dates: Mapping[Stage, date], extensions: tuple[Extension, ...]) -> dict[Stage, Due]:
    """The dates with what was promised; the last extension of a stage counts, the first date stays on record.

    When a visit was postponed so far that the counted date is later than the promised one, the later one
    holds.
    """
    latest = {extension.stage: extension for extension in extensions}
    dues = {}
    for stage, day in dates.items():
        promise = latest.get(stage)
        later = promise is not None and promise.until > day
        dues[stage] = Due(promise.until, day, promise.reason) if promise and later else Due(day, day)
    return dues


@rule
def refuse_extension(extension: Extension, dues: Mapping[Stage, Due], stage: Stage, visit: date | None) -> None:
    """A deadline moves to a later day, with a reason, while its stage has not ended.

    `stage` is where the enrolment stands. The self-review ends before the visit, and a visit is postponed,
    never extended: its date anchors all others.
    """
    if not extension.reason.strip():
        raise NotAllowed(f"{sentence(refuse_extension)} Please give a reason.")
    if extension.stage not in dues or extension.stage == Stage.VISIT:
        raise NotAllowed(f"{sentence(refuse_extension)} {WORDS[extension.stage]} has no deadline to move.")
    order = list(dues)
    if stage not in order or order.index(extension.stage) < order.index(stage):
        raise NotAllowed(f"{sentence(refuse_extension)} {WORDS[extension.stage]} has ended.")
    if extension.until <= dues[extension.stage].on:
        now = in_words(dues[extension.stage].on)
        raise NotAllowed(f"{sentence(refuse_extension)} It is already {now}.")
    before_visit = extension.stage in {Stage.ENROLLED, Stage.SELF_REVIEW}
    if before_visit and visit is not None and extension.until >= visit:
        raise NotAllowed(f"{sentence(refuse_extension)} It must end before the visit on {in_words(visit)}.")


@dataclass(frozen=True, slots=True)
class Late:
    """A stage that has passed its day; `working_days` counts the working days since."""

    stage: Stage
    due: Due
    working_days: int

    @property
    def words(self) -> str:
        """What is late, in words that blame nobody."""
        days = "1 working day" if self.working_days == 1 else f"{self.working_days} working days"
        return f"{WORDS[self.stage]} was due on {in_words(self.due.on)}, {days} ago."


def what_is_late(stage: Stage, dues: Mapping[Stage, Due], today: date, calendar: WorkingCalendar) -> Late | None:
    """The present stage when its day has passed; None when all is in time, not yet set, or ended."""
    due = dues.get(stage)
    if stage in ENDED or due is None or today <= due.on:
        return None
    return Late(stage, due, calendar.working_days_between(due.on, today))


def what_comes_next(pathway: Pathway, stage: Stage, dues: Mapping[Stage, Due]) -> str:
    """The next step as a sentence with its date, or 'to be set' without a visit date; '' once it ended."""
    if stage in ENDED:
        return ""
    step = NEXT[stage]
    if pathway == Pathway.DEVELOPMENTAL and stage == Stage.ENROLLED:
        step = "the visit is prepared"
    joint = "on" if step in {NEXT[Stage.VISIT], NEXT[Stage.ENROLLED]} else "by"
    due = dues.get(stage)
    when = f"{joint} {in_words(due.on)}" if due else f"(date {TO_BE_SET})"
    return f"Next: {step} {when}."


def table_of_dates(pathway: Pathway, dues: Mapping[Stage, Due]) -> tuple[tuple[str, str], ...]:
    """Every stage that has a deadline with its date in words, for a page or a letter."""
    return tuple(
        (WORDS[stage], in_words(dues[stage].on) if stage in dues else TO_BE_SET)
        for stage in stages_of(pathway)
        if stage not in ENDED
    )
