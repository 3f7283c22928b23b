"""The lists of allocation: searched, filtered by the address, and downloaded."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.models import Journey, Plan
from communitas.allocation.queries.naming import named
from communitas.allocation.queries.screens import PARTS
from communitas.allocation.rules.telling import Told
from communitas.cycles.models import Cycle
from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.rules.team import SEATS

Names = Mapping[str, str]
MADE = {
    "proposed": gettext_lazy("proposed"),
    "by_hand": gettext_lazy("changed by hand"),
    "what_if": gettext_lazy("asked what if"),
}
STANDS = {
    "whole": gettext_lazy("whole team"),
    "empty": gettext_lazy("an empty seat"),
    "unplaced": gettext_lazy("no date or lead"),
}


def visits_in(plan: Plan, told: Mapping[str, Told]) -> QuerySet[Visit]:
    """The visits that the plan is about."""
    hosts = [int(host[1:]) for host in told]
    found = Visit.objects.filter(enrolment__cycle=plan.cycle_id, enrolment__community__in=hosts)
    return found.select_related("enrolment").order_by("enrolment__community_name", "pk")


def plan_list(plan: Plan, told: Mapping[str, Told], names: Names) -> ListSpec:
    """The list of one plan. What it says comes from the plan, whatever has become of the visits since."""

    def of(cell: Callable[[Told], Any]) -> Callable[[Visit], Any]:
        return lambda visit: cell(told[f"c{visit.enrolment.community_id}"])

    return ListSpec(
        name=_("Plan %(number)s") % {"number": plan.number},
        columns=(
            Column(
                "community",
                _("Community"),
                lambda visit: visit.enrolment.community_name,
                ("enrolment__community_name",),
            ),
            Column("date", _("Date"), of(_day), nowrap=True),
            Column("team", _("Team"), of(partial(_team, names=names)), cell=of(partial(_names, names=names))),
            Column("empty", _("Empty seats"), of(partial(_holes, names=names)), cell=of(_seats)),
            Column("km", _("Kilometres"), of(lambda one: round(one.km)), number=True),
            Column("cost", _("Cost"), of(lambda one: round(one.cost)), number=True),
            Column("parts", _("Made of"), of(_parts), on_screen=False),
        ),
        search=("enrolment__community_name", "enrolment__community__code"),
        filters=(
            Filter(
                "stands",
                _("Stands"),
                lambda request: list(STANDS.items()),
                lambda rows, value: rows.filter(enrolment__community__in=_standing(told, value)),
            ),
            Filter(
                "person",
                _("Person"),
                lambda request: _people(told, names),
                lambda rows, value: rows.filter(enrolment__community__in=_visited_by(told, value)),
            ),
        ),
        order="community",
        link=lambda visit: reverse("allocation:visit", args=[plan.pk, visit.enrolment.community_id]),
        empty=_("No visit of this plan fits these filters."),
    )


def history_list(cycle: Cycle) -> ListSpec:
    """Every plan that was ever made for a cycle, with who made it and who accepted it."""
    return ListSpec(
        name=_("Plans of the %(cycle)s cycle") % {"cycle": cycle.name},
        columns=(
            Column("plan", _("Plan"), lambda plan: _("Plan %(number)s") % {"number": plan.number}, ("number",)),
            Column("at", _("Made on"), lambda plan: date_format(plan.at, "j F Y"), ("at",), nowrap=True),
            Column("by", _("By"), lambda plan: plan.by.display_name, ("by__display_name",)),
            Column("how", _("How"), lambda plan: str(MADE[plan.made])),
            Column("cost", _("Cost"), lambda plan: round(plan.cost), ("cost",), number=True),
            Column("bound", _("No plan can cost less than"), lambda plan: round(plan.bound), ("bound",), number=True),
            Column("accepted", _("Accepted"), _accepted),
        ),
        search=("by__display_name",),
        filters=(
            Filter(
                "how",
                _("How"),
                lambda request: list(MADE.items()),
                lambda rows, value: rows.filter(made=value),
            ),
        ),
        order="-plan",
        link=lambda plan: reverse("allocation:plan", args=[plan.pk]),
        empty=_("No plan fits these filters."),
    )


def _accepted(plan: Any) -> str:
    if not hasattr(plan, "acceptance"):
        return ""
    said = {"name": plan.acceptance.by.display_name, "day": date_format(plan.acceptance.at, "j F Y")}
    return _("%(name)s, %(day)s") % said


def reviewer_list(cycle: Cycle) -> ListSpec:
    """Everybody who may review in the network of a cycle: on how many days, and from where."""
    return ListSpec(
        name=_("Reviewers of the %(cycle)s cycle") % {"cycle": cycle.name},
        columns=(
            Column("person", _("Person"), lambda account: account.display_name, ("display_name",)),
            Column("free", _("Days free"), lambda account: account.free, ("free",), number=True),
            Column("base", _("Sets out from"), _base, ("has_base",)),
            Column("username", "username", lambda account: account.username, on_screen=False),
            Column("days", "days", _days_of, on_screen=False),
            Column("latitude", "latitude", partial(_degrees, name="latitude"), on_screen=False),
            Column("longitude", "longitude", partial(_degrees, name="longitude"), on_screen=False),
        ),
        search=("display_name",),
        filters=(
            Filter(
                "days",
                _("Days"),
                lambda request: [("none", _("none said")), ("some", _("some said"))],
                lambda rows, value: rows.filter(free=0) if value == "none" else rows.filter(free__gt=0),
            ),
        ),
        order="person",
        link=lambda account: reverse("allocation:reviewer", args=[cycle.pk, account.pk]),
        empty=_("Nobody fits these filters. The office gives people the role of reviewer."),
    )


def travel_list(name: str, *, currency: str, with_money: bool, with_visits: bool) -> ListSpec:
    """How the people of a team travel. Amounts, and the way to what was entered, are the office's alone."""
    visit = ("visit__enrolment__community_name",)
    where = Column("visit", _("Visit to"), lambda place: place.visit.enrolment.community_name, visit)
    day = Column("on", _("Date"), _visit_day, ("visit__on",), nowrap=True)
    columns = (
        Column("person", _("Person"), lambda place: place.account.display_name, ("account__display_name",)),
        *((where, day) if with_visits else ()),
        Column("seat", _("Seat"), lambda place: SEATS[place.seat], ("seat",)),
        Column("mode", _("How"), _way, ("journey__mode",)),
        Column("arrives", _("Arrives"), _arrival, ("journey__arrives",), nowrap=True),
    )
    amounts = (
        Column("overnight", _("Overnight"), _overnight, ("journey__overnight",)),
        Column("km", _("Kilometres by road"), partial(_of_journey, name="km"), ("journey__km",), number=True),
        *(
            Column(one, f"{words} ({currency})", partial(_amount, name=one), (f"journey__{one}",), number=True)
            for one, words in (("estimate", _("Expected")), ("actual", _("Cost")), ("agreed", _("Agreed")))
        ),
        Column("paid", _("Paid on"), _paid, ("journey__paid_on",), nowrap=True),
    )
    modes = choice_filter("mode", _("How"), "journey__mode", Journey.Mode.choices)
    return ListSpec(
        name=name,
        columns=(*columns, *amounts) if with_money else columns,
        search=("account__display_name", *(visit if with_visits else ())),
        filters=(modes, Filter("stands", _("Stands"), lambda request: list(SETTLED.items()), _settled))
        if with_money
        else (modes,),
        order="on" if with_visits else "person",
        link=(lambda place: reverse("allocation:journey", args=[place.pk])) if with_money else None,
        empty=_("Nobody fits these filters."),
    )


SETTLED = {
    "silent": gettext_lazy("nothing entered"),
    "open": gettext_lazy("to be agreed"),
    "agreed": gettext_lazy("agreed, to be paid"),
    "paid": gettext_lazy("paid"),
}


def _settled(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "silent":
        return rows.filter(journey__isnull=True)
    if value == "open":
        return rows.filter(journey__isnull=False, journey__agreed__isnull=True)
    if value == "agreed":
        return rows.filter(journey__agreed__isnull=False, journey__paid_on__isnull=True)
    return rows.filter(journey__paid_on__isnull=False)


def _of_journey(place: TeamPlace, name: str) -> Any:
    return getattr(getattr(place, "journey", None), name, None)


def _visit_day(place: TeamPlace) -> str:
    return date_format(place.visit.on, "j F Y") if place.visit.on else ""


def _way(place: TeamPlace) -> str:
    if not hasattr(place, "journey"):
        return ""
    words = str(place.journey.get_mode_display())
    return f"{words}: {place.journey.lift_with}" if place.journey.lift_with else words


def _arrival(place: TeamPlace) -> str:
    at = _of_journey(place, "arrives")
    return f"{at:%H:%M}" if at else ""


def _overnight(place: TeamPlace) -> str:
    return _("yes") if _of_journey(place, "overnight") else ""


def _amount(place: TeamPlace, name: str) -> float | None:
    pence = _of_journey(place, name)
    return None if pence is None else pence / 100


def _paid(place: TeamPlace) -> str:
    on = _of_journey(place, "paid_on")
    return date_format(on, "j F Y") if on else ""


def _days_of(account: Any) -> str:
    return " ".join(one.on.isoformat() for one in account.days_in_cycle)


def _degrees(account: Any, name: str) -> float | None:
    return next((getattr(one, name) for one in account.bases_here), None)


def _base(account: Any) -> str:
    return _("their home base") if account.has_base else _("their community")


def _standing(told: Mapping[str, Told], value: str) -> list[int]:
    def stands(one: Told) -> str:
        return "unplaced" if one.on is None else "empty" if one.empty else "whole"

    return [int(host[1:]) for host, one in told.items() if stands(one) == value]


def _visited_by(told: Mapping[str, Told], person: str) -> list[int]:
    return [int(host[1:]) for host, one in told.items() if any(name == person for name, _seat, _km in one.team)]


def _people(told: Mapping[str, Told], names: Names) -> list[tuple[str, str]]:
    found = {name for one in told.values() for name, _seat, _km in one.team}
    return sorted(((name, names.get(name, name)) for name in found), key=lambda pair: (pair[1].casefold(), pair[0]))


def _day(one: Told) -> str:
    return date_format(one.on, "j F Y") if one.on else _("not placed")


def _team(one: Told, names: Names) -> str:
    return ", ".join(f"{names.get(name, name)} ({SEATS[seat]}, {km:.0f} km)" for name, seat, km in one.team)


def _names(one: Told, names: Names) -> str:
    return ", ".join(f"{names.get(name, name)} ({SEATS[seat]})" for name, seat, _km in one.team)


def _holes(one: Told, names: Names) -> str:
    return named(one.why or " ".join(f"{SEATS[seat].capitalize()}: {reason}" for seat, reason in one.empty), names)


def _seats(one: Told) -> str:
    return _("no date, no team") if one.on is None else ", ".join(str(SEATS[seat]) for seat, _reason in one.empty)


def _parts(one: Told) -> str:
    return ", ".join(f"{PARTS[name]} {part:.0f}" for name, part in one.parts.items() if part)
