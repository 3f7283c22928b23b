"""The search for a plan, in the background."""

import json
from math import isfinite
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext as _

from communitas.allocation import actions
from communitas.allocation.models import Run
from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.reading import read_problem
from communitas.kit import tasks
from communitas.kit.addresses import path_of

# One process: a worker has its own processor, and a web server beside it must stay quick. Seeds give the same plan.
WORKERS = 1
LOOK_EVERY = 1.0  # seconds between two looks whether somebody has stopped the run


@tasks.task("allocation.propose")
def propose(run_id: int, *, progress: tasks.Progress) -> None:
    """Look for a plan in the time that the run has, and keep the best one."""
    run = Run.objects.select_related("problem", "cycle__network__tenant", "by").get(pk=run_id)
    if not actions.begin(run=run, by=run.by, at=timezone.now()):
        return

    def standing(cost: float, bound: float) -> None:
        known = bound if isfinite(bound) else None
        Run.objects.filter(pk=run_id).update(cost=cost, bound=known)
        done = min(run.seconds, int(monotonic() - begun))
        progress.step(_("The best plan so far costs %(cost)s") % {"cost": f"{cost:,.0f}"}, done, run.seconds)

    begun = monotonic()
    try:
        plan = allocate(
            read_problem(json.dumps(run.problem.content).encode()),
            seconds=run.seconds,
            seed=run.seed,
            workers=WORKERS,
            clock=_Clock(run),
            standing=standing,
        )
        found = plan.as_json() | {"seconds": round(monotonic() - begun, 3)}
        kept = actions.finish(run=run, content=found, by=run.by, at=timezone.now())
        if kept is not None:
            progress.result(path_of(run.cycle.network.slug, "allocation:plan", kept.pk))
    finally:  # a run that ended with a plan stays as it is
        words = _("The search broke off. Please try again, and tell us if it happens twice.")
        actions.fail(run=run, words=words, by=run.by, at=timezone.now())


class _Clock:
    """Tells the time; once somebody has stopped the run, that it is over, so that the best plan so far is kept."""

    def __init__(self, run: Run) -> None:
        self._run, self._asked, self._stopped = run, monotonic(), False

    def __call__(self) -> float:
        now = monotonic()
        if not self._stopped and now - self._asked >= LOOK_EVERY:
            self._asked = now
            self._stopped = not Run.objects.filter(pk=self._run.pk, state=Run.State.RUNNING).exists()
        return now + self._run.seconds if self._stopped else now
