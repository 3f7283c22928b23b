"""National figures are frozen with their protected cells, and released by a second person."""

from datetime import datetime

from django.db import transaction

from communitas import __version__
from communitas.benchmarking.actions.lattices import lock_for_signing
from communitas.benchmarking.actions.stars import keep_star
from communitas.benchmarking.models import FrozenSubject, Release
from communitas.benchmarking.queries.counting import Counted
from communitas.benchmarking.queries.descending import descents_of
from communitas.benchmarking.queries.reopening import refuse_unsettled
from communitas.benchmarking.queries.stars import read_facts
from communitas.benchmarking.rules import releasing
from communitas.benchmarking.rules.kept import plain_hash
from communitas.benchmarking.rules.subjects import cut
from communitas.cycles.models import Cycle
from communitas.kit import audit
from communitas.people.models import Account


@transaction.atomic
def freeze_release(*, cycle: Cycle, counted: Counted, by: Account, at: datetime) -> Release:
    """Keep the figures of a cycle as its next version; one that was frozen before and not released is superseded.

    The facts files from which they were counted are kept with them. The hash is of the protected cells alone: a hash
    of exact figures would let others try out guesses.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    lock_for_signing(cycle=cycle, by=by, at=at)
    earlier = list(cycle.releases.all())
    releasing.refuse_second_publication([each.state for each in earlier])
    for each in earlier:
        if each.state == Release.State.FROZEN:
            each.state = releasing.RELEASE.move(each.state, "supersede")
            each.save(update_fields=["state"])
    kept = [keep_star(cycle=Cycle.objects.get(pk=star.cycle_id), star=star, by=by, at=at) for star in counted.stars]
    made = Release.objects.create(
        cycle=cycle,
        facts=kept[0],
        version=max((each.version for each in earlier), default=0) + 1,
        exact=counted.exact,
        protected=counted.protected,
        audit=counted.audit,
        hash=plain_hash(counted.protected),
        code_version=__version__,
        frozen_at=at,
        frozen_by=by,
    )
    cut_figures(release=made, by=by, at=at)
    detail = {"version": made.version, "hash": made.hash}
    audit.record(tenant=cycle.network.tenant, verb="national.freeze", obj=made, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def cut_figures(*, release: Release, by: Account | None, at: datetime) -> None:
    """Keep the protected cells of a release by subject, with the lines along which its criteria are compared.

    Once: a release that has them is left alone.
    """
    if release.subjects.exists():
        return
    descents = descents_of(release.cycle.edition)
    FrozenSubject.objects.bulk_create(
        [
            FrozenSubject(
                release=release,
                level=level,
                name=name,
                cells=cells,
                line=(found := descents.of(level, name)).line,
                before=found.before,
                change=found.change,
                keys=list(found.keys),
            )
            for level, name, cells in cut(release.protected)
        ],
        batch_size=200,
    )
    audit.record(tenant=release.cycle.network.tenant, verb="figures.cut", obj=release, by=by, at=at)


@transaction.atomic
def release_figures(*, release: Release, signed_hash: str, by: Account, at: datetime) -> None:
    """Make frozen figures public, as the second person; `signed_hash` is what the first one proposed.

    NotAllowed while a review of the cycle is reopened, when marks that they count were corrected since, and where the
    facts they were counted from have changed on disk.
    """
    held = Release.objects.select_for_update().get(pk=release.pk)
    releasing.refuse_what_failed(held.audit.get("failures", []))
    releasing.refuse_other_figures(signed_hash, held.hash)
    refuse_unsettled(held)
    if held.facts is not None:  # figures that were frozen before facts were files name none
        read_facts(held.facts)
    held.state = releasing.RELEASE.move(held.state, "release")
    held.released_at, held.released_by = at, by
    held.save(update_fields=["state", "released_at", "released_by"])
    detail = {"hash": held.hash}
    audit.record(tenant=held.cycle.network.tenant, verb="national.release", obj=held, by=by, at=at, detail=detail)
