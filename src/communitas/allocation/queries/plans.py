"""Plans and runs as the pages want them."""

from datetime import date, datetime, timedelta

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from communitas.allocation.models import Acceptance, Plan, Run
from communitas.allocation.queries.facts import OPEN
from communitas.cycles.models import Cycle
from communitas.kit.models import Job
from communitas.kit.prepared import Finder
from communitas.visits.models import Visit, VisitMove

UNDER_WAY = (Run.State.WAITING, Run.State.RUNNING, Run.State.STOPPING)
LONG = timedelta(hours=1)
SLACK = timedelta(minutes=2)  # beyond its time, after which a search that has not ended has lost its worker
plan_named = Finder(lambda: Plan.objects.select_related("cycle__network__tenant", "problem", "by"))


def plans_of(cycle: Cycle) -> QuerySet[Plan]:
    """The plans of a cycle, the newest first, with how each was `made`. What is in them is read only when asked for."""
    made = Case(
        When(supposed__isnull=False, then=Value("what_if")),
        When(run__isnull=True, then=Value("by_hand")),
        default=Value("proposed"),
    )
    found = Plan.objects.filter(cycle=cycle).select_related("by", "acceptance__by").defer("content")
    return found.annotate(made=made)


def newest_of(cycle: Cycle) -> Plan | None:
    """The newest plan of a cycle; those that only suppose something are none."""
    return (
        Plan.objects.filter(cycle=cycle, supposed__isnull=True)
        .select_related("by", "problem", "cycle__network__tenant")
        .first()
    )


def under_way(cycle: Cycle) -> Run | None:
    """The search that runs now or waits to begin."""
    return Run.objects.filter(cycle=cycle, state__in=UNDER_WAY).select_related("job", "by").first()


def is_lost(run: Run, *, at: datetime) -> bool:
    """Whether a search began and its time is long over: its worker was killed, and nothing will come of it."""
    begun = run.begun_at if run.state in (Run.State.RUNNING, Run.State.STOPPING) else None
    return begun is not None and at > begun + timedelta(seconds=run.seconds) + SLACK


def last_run(cycle: Cycle) -> Run | None:
    """The last search, whatever came of it."""
    return Run.objects.filter(cycle=cycle).select_related("job", "by").first()


def acceptance_of(plan: Plan) -> Acceptance | None:
    """Who accepted the plan, and when."""
    return Acceptance.objects.filter(plan=plan).select_related("by", "job").first()


def left_to_arrange(plan: Plan) -> list[str]:
    """The hosts of an accepted plan whose visits it has not arranged, though they can still be. Two queries.

    A visit whose team was appointed since and that was postponed afterwards waits for the next plan instead.
    """
    accepted = Acceptance.objects.filter(plan=plan).values_list("at", flat=True).first()
    if accepted is None:
        return []
    arranged = VisitMove.objects.filter(visit=OuterRef("pk"), verb="appoint_team", at__gte=accepted)
    waiting = Visit.objects.filter(~Exists(arranged), enrolment__cycle=plan.cycle_id, state__in=OPEN)
    open_ones = {f"c{pk}" for pk in waiting.values_list("enrolment__community", flat=True)}
    return [row["host"] for row in plan.content["visits"] if row["host"] in open_ones]


def is_arranging(acceptance: Acceptance, *, at: datetime) -> bool:
    """Whether the work on its visits waits or goes on; after an hour without an end its worker was killed."""
    job = acceptance.job
    return job is not None and job.state in (Job.State.WAITING, Job.State.RUNNING) and at < job.queued_at + LONG


def hosts_of(plan: Plan) -> set[str]:
    """The hosts that a plan speaks of, placed or not."""
    return {row["host"] for row in [*plan.content["visits"], *plan.content["unplaced"]]}


def is_in(plan: Plan, host: str) -> bool:
    """Whether the plan speaks of a host."""
    return host in hosts_of(plan)


def day_of(plan: Plan, host: str) -> date | None:
    """The date on which the plan places a host."""
    days = (row["date"] for row in plan.content["visits"] if row["host"] == host)
    return next((date.fromisoformat(day) for day in days), None)


def visit_of(plan: Plan, community_id: int) -> Visit | None:
    """The visit that the plan means by a community; None for one that it does not speak of."""
    if not is_in(plan, f"c{community_id}"):
        return None
    found = Visit.objects.filter(enrolment__cycle=plan.cycle_id, enrolment__community=community_id)
    return found.select_related("enrolment__cycle__network__tenant").first()
