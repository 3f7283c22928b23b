"""The cells that may be published for a cycle: declared, tried out, and locked by a second person."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.benchmarking import policy
from communitas.benchmarking.models import Lattice
from communitas.benchmarking.queries import lattices as queries
from communitas.benchmarking.rules.disclosure.declared import (
    USUAL,
    Declaration,
    refuse_after_signing,
    refuse_strange,
    to_plain,
)
from communitas.benchmarking.rules.kept import plain_hash
from communitas.cycles.models import Cycle
from communitas.kit import audit, confirmations, tasks
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job
from communitas.people.models import Account


@transaction.atomic
def declare_cells(*, cycle: Cycle, declaration: Declaration, by: Account, at: datetime) -> Lattice:
    """Keep what may be published for a cycle as a draft; what was tried out before is forgotten.

    NotAllowed once a review of the cycle is signed, the cells are locked, or a second person is asked to lock them.
    """
    held = Cycle.objects.select_for_update().get(pk=cycle.pk)
    found = Lattice.objects.filter(cycle=held).first()
    refuse_after_signing(locked=found is not None and found.state == Lattice.State.LOCKED, signed=queries.signed(held))
    refuse_strange(declaration)
    if found is not None:
        _refuse_while_waiting(found)
    plain = to_plain(declaration)
    made, _created = Lattice.objects.update_or_create(
        cycle=held,
        defaults={
            "declared": plain,
            "hash": plain_hash(plain),
            "source": Lattice.Source.OFFICE,
            "trial": None,
            "declared_by": by,
            "declared_at": at,
        },
    )
    audit.record(tenant=held.network.tenant, verb="lattice.declare", obj=made, by=by, at=at, detail={"hash": made.hash})
    return made


def start_trial(*, lattice: Lattice, by: Account, at: datetime) -> Job:
    """Find out in the background what would have been published last time."""
    return tasks.start(
        "benchmarking.try_cells",
        *(lattice.pk, by.pk, at.isoformat()),
        tenant=lattice.cycle.network.tenant,
        by=by,
        at=at,
        title=_("What would be published in the %(cycle)s cycle") % {"cycle": lattice.cycle.name},
    )


def try_cells(*, lattice: Lattice, by: Account, at: datetime, say: Callable[[str], None]) -> None:
    """Protect the last cycle's scores by these cells and keep what survives. A draft that changed meanwhile stays."""
    trial = queries.trial_of(lattice, say=say)
    Lattice.objects.filter(pk=lattice.pk, hash=lattice.hash, state=Lattice.State.DRAFT).update(trial=trial)
    audit.record(tenant=lattice.cycle.network.tenant, verb="lattice.try", obj=lattice, by=by, at=at)


@transaction.atomic
def propose_lock(*, lattice: Lattice, by: Account, at: datetime) -> None:
    """Ask a second person to lock the cells, as they are declared now."""
    held = Lattice.objects.select_for_update().get(pk=lattice.pk)
    refuse_after_signing(locked=held.state == Lattice.State.LOCKED, signed=queries.signed(held.cycle))
    network = held.cycle.network
    confirmations.propose(
        permission=policy.lock_lattice,
        obj=held,
        tenant=network.tenant,
        title=_("Lock what may be published of the %(cycle)s cycle") % {"cycle": held.cycle.name},
        by=by,
        at=at,
        url=path_of(network.slug, "benchmarking:lattice", held.cycle_id),
        payload={"hash": held.hash},
    )


@transaction.atomic
def confirm_lock(*, obj: Lattice, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime) -> None:
    """Lock as the second person: called when they confirm."""
    Cycle.objects.select_for_update().get(pk=obj.cycle_id)
    held = Lattice.objects.select_for_update().get(pk=obj.pk)
    refuse_after_signing(locked=held.state == Lattice.State.LOCKED, signed=queries.signed(held.cycle))
    if held.hash != payload["hash"]:
        raise NotAllowed(_("The cells were declared anew meanwhile. Please look at them again."))
    _lock(held, by=by, at=at)


def lock_for_signing(*, cycle: Cycle, by: Account | None, at: datetime) -> None:
    """Lock the cells of a cycle for good, within the caller's transaction; the usual ones where none were locked.

    A draft that no second person has confirmed does not count. Nothing happens where they are locked already.
    """
    if Lattice.objects.filter(cycle=cycle, state=Lattice.State.LOCKED).exists():
        return
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    plain = to_plain(USUAL)
    held, _created = Lattice.objects.update_or_create(
        cycle=cycle,
        defaults={
            "declared": plain,
            "hash": plain_hash(plain),
            "source": Lattice.Source.USUAL,
            "trial": None,
            "declared_by": by,
            "declared_at": at,
        },
    )
    _lock(held, by=by, at=at)


def _lock(held: Lattice, *, by: Account | None, at: datetime) -> None:
    held.state, held.locked_by, held.locked_at = Lattice.State.LOCKED, by, at
    held.save(update_fields=["state", "locked_by", "locked_at"])
    detail = {"hash": held.hash, "source": held.source}
    audit.record(tenant=held.cycle.network.tenant, verb="lattice.lock", obj=held, by=by, at=at, detail=detail)


def _refuse_while_waiting(lattice: Lattice) -> None:
    if confirmations.waiting(lattice, policy.lock_lattice) is not None:
        raise NotAllowed(_("A second person is asked to lock these cells. Take that back first."))
