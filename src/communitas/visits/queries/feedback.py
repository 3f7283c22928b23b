"""Feedback on visits: what one side reads of the other, and what the office reads of a cycle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from communitas.people.models import Account
from communitas.visits.models import Feedback, Visit
from communitas.visits.rules.feedback import QUESTIONS, SCALE, state_of


@dataclass(frozen=True)
class Answered:
    """One question with how many gave which answer, the best first, and the mean."""

    question: str
    counts: tuple[tuple[str, int], ...]
    mean: str


def feedback_of(visit: Visit, side: str) -> list[Feedback]:
    """What one side said: one query."""
    return list(visit.feedback.filter(side=side).select_related("account"))


def own_feedback(visit: Visit, account: Account) -> Feedback | None:
    """What somebody has sent themselves: one query."""
    return visit.feedback.filter(account=account).first()


def feedback_state(visit: Visit, now: datetime) -> str:
    """closed, open or released. No query."""
    return state_of(closes_at=visit.feedback_closes_at, now=now)


def summary(rows: Iterable[Feedback], side: str) -> list[Answered]:
    """How a side answered each question. No query."""
    found = list(rows)
    return [_answered(words, [row.answers[key] for row in found if key in row.answers]) for key, words in _of(side)]


def all_feedback(network_id: int) -> QuerySet[Feedback]:
    """Every feedback in a network, for the office."""
    found = Feedback.objects.filter(visit__enrolment__cycle__network_id=network_id)
    return found.select_related("visit__enrolment__cycle", "account")


def _of(side: str) -> list[tuple[str, str]]:
    return list(QUESTIONS[side].items())


def _answered(question: str, given: list[int]) -> Answered:
    counts = tuple((words, given.count(value)) for value, words in SCALE.items())
    mean = f"{sum(given) / len(given):.1f}" if given else ""
    return Answered(question, counts, mean)
