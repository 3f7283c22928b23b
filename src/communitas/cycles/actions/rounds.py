"""A cycle opens, changes its windows, closes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles import queries
from communitas.cycles.actions.recording import note
from communitas.cycles.models import Cycle
from communitas.cycles.rules.rounds import ROUND, as_settings, refuse_closing, refuse_opening, windows_of
from communitas.cycles.rules.stages import ENDED
from communitas.cycles.slots import still_open
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.standards.models import Edition


@transaction.atomic
def open_cycle(
    *,
    network: Network,
    name: str,
    opens_on: date,
    closes_on: date,
    edition: Edition,
    by: Account,
    at: datetime,
    windows: Mapping[str, Any] | None = None,
    previous: Cycle | None = None,
) -> Cycle:
    """Begin a cycle: open from its first day on, until then planned (communities can be enrolled already).

    Windows that are not given are the network's. `previous` is the cycle before, for 'last time' everywhere; without
    one it is the newest that opened earlier.
    """
    _refuse(network, name, opens_on, closes_on, edition, None)
    begun = opens_on <= queries.today_in(network, at)
    cycle = Cycle.objects.create(
        network=network,
        name=name.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        edition=edition,
        state=Cycle.State.OPEN if begun else Cycle.State.PLANNED,
        windows=_windows(windows or {}, network.windows),
        previous=previous or network.cycles.filter(opens_on__lt=opens_on).order_by("-opens_on").first(),
    )
    audit.record(tenant=network.tenant, verb="cycle.open", obj=cycle, by=by, at=at, detail={"windows": cycle.windows})
    return cycle


@transaction.atomic
def begin_cycle(*, cycle: Cycle, by: Account, at: datetime) -> None:
    """Open a planned cycle now."""
    _turn(cycle, "open", by, at, "")


@transaction.atomic
def set_windows(
    *, cycle: Cycle, name: str, opens_on: date, closes_on: date, windows: Mapping[str, Any], by: Account, at: datetime
) -> int:
    """Change a cycle's name, dates and windows. Due dates that are not behind are counted anew; how many enrolments."""
    if cycle.state == Cycle.State.CLOSED:
        raise NotAllowed(_("A closed cycle keeps its dates. The office can open it again."))
    _refuse(cycle.network, name, opens_on, closes_on, cycle.edition, cycle)
    before = cycle.windows
    cycle.name, cycle.opens_on, cycle.closes_on = name.strip(), opens_on, closes_on
    cycle.windows = _windows(windows, {})
    cycle.save(update_fields=["name", "opens_on", "closes_on", "windows"])
    detail = {"before": before, "after": cycle.windows}
    audit.record(tenant=cycle.network.tenant, verb="cycle.set_windows", obj=cycle, by=by, at=at, detail=detail)
    if before == cycle.windows:
        return 0
    counted = cycle.enrolments.filter(anchor_on__isnull=False).exclude(stage__in=ENDED)
    for enrolment in counted.select_related("cycle__network__tenant"):
        note(enrolment=enrolment, verb="set_windows", by=by, at=at)
    return counted.count()


@transaction.atomic
def close_cycle(*, cycle: Cycle, by: Account, at: datetime) -> None:
    """Close a cycle; NotAllowed with the names of the communities that are still under way."""
    refuse_closing(
        list(
            cycle.enrolments.exclude(stage__in=ENDED)
            .order_by("community_name")
            .values_list("community_name", flat=True)
        )
    )
    ended = list(cycle.enrolments.values_list("pk", flat=True))
    refuse_closing([said for words in still_open.ask(ended).values() for said in words])
    _turn(cycle, "close", by, at, "")


@transaction.atomic
def reopen_cycle(*, cycle: Cycle, reason: str, by: Account, at: datetime) -> None:
    """Open a closed cycle again, with a reason."""
    _turn(cycle, "reopen", by, at, reason)


def _turn(cycle: Cycle, verb: str, by: Account, at: datetime, reason: str) -> None:
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update(of=("self",)).select_related("network__tenant"))
    cycle.state = ROUND.move(cycle.state, verb, reason=reason)
    cycle.save(update_fields=["state"])
    audit.record(tenant=cycle.network.tenant, verb=f"cycle.{verb}", obj=cycle, by=by, at=at, reason=reason)


def _refuse(network: Network, name: str, opens_on: date, closes_on: date, edition: Edition, own: Cycle | None) -> None:
    others = network.cycles.exclude(pk=own.pk) if own else network.cycles.all()
    refuse_opening(
        name=name,
        taken=others.filter(name__iexact=name.strip()).exists(),
        opens_on=opens_on,
        closes_on=closes_on,
        published=edition.state == Edition.State.PUBLISHED,
    )


def _windows(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, int]:
    try:
        return as_settings(windows_of(given, defaults))
    except ValueError as wrong:
        raise NotAllowed(str(wrong)) from wrong
