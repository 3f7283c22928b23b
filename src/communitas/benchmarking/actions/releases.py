"""National figures are frozen with their protected cells, and released by a second person."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas import __version__
from communitas.benchmarking import queries
from communitas.benchmarking.models import Release
from communitas.benchmarking.rules import releasing
from communitas.benchmarking.rules.disclosure.lattice import declare
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.figures import national_figures
from communitas.benchmarking.rules.kept import exact_plain, plain_hash, protected_plain
from communitas.cycles.models import Cycle
from communitas.kit import audit
from communitas.members.models import Network
from communitas.people.models import Account

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a cycle before they are kept."""

    exact: dict[str, Any]
    protected: dict[str, Any]
    audit: dict[str, Any]


def count_and_protect(*, cycle: Cycle, say: Say) -> Counted:
    """Count a cycle exactly and protect it; `say` names the step. Nothing is written, so it may take its time."""
    say(_("Reading the scores"))
    scores = queries.scores_of(cycle)
    releasing.refuse_without_scores(len(scores.cohort.communities))
    say(_("Counting"))
    exact = exact_plain(national_figures(scores.cohort), queries.change_since(scores))
    say(_("Protecting small groups"))
    cells = declare(scores.cohort)
    release = protect(cells, parameters_of(cycle.network))
    protected = protected_plain(scores.cohort, cells, release)
    found = {**asdict(release.audit), "cells_hash": release.sha256, "exact_hash": plain_hash(exact)}
    return Counted(exact, protected, found | {"failures": list(release.audit.failures)})


@transaction.atomic
def freeze_release(*, cycle: Cycle, counted: Counted, by: Account, at: datetime) -> Release:
    """Keep the figures of a cycle as its next version; one that was frozen before and not released is superseded.

    The hash is of the protected cells alone: a hash of exact figures would let others try out guesses.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    earlier = list(cycle.releases.all())
    releasing.refuse_second_publication([each.state for each in earlier])
    for each in earlier:
        if each.state == Release.State.FROZEN:
            each.state = releasing.RELEASE.move(each.state, "supersede")
            each.save(update_fields=["state"])
    made = Release.objects.create(
        cycle=cycle,
        version=max((each.version for each in earlier), default=0) + 1,
        exact=counted.exact,
        protected=counted.protected,
        audit=counted.audit,
        hash=plain_hash(counted.protected),
        code_version=__version__,
        frozen_at=at,
        frozen_by=by,
    )
    detail = {"version": made.version, "hash": made.hash}
    audit.record(tenant=cycle.network.tenant, verb="national.freeze", obj=made, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def release_figures(*, release: Release, signed_hash: str, by: Account, at: datetime) -> None:
    """Make frozen figures public, as the second person; `signed_hash` is what the first one proposed."""
    held = Release.objects.select_for_update().get(pk=release.pk)
    releasing.refuse_what_failed(held.audit.get("failures", []))
    releasing.refuse_other_figures(signed_hash, held.hash)
    held.state = releasing.RELEASE.move(held.state, "release")
    held.released_at, held.released_by = at, by
    held.save(update_fields=["state", "released_at", "released_by"])
    detail = {"hash": held.hash}
    audit.record(tenant=held.cycle.network.tenant, verb="national.release", obj=held, by=by, at=at, detail=detail)


def parameters_of(network: Network) -> Parameters:
    """The network's thresholds of disclosure control, or the usual ones where it has set none."""
    known = {field.name for field in fields(Parameters)}
    return Parameters(**{name: value for name, value in network.thresholds.items() if name in known})
