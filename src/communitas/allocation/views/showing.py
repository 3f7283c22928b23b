"""What reviewers' own pages show, as plain values."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from communitas.allocation.forms import MyDaysForm
from communitas.allocation.queries import needed, preparing, saying
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.members.http import MemberRequest
from communitas.visits import policy as visits_policy
from communitas.visits.models import TeamPlace


def days_context(
    cycle: Cycle,
    form: MyDaysForm,
    *,
    asked: Sequence[date],
    mine: Collection[date],
    wanted: Collection[date],
    taken: Mapping[date, TeamPlace],
) -> dict[str, Any]:
    """The context of my_days.html. A form that was refused shows what was ticked in it."""
    ticked = _ticked(form) if form.is_bound else set(mine)
    return {
        "cycle": cycle,
        "form": form,
        "months": saying.months_of(asked, chosen=ticked, needed=wanted, taken=taken),
        "still": [place for day, place in sorted(taken.items()) if day in asked and day not in mine],
        "rest": [form[name] for name in ("most_visits", "note", "none", "reason")],
    }


def reviewing_context(request: MemberRequest) -> dict[str, Any]:
    """The context of my_reviewing.html."""
    network, account = request.network, request.user
    today = today_in(network, request.now)
    cycles, mine = saying.cycles_to_say(network, today=today), preparing.days_of(network, account)
    words = saying.words_of(cycles, account)
    counts = saying.days_by_cycle(cycles, {day for day in mine if day >= today})
    where = needed.where_needed(network, account, today=today, at=request.now)
    shown = {one.offered for one in where}
    offers = needed.standing_offers(account).filter(on__gte=today, visit__enrolment__cycle__network=network)
    done = needed.done_by(network, account, at=request.now)
    return {
        "cycles": [(cycle, counts[cycle.pk], words.get(cycle.pk)) for cycle in cycles],
        "base": preparing.base_of(network, account),
        "home": needed.home_of(network, account, at=request.now),
        "needed": where,
        "offers": [one for one in offers.select_related("visit__enrolment__service_type") if one.pk not in shown],
        "done": [(one, visits_policy.read.allows(request.actor, one.place.visit)) for one in done],
        "kilometres": sum(one.km or 0 for one in done),
    }


def _ticked(form: MyDaysForm) -> set[date]:
    """The days that were ticked, those that are none left out."""
    choices = {value for value, _words in form.fields["days"].choices}  # type: ignore[attr-defined]  # a choice field
    return {date.fromisoformat(value) for value in form["days"].data or () if value in choices}
