"""The travel and cost sheet as a list: of one visit, and of a cycle."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.models import Journey
from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.visits.models import TeamPlace
from communitas.visits.rules.team import SEATS


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
            Column(
                one,
                f"{words} ({currency})",
                partial(_amount, name=one),
                (f"journey__{one}",),
                number=True,
                cell=partial(_money, name=one),
            )
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


def _money(place: TeamPlace, name: str) -> str:
    amount = _amount(place, name)
    return "" if amount is None else f"{amount:,.2f}"


def _paid(place: TeamPlace) -> str:
    on = _of_journey(place, "paid_on")
    return date_format(on, "j F Y") if on else ""
