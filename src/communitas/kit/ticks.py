"""What happens by itself when its time has come. Apps name their jobs in `apps.py`; `communitas tick` runs them all.

A job is given the moment and answers in a few words what it did. It must be safe to run again at once, and twice at the
same time: what it did is kept in rows that a second run finds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from communitas.kit.exceptions import NotAllowed

Job = Callable[[datetime], str]
EXPECTED = (
    NotAllowed,
    DatabaseError,
    OSError,
    ValueError,
    LookupError,
)  # what one job's rows or files are to blame for


@dataclass(frozen=True, slots=True)
class Ran:
    """One job that ran: what it did, or why it could not."""

    name: str
    said: str = ""
    problem: str = ""


_jobs: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Add a job; a second one of the same name replaces the first."""
    _jobs[name] = job


def names() -> list[str]:
    """The names of all jobs, in the order in which they run."""
    return list(_jobs)


def run(at: datetime) -> Iterator[Ran]:
    """Run every job. One that fails keeps none of the others from running."""
    for name, job in _jobs.items():
        try:
            said = job(at)
        except EXPECTED as problem:
            yield Ran(name, problem=f"{type(problem).__name__}: {problem}")
        else:
            yield Ran(name, said=said)
