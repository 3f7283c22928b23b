"""A plan is proposed: a run is begun in the background, tells how it stands, and ends with a plan."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from communitas.allocation.models import Plan, Run, StatedProblem
from communitas.allocation.queries import UNDER_WAY, Stated, is_lost, state_problem, under_way
from communitas.allocation.rules.changing import previous_of
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.kit import audit, tasks
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account

SECONDS = (10, 1800)  # the least and the most that a search may take
Json = dict[str, Any]


@transaction.atomic
def propose(
    *,
    cycle: Cycle,
    seconds: int,
    seed: int = 0,
    keep: Plan | None = None,
    supposed: Json | None = None,
    by: Account,
    at: datetime,
) -> Run:
    """Begin to look for a plan in the background. It changes `keep` as little as possible, where that is given.

    With `supposed` (see `rules/supposing.py`) it is asked what would be: that plan is compared and never accepted.
    """
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)  # two people may press at the same moment
    refuse_in_closed_cycle(cycle.state)
    if not SECONDS[0] <= seconds <= SECONDS[1]:
        raise NotAllowed(
            _("A search takes from %(least)d to %(most)d seconds.") % {"least": SECONDS[0], "most": SECONDS[1]}
        )
    _make_room(cycle, at)
    previous = previous_of(keep.content) if keep is not None and keep.cycle_id == cycle.pk else None
    stated = state_problem(cycle, on=today_in(cycle.network, at), at=at, previous=previous, supposed=supposed)
    if stated.problem is None:
        raise NotAllowed(stated.refusal)
    if not stated.visits:
        raise NotAllowed(_("There is no visit to plan: the list of what is missing says why."))
    problem = _state(stated, cycle, at)
    run = Run.objects.create(cycle=cycle, problem=problem, seed=seed, seconds=seconds, supposed=supposed, by=by, at=at)
    tenant, title = cycle.network.tenant, _("A plan for the %(cycle)s cycle") % {"cycle": cycle.name}
    run.job = tasks.start("allocation.propose", run.pk, tenant=tenant, by=by, at=at, title=title)
    run.save(update_fields=["job"])
    detail = {"run": run.pk, "seconds": seconds, "seed": seed, "problem": problem.hash, "supposed": supposed}
    audit.record(tenant=tenant, verb="allocation.propose", obj=cycle, by=by, at=at, detail=detail)
    return run


def _make_room(cycle: Cycle, at: datetime) -> None:
    """One search at a time; one whose worker was killed is given up, so that it does not stand in the way for ever."""
    found = under_way(cycle)
    if found is None:
        return
    if not is_lost(found, at=at):
        raise NotAllowed(_("A search is under way already."))
    fail(run=found, words=_("The search broke off."), by=found.by, at=at)


def _state(stated: Stated, cycle: Cycle, at: datetime) -> StatedProblem:
    """Keep a problem as it was put; the same one is kept once."""
    values = {"content": stated.content, "facts_hash": stated.facts_hash, "at": at}
    return StatedProblem.objects.get_or_create(cycle=cycle, hash=stated.hash, defaults=values)[0]


@transaction.atomic
def begin(*, run: Run, by: Account, at: datetime) -> bool:
    """Say that the search is under way; False when somebody stopped it meanwhile."""
    waiting = Run.objects.filter(pk=run.pk, state=Run.State.WAITING)
    return bool(waiting.update(state=Run.State.RUNNING, begun_at=at))


@transaction.atomic
def finish(*, run: Run, content: Json, by: Account, at: datetime) -> Plan | None:
    """Keep what was found as the newest plan of the cycle; nothing when the search was given up meanwhile."""
    done = Run.objects.filter(pk=run.pk, state__in=(Run.State.RUNNING, Run.State.STOPPING))
    if not done.update(state=Run.State.DONE, cost=content["cost"], bound=content["bound"], finished_at=at):
        return None
    return keep_plan(problem=run.problem, run=run, before=None, supposed=run.supposed, content=content, by=by, at=at)


@transaction.atomic
def fail(*, run: Run, words: str, by: Account, at: datetime) -> None:
    """Say that the search came to nothing, and why."""
    open_still = Run.objects.filter(pk=run.pk, state__in=UNDER_WAY)
    open_still.update(state=Run.State.FAILED, step=words[:200], finished_at=at)


@transaction.atomic
def stop(*, run: Run, by: Account, at: datetime) -> None:
    """End a search early. The best plan that it has found so far is kept; one that has not begun finds none."""
    if run.state not in UNDER_WAY:
        raise NotAllowed(_("This search has ended."))
    running = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING)
    if is_lost(run, at=at) or not running.update(state=Run.State.STOPPING):
        fail(run=run, words=_("Stopped by %(name)s") % {"name": by.display_name}, by=by, at=at)
    tenant, detail = run.cycle.network.tenant, {"run": run.pk}
    audit.record(tenant=tenant, verb="allocation.stop", obj=run.cycle, by=by, at=at, detail=detail)


@transaction.atomic
def keep_plan(
    *,
    problem: StatedProblem,
    run: Run | None,
    before: Plan | None,
    supposed: Json | None = None,
    content: Json,
    by: Account,
    at: datetime,
) -> Plan:
    """Write a plan down under the next number of its cycle."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("network__tenant").get(pk=problem.cycle_id)
    last = Plan.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
    plan = Plan.objects.create(
        cycle=cycle,
        number=last + 1,
        problem=problem,
        run=run,
        before=before,
        supposed=supposed,
        content=content,
        cost=content["cost"],
        bound=content["bound"],
        by=by,
        at=at,
    )
    detail = {"number": plan.number, "run": run.pk if run else None, "before": before.pk if before else None}
    audit.record(tenant=cycle.network.tenant, verb="allocation.keep_plan", obj=plan, by=by, at=at, detail=detail)
    return plan
