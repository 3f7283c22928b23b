"""The search for a plan and the visits of a large one, in the background."""

import json
from math import isfinite
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.allocation import actions
from communitas.allocation.models import Plan, Run
from communitas.allocation.queries import left_to_arrange
from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.reading import read_problem
from communitas.kit import tasks
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.models import TeamPlace

# One process: a worker has its own processor, and a web server beside it must stay quick. Seeds give the same plan.
WORKERS = 1
TOLD = 5  # refusals that a job repeats
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


@tasks.task("allocation.offer_on")
def offer_on(place_id: int, *, progress: tasks.Progress) -> None:
    """Offer a seat that fell empty to whoever follows. Run twice, it does nothing the second time."""
    actions.offer_on(place=TeamPlace.objects.get(pk=place_id), by=None, at=timezone.now())


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


@tasks.task("allocation.carry_out")
def carry_out(plan_id: int, by_id: int, *, progress: tasks.Progress) -> None:
    """Arrange the visits of an accepted plan one by one. What stands against one does not stop the others."""
    plan, by = Plan.objects.select_related("cycle__network").get(pk=plan_id), Account.objects.get(pk=by_id)
    left, refused = left_to_arrange(plan), list[str]()
    for number, host in enumerate(left):
        progress.step(_("Dates and teams"), number, len(left))
        try:
            actions.carry_out(plan=plan, host=host, by=by, at=timezone.now())
        except NotAllowed as why:
            refused.append(why.why)
    progress.result(path_of(plan.cycle.network.slug, "allocation:plan", plan.pk))
    if refused:
        told = ngettext(
            "%(count)s visit could not be arranged and waits for the next plan.",
            "%(count)s visits could not be arranged and wait for the next plan.",
            len(refused),
        ) % {"count": len(refused)}
        raise NotAllowed(" ".join([told, *refused[:TOLD]]))
