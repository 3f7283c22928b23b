"""The lists of allocation: searched, filtered by the address, and downloaded."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.models import Plan
from communitas.allocation.queries.naming import named
from communitas.allocation.queries.screens import PARTS
from communitas.allocation.rules.telling import Told
from communitas.cycles.models import Cycle
from communitas.kit.lists import Column, Filter, ListSpec
from communitas.visits.models import Visit
from communitas.visits.rules.team import SEATS

Names = Mapping[str, str]
MADE = {
    "proposed": gettext_lazy("proposed"),
    "by_hand": gettext_lazy("changed by hand"),
    "what_if": gettext_lazy("asked what if"),
}
WORD = {
    "own": gettext_lazy("their own word"),
    "office": gettext_lazy("entered by the office"),
    "import": gettext_lazy("from a table"),
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
            Column("said", _("Said"), _said),
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


def _said(account: Any) -> str:
    """Whose word the days are, and what the person said of the cycle as a whole."""
    words = [str(WORD[whose]) for whose in WORD if whose in {day.said_by for day in account.days_in_cycle}]
    for one in account.words_of_cycle:
        words += [_("not in this cycle: %(reason)s") % {"reason": one.reason}] if one.none else []
        words += [_("at most %(count)s visits") % {"count": one.most_visits}] if one.most_visits else []
        words += [one.note] if one.note else []
    return "; ".join(words)


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
