"""Scores of a past cycle from a file: kept, mapped, checked, imported, and undone."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.benchmarking.actions.facts import freeze_facts, keep_facts_soon
from communitas.benchmarking.models import FactSet, Release
from communitas.benchmarking.queries.imports import KIND, PreparedScores, prepare_scores
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.releasing import refuse_used_import
from communitas.cycles import actions as cycles
from communitas.cycles.models import Cycle
from communitas.kit import audit, files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import ImportRun
from communitas.kit.tabular import UPLOAD
from communitas.members.models import Community, Network
from communitas.people.models import Account
from communitas.standards.models import Edition

_SAFE = re.compile(r"[^\w.() -]+")


@transaction.atomic
def start_import(
    *,
    network: Network,
    cycle: Cycle | None,
    name: str,
    opens_on: date | None,
    closes_on: date | None,
    edition: Edition | None,
    content: bytes,
    file_name: str,
    by: Account,
    at: datetime,
) -> ImportRun:
    """Keep a file of scores for a past cycle: one that is there, or one to be written down with the import."""
    if len(content) > UPLOAD.file_bytes:
        raise NotAllowed(_("The file is too large. Please split it."))
    if not content:
        raise NotAllowed(_("The file is empty."))
    summary: dict[str, Any] = {}
    if cycle is None:
        if not (name.strip() and opens_on and closes_on and edition):
            raise NotAllowed(_("A cycle that is not in the list needs its name, its dates and its edition."))
        if closes_on <= opens_on:
            raise NotAllowed(_("A cycle closes after it opens."))
        if closes_on > at.date():
            raise NotAllowed(_("Only cycles that are over can be imported."))
        summary = {
            "name": name.strip(),
            "opens_on": opens_on.isoformat(),
            "closes_on": closes_on.isoformat(),
            "edition": edition.pk,
        }
    kept = files.put(
        tenant=network.tenant,
        content=content,
        name=_SAFE.sub("_", file_name)[-120:] or "scores",
        media_type="application/octet-stream",
        at=at,
    )
    run = ImportRun.objects.create(
        tenant=network.tenant,
        kind=KIND,
        file=kept,
        by=by,
        at=at,
        target=str(cycle.pk) if cycle else "",
        summary=summary,
    )
    audit.record(tenant=network.tenant, verb="scores.import:begin", obj=run, by=by, at=at)
    return run


@transaction.atomic
def decide_import(*, run: ImportRun, sheet: str, mapping: Mapping[str, str], by: Account, at: datetime) -> None:
    """Say which sheet is read, and which header means which field. Another sheet forgets what was said before."""
    run = _waiting(run)
    run.mapping = {field: header for field, header in mapping.items() if header} if sheet == run.sheet else {}
    run.sheet = sheet
    run.save(update_fields=["sheet", "mapping"])


@transaction.atomic
def finish_import(*, run: ImportRun, by: Account, at: datetime) -> Cycle:
    """Import all scores of the file, or none; the communities are enrolled in the past cycle, marked as imported."""
    run = _waiting(run)
    prepared = prepare_scores(run)
    if not prepared.ready:
        raise NotAllowed(_("The file still has problems, so nothing was imported."))
    cycle = prepared.cycle or _record(prepared, run.tenant.network, by=by, at=at)
    codes = prepared.preview.communities
    communities = Community.objects.filter(network=run.tenant.network, code__in=codes)
    made = cycles.enrol_imported(cycle=cycle, communities=communities, by=by, at=at)
    _freeze(cycle, run, prepared.preview.facts, by=by, at=at)
    keep_facts_soon(cycle=cycle, by=by, at=at)
    run.state = ImportRun.State.DONE
    run.made = {"cycle": cycle.pk, "enrolments": [row.pk for row in made]}
    run.summary = {
        **run.summary,
        "cycle": cycle.name,
        "communities": len(codes),
        "scores": sum(fact.score is not None for fact in prepared.preview.facts),
    }
    run.save(update_fields=["state", "made", "summary"])
    audit.record(tenant=run.tenant, verb="scores.import", obj=cycle, by=by, at=at, detail={"import": run.pk})
    return cycle


@transaction.atomic
def leave_import(*, run: ImportRun, by: Account, at: datetime) -> None:
    """Leave a file that was not imported."""
    run = _waiting(run)
    run.state = ImportRun.State.ABANDONED
    run.save(update_fields=["state"])
    audit.record(tenant=run.tenant, verb="scores.import:leave", obj=run, by=by, at=at)


@transaction.atomic
def undo_import(*, run: ImportRun, by: Account, at: datetime) -> None:
    """Take imported scores back, with the enrolments that the import made. The cycle and the file stay."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.DONE:
        raise NotAllowed(_("There is nothing left of this import to undo."))
    cycle = Cycle.objects.select_related("network__tenant").get(pk=run.made["cycle"])
    refuse_used_import(cycle.releases.filter(state=Release.State.RELEASED).exists())
    FactSet.objects.filter(import_run=run).delete()
    cycles.undo_imported(cycle=cycle, enrolment_ids=run.made["enrolments"], by=by, at=at)
    run.state = ImportRun.State.UNDONE
    run.save(update_fields=["state"])
    audit.record(tenant=run.tenant, verb="scores.import:undo", obj=cycle, by=by, at=at, detail={"import": run.pk})


def _record(prepared: PreparedScores, network: Network, *, by: Account, at: datetime) -> Cycle:
    new = prepared.new_cycle
    if new is None:
        raise NotAllowed(_("Please say which cycle these scores are of."))
    return cycles.record_past_cycle(
        network=network,
        name=new.name,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        edition=prepared.edition,
        by=by,
        at=at,
    )


def _freeze(cycle: Cycle, run: ImportRun, facts: Iterable[Fact], *, by: Account, at: datetime) -> None:
    keys = dict(cycle.edition.criteria.values_list("code", "key"))
    by_community: dict[str, list[Fact]] = {}
    for fact in facts:
        found = Fact(fact.community, keys[fact.criterion], fact.kind, fact.score, fact.comment)
        by_community.setdefault(fact.community, []).append(found)
    enrolments = cycle.enrolments.filter(community__code__in=by_community).select_related("community")
    for enrolment in enrolments:
        freeze_facts(
            enrolment=enrolment,
            facts=by_community[enrolment.community.code],
            source=FactSet.Source.IMPORT,
            by=by,
            at=at,
            import_run=run,
        )


def _waiting(run: ImportRun) -> ImportRun:
    held = ImportRun.objects.select_for_update(of=("self",)).select_related("file__tenant", "tenant__network")
    run = held.get(pk=run.pk)
    if run.state != ImportRun.State.PREVIEW:
        raise NotAllowed(_("This file was imported or left already."))
    return run
