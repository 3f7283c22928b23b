"""What the host says of the day of its visit: the day will do, or it will not."""

from datetime import date

from communitas.kit.rulebook import rule
from communitas.visits.rules.answering import REMIND_BEFORE, Asking, answer_by
from communitas.visits.rules.visit import WITH_A_DAY


@rule
def host_may_answer(state: str, on: date | None, today: date) -> bool:
    """A community says whether the day of its visit will do from when it is set until the day before."""
    return state in WITH_A_DAY and on is not None and today < on


@rule
def host_says_why(accepts: bool, reason: str) -> bool:
    """A community that cannot take the visit on its day says why, so that the office can find another."""
    return accepts or bool(reason.strip())


def host_answers_by(asked: date, on: date, asking: Asking) -> date:
    """The host has as many days to answer as somebody who is asked onto the team, and never less than today."""
    return answer_by(asked, on, asking)


@rule
def is_host_reminder_due(today: date, *, asked: date, last: date) -> bool:
    """A community that has not answered is reminded once, two days before its last day, not on the day of asking."""
    return asked < today and (last - today).days <= REMIND_BEFORE
