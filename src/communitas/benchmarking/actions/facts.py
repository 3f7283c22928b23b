"""Facts are frozen from a signed report or an import; a correction is a new version and keeps the old one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from communitas.benchmarking import models
from communitas.benchmarking.actions.lattices import lock_for_signing
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.freezing import facts_hash, ordered, refuse_strange, stored
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import audit, tasks
from communitas.kit.models import ImportRun
from communitas.people.models import Account
from communitas.standards import queries as standards


def keep_facts_soon(*, cycle: Cycle, by: Account, at: datetime) -> None:
    """Have the facts of a cycle kept as a file in the background: once, however many reports are signed meanwhile."""
    tasks.enqueue("benchmarking.keep_facts", cycle.pk, by.pk, at.isoformat())


@transaction.atomic
def freeze_facts(
    *,
    enrolment: Enrolment,
    facts: Sequence[Fact],
    source: str,
    by: Account,
    at: datetime,
    import_run: ImportRun | None = None,
) -> models.FactSet:
    """Keep what an enrolment scored, once and for good; `criterion` of each fact is the criterion's key.

    Facts that differ from those that stand become a new version and the current one; the same facts change nothing.
    The caller has them kept as a file too, with `keep_facts_soon`. `source` is 'report' or 'import'. NotAllowed where a
    fact is of another community, criterion or scale. The first facts of a cycle lock what may be published of it.
    """
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    refuse_strange(
        facts,
        community=held.community.code,
        criteria=standards.by_key(held.edition_id).keys(),
        scale=standards.scale_of(held.edition),
    )
    digest = facts_hash(facts)
    lock_for_signing(cycle=held.cycle, by=by, at=at)
    last = models.FactSet.objects.filter(enrolment=held).order_by("-version").first()
    if last and last.current and last.hash == digest:
        return last
    models.FactSet.objects.filter(enrolment=held, current=True).update(current=False)
    made = models.FactSet.objects.create(
        enrolment=held,
        version=last.version + 1 if last else 1,
        source=models.FactSet.Source(source),
        import_run=import_run,
        frozen_at=at,
        frozen_by=by,
        hash=digest,
    )
    models.Fact.objects.bulk_create(
        models.Fact(
            fact_set=made,
            criterion_key=fact.criterion,
            kind=fact.kind,
            score=stored(fact.score),
            comment=fact.comment,
        )
        for fact in ordered(facts)
    )
    detail = {"version": made.version, "source": made.source, "hash": digest}
    audit.record(tenant=held.cycle.network.tenant, verb="facts.freeze", obj=held, by=by, at=at, detail=detail)
    return made
