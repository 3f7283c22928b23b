"""A plan is accepted: its dates are locked, its people asked, its teams appointed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.allocation.models import Acceptance, Plan
from communitas.allocation.queries import acceptance_of, is_arranging, left_to_arrange, newest_of, state_problem
from communitas.allocation.queries.facts import OPEN
from communitas.allocation.queries.refusing import refuse_supposition
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.kit import audit, tasks
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits.models import Visit
from communitas.visits.queries import visits as all_visits
from communitas.visits.queries.candidates import TAKEN

Json = dict[str, Any]
AT_ONCE = 25  # visits that are arranged while somebody waits; of a larger plan, in the background


@transaction.atomic
def accept(*, plan: Plan, by: Account, at: datetime) -> Acceptance:
    """Accept a plan: lock its dates, ask its people, appoint its teams. Empty seats stay empty and are chased.

    The visits of a large plan are carried out in the background, one by one.

    NotAllowed when another plan came after it, or what it was made from has changed since: then it is proposed again.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("network__tenant").get(pk=plan.cycle_id)
    refuse_in_closed_cycle(cycle.state)
    refuse_supposition(plan)
    newest = newest_of(cycle)
    if newest is None or newest.pk != plan.pk:
        raise NotAllowed(_("A newer plan stands. Only the newest one is accepted."))
    if Acceptance.objects.filter(plan=plan).exists():
        raise NotAllowed(_("This plan is accepted already."))
    stated = state_problem(cycle, on=today_in(cycle.network, at), at=at)
    if stated.facts_hash != plan.problem.facts_hash:
        raise NotAllowed(_("Something that this plan was made from has changed since. Please have it proposed again."))
    rows, job = plan.content["visits"], None
    if len(rows) > AT_ONCE:
        tenant, title = cycle.network.tenant, _("The visits of plan %(number)s") % {"number": plan.number}
        job = tasks.start("allocation.carry_out", plan.pk, by.pk, tenant=tenant, by=by, at=at, title=title)
    else:
        for row in rows:
            carry_out(plan=plan, host=row["host"], by=by, at=at)
    accepted = Acceptance.objects.create(plan=plan, job=job, by=by, at=at)
    detail = {"number": plan.number, "visits": len(rows)}
    audit.record(tenant=cycle.network.tenant, verb="allocation.accept_plan", obj=plan, by=by, at=at, detail=detail)
    return accepted


@transaction.atomic
def go_on(*, plan: Plan, by: Account, at: datetime) -> Job:
    """Arrange the visits of an accepted plan that are left because its work broke off or something stood against them.

    NotAllowed while that work still goes on, or when nothing is left.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("network__tenant").get(pk=plan.cycle_id)
    refuse_in_closed_cycle(cycle.state)
    accepted = acceptance_of(plan)
    if accepted is None:
        raise NotAllowed(_("Only the visits of an accepted plan are arranged."))
    if is_arranging(accepted, at=at):
        raise NotAllowed(_("The visits are being arranged already."))
    left = left_to_arrange(plan)
    if not left:
        raise NotAllowed(_("Every visit of this plan is arranged, or waits for the next one."))
    tenant, title = cycle.network.tenant, _("The visits of plan %(number)s") % {"number": plan.number}
    detail = {"number": plan.number, "visits": len(left)}
    audit.record(tenant=tenant, verb="allocation.go_on", obj=plan, by=by, at=at, detail=detail)
    return tasks.start("allocation.carry_out", plan.pk, by.pk, tenant=tenant, by=by, at=at, title=title)


@transaction.atomic
def carry_out(*, plan: Plan, host: str, by: Account, at: datetime) -> None:
    """Lock the date of one visit of an accepted plan, ask its people and appoint its team.

    NotAllowed when something that was settled meanwhile stands against it; a team that is appointed already stays.
    """
    row = next(row for row in plan.content["visits"] if row["host"] == host)
    visit = all_visits().filter(enrolment__cycle=plan.cycle_id, enrolment__community=int(host[1:])).first()
    if visit is None or visit.state not in OPEN:
        return
    people = Account.objects.in_bulk([int(one["reviewer"][1:]) for one in row["team"]])
    _appoint(visit, row, people, by, at)


def _appoint(visit: Visit, row: Json, people: dict[int, Account], by: Account, at: datetime) -> None:
    on = date.fromisoformat(row["date"])
    if visit.on is None:
        offered = visit.offered.filter(on=on, state="offered").first()
        if offered is None:  # a large plan is carried out later than it was accepted
            told = {"visit": visit.enrolment.community_name, "day": date_format(on, "j F Y")}
            raise NotAllowed(_("%(visit)s no longer offers %(day)s.") % told)
        visits.lock_date(visit=visit, offered=offered, by=by, at=at)
    there = set(visit.places.filter(state__in=TAKEN).values_list("account_id", flat=True))
    for one in row["team"]:
        account = people[int(one["reviewer"][1:])]
        if account.pk not in there:
            try:
                visits.ask(visit=visit, account=account, seat=one["as"], by=by, at=at)
            except NotAllowed as refused:
                who = {"name": account.display_name, "visit": visit.enrolment.community_name, "why": refused.why}
                raise NotAllowed(_("%(name)s at %(visit)s: %(why)s") % who) from refused
    visits.appoint_team(visit=visit, by=by, at=at)
