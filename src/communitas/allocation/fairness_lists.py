"""The give-and-take ledger and the load of reviewers as lists: searched, filtered, sorted and downloaded."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.allocation.queries.fairness import Fair
from communitas.allocation.rules.fairness import EVEN, Entry, signed
from communitas.cycles.models import Cycle
from communitas.kit.lists import Column, Filter, ListSpec
from communitas.members.models import Network

Cell = Callable[[Any], Any]


def ledger_list(network: Network, fair: Fair) -> ListSpec:
    """Each community with what it gave and received, in all and in each cycle."""

    def entry(pk: int, cycle: Cycle) -> Entry:
        return fair.ledger.get(pk, {}).get(cycle.pk, Entry())

    def in_cycle(cycle: Cycle) -> Cell:
        return lambda community: _in_words(entry(community.pk, cycle))

    return ListSpec(
        name=_("Give and take"),
        columns=(
            Column("community", _("Community"), lambda one: one.name, ("name",)),
            Column("type", _("Type"), lambda one: one.service_type.name, ("service_type__name",)),
            *(
                Column(f"cycle{cycle.pk}", cycle.name, in_cycle(cycle), number=True, nowrap=True)
                for cycle in fair.cycles
            ),
            Column("given", _("Days given"), lambda one: one.given, ("given",), number=True),
            Column("received", _("Days received"), lambda one: one.received, ("received",), number=True),
            Column(
                "balance",
                _("Balance"),
                lambda one: one.balance,
                ("balance",),
                number=True,
                cell=lambda one: signed(one.balance),
            ),
        ),
        search=("name", "code"),
        filters=(
            Filter(
                "type",
                _("Type"),
                lambda request: [(each.code, each.name) for each in network.service_types.order_by("name")],
                lambda rows, value: rows.filter(service_type__code=value),
            ),
            Filter(
                "stands",
                _("Stands"),
                lambda request: [
                    ("ahead", _("gave more")),
                    ("even", _("even")),
                    ("behind", _("received more")),
                ],
                lambda rows, value: rows.filter(**_STANDS[value]),
            ),
        ),
        order="balance",
        link=lambda one: reverse("allocation:give_and_take", args=[one.pk]),
        empty=_("No community fits these filters."),
    )


_STANDS: dict[str, dict[str, Any]] = {
    "ahead": {"balance__gt": EVEN},
    "even": {"balance__range": (-EVEN, EVEN)},
    "behind": {"balance__lt": -EVEN},
}


def _in_words(entry: Entry) -> str:
    """What a community gave and received in a cycle, such as '+4 −5'."""
    if not entry.given and not entry.received:
        return ""
    return f"+{entry.given} −{entry.received}"


def load_list(fair: Fair) -> ListSpec:
    """Each reviewer with the visits of each cycle and the way."""

    def visits(cycle: Cycle) -> Cell:
        return lambda one: fair.loads[one.pk].by_cycle.get(cycle.pk, 0)

    return ListSpec(
        name=_("Who reviews how often"),
        columns=(
            Column("person", _("Person"), lambda one: one.display_name, ("display_name",)),
            *(Column(f"cycle{cycle.pk}", cycle.name, visits(cycle), number=True) for cycle in fair.cycles),
            Column("visits", _("Visits in all"), lambda one: one.visits, ("visits",), number=True),
            Column("to_come", _("Of them to come"), lambda one: fair.loads[one.pk].to_come, number=True),
            Column("km", _("Kilometres so far"), lambda one: _kilometres(fair, one.pk), number=True),
        ),
        search=("display_name",),
        filters=(
            Filter(
                "visits",
                _("Visits"),
                lambda request: [("one", _("one")), ("more", _("two or three")), ("many", _("four or more"))],
                lambda rows, value: rows.filter(visits__range=_OFTEN[value]),
            ),
        ),
        order="-visits",
        empty=_("Nobody fits these filters."),
    )


_OFTEN = {"one": (1, 1), "more": (2, 3), "many": (4, 10_000)}


def _kilometres(fair: Fair, pk: int) -> int | str:
    km = fair.loads[pk].km
    return round(km) if km is not None else ""
