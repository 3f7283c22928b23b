"""A plan is changed by hand: somebody else in a seat, counted anew, as a new plan."""

import json
from datetime import datetime

from django.db import transaction

from communitas.allocation.actions.proposing import keep_plan
from communitas.allocation.models import Plan
from communitas.allocation.queries.naming import named, names_in
from communitas.allocation.queries.refusing import refuse_supposition
from communitas.allocation.rules.changing import Refused, swapped
from communitas.allocation.rules.problem import Seat
from communitas.allocation.rules.reading import read_problem
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account


@transaction.atomic
def swap(*, plan: Plan, host: str, seat: Seat, leaving: str | None, joining: str, by: Account, at: datetime) -> Plan:
    """Put `joining` in the seat of `leaving`, or in an empty one: ids as the plan has them. A new plan comes of it.

    NotAllowed with every rule that the change would break.
    """
    refuse_supposition(plan)
    problem = read_problem(json.dumps(plan.problem.content).encode())
    try:
        content = swapped(
            problem, plan.problem.content, plan.content, host=host, seat=seat, leaving=leaving, joining=joining
        )
    except Refused as refused:
        raise NotAllowed(named(str(refused), names_in(plan.problem.content))) from refused
    return keep_plan(problem=plan.problem, run=None, before=plan, content=content, by=by, at=at)
