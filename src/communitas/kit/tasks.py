"""Background work: queued by name, so that actions need not import tasks; watched through a Job."""

import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django_tasks import task as queue_task

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job, Tenant

_named: dict[str, Callable[..., Any]] = {}


class Progress:
    """Tells the person who waits which step is under way. Steps are seen as soon as they are said."""

    def __init__(self, job: Job | None) -> None:
        self.job = job

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Name the step, and how much of it is done."""
        if self.job:
            Job.objects.filter(pk=self.job.pk).update(step=text[:200], done=done, total=total)

    def result(self, url: str) -> None:
        """Where the person finds what was made."""
        if self.job:
            Job.objects.filter(pk=self.job.pk).update(result_url=url)


def task(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function under a name. It takes plain arguments and the keyword `progress`."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _named[name] = function
        return function

    return register


def enqueue(name: str, *arguments: Any) -> None:
    """Run a named task in the background once the transaction is committed."""
    transaction.on_commit(partial(_run_named.enqueue, name, list(arguments)))


def start(name: str, *arguments: Any, tenant: Tenant, by: AbstractBaseUser | None, at: datetime, title: str) -> Job:
    """Run a named task in the background and give the Job by which a person can watch it."""
    job = Job.objects.create(
        tenant=tenant, by_id=by.pk if by else None, name=name, title=title, arguments=list(arguments), queued_at=at
    )
    transaction.on_commit(partial(_run_job.enqueue, job.pk))
    return job


@queue_task()
def _run_named(name: str, arguments: list[Any]) -> None:
    _named[name](*arguments, progress=Progress(None))


@queue_task()
def _run_job(job_id: int) -> None:
    job = Job.objects.get(pk=job_id)
    Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING)
    try:
        _named[job.name](*job.arguments, progress=Progress(job))
    except NotAllowed as refused:
        _finish(job_id, Job.State.FAILED, refused.why)
    except Exception:
        _finish(job_id, Job.State.FAILED, traceback.format_exc(limit=1).splitlines()[-1])
        raise
    else:
        _finish(job_id, Job.State.DONE, "")


def _finish(job_id: int, state: str, problem: str) -> None:
    Job.objects.filter(pk=job_id).update(state=state, problem=problem, finished_at=timezone.now())
