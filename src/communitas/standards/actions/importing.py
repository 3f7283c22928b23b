"""A file becomes a draft edition: kept, mapped, checked, imported, and undone as long as the draft is one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import ImportRun, RememberedMapping
from communitas.kit.tabular import UPLOAD
from communitas.kit.tabular.cells import header_key
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.standards import queries
from communitas.standards.actions.beginning import create_edition_from
from communitas.standards.actions.writing import Content
from communitas.standards.models import Edition, StandardSet
from communitas.standards.queries.imports import KIND
from communitas.standards.rules import publication

_SAFE = re.compile(r"[^\w.() -]+")


@transaction.atomic
def start_import(
    *, network: Network, standard_set: StandardSet, content: bytes, name: str, by: Account, at: datetime
) -> ImportRun:
    """Keep a file that somebody chose, to be checked. Nothing is imported yet."""
    if len(content) > UPLOAD.file_bytes:
        raise NotAllowed(_("The file is too large. Remove pictures from it, or split it."))
    if not content:
        raise NotAllowed(_("The file is empty."))
    kept = files.put(
        tenant=network.tenant,
        content=content,
        name=_SAFE.sub("_", name)[-120:] or "standards",
        media_type="application/octet-stream",
        at=at,
    )
    run = ImportRun.objects.create(
        tenant=network.tenant, kind=KIND, file=kept, by=by, at=at, target=str(standard_set.pk)
    )
    audit.record(tenant=network.tenant, verb="edition.import:begin", obj=run, by=by, at=at)
    return run


@transaction.atomic
def decide_import(
    *,
    run: ImportRun,
    sheet: str,
    mapping: Mapping[str, str],
    title: str,
    number: int | None,
    by: Account,
    at: datetime,
) -> None:
    """Say which sheet is read, what each header means, and which title and number the edition gets."""
    run = _waiting(run)
    # Another sheet has other headers, so what was said about the columns of the first one is forgotten.
    run.mapping = dict(mapping) if sheet == run.sheet or not run.sheet else {}
    run.sheet = sheet
    said: dict[str, Any] = {"title": title, "number": number}
    run.summary = {name: value for name, value in said.items() if value}
    run.save(update_fields=["mapping", "sheet", "summary"])
    for field, header in run.mapping.items():
        RememberedMapping.objects.update_or_create(
            tenant=run.tenant, kind=KIND, header=header_key(header)[:200], defaults={"field": field}
        )


@transaction.atomic
def finish_import(*, run: ImportRun, accept_rest: bool, by: Account, at: datetime) -> Edition:
    """Make the draft edition. With problems in rows, only if the office accepts the rest without those rows."""
    run = _waiting(run)
    prepared = queries.prepare(run)
    data = prepared.edition or (prepared.rest if accept_rest else None)
    if data is None:
        raise NotAllowed(_("The file still has problems, so nothing was imported."))
    standard_set = StandardSet.objects.get(pk=run.target, network__tenant=run.tenant)
    number = run.summary.get("number") or data.number
    edition = create_edition_from(data=replace(data, number=number), standard_set=standard_set, by=by, at=at)
    run.state, run.accept_rest = ImportRun.State.DONE, accept_rest and prepared.edition is None
    run.made = {"edition": edition.pk}
    run.summary = {**run.summary, "criteria": sum(1 for _one in data.criteria()), "left_out": prepared.left_out}
    run.save(update_fields=["state", "accept_rest", "made", "summary"])
    audit.record(tenant=run.tenant, verb="edition.import", obj=edition, by=by, at=at, detail={"import": run.pk})
    return edition


@transaction.atomic
def leave_import(*, run: ImportRun, by: Account, at: datetime) -> None:
    """Leave a file that was not imported."""
    run = _waiting(run)
    run.state = ImportRun.State.ABANDONED
    run.save(update_fields=["state"])
    audit.record(tenant=run.tenant, verb="edition.import:leave", obj=run, by=by, at=at)


@transaction.atomic
def undo_import(*, run: ImportRun, by: Account, at: datetime) -> None:
    """Take an imported edition away again, with what was changed in it since. Refused once it is published."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    edition = Edition.objects.filter(pk=run.made.get("edition")).first()
    if run.state != ImportRun.State.DONE or edition is None:
        raise NotAllowed(_("There is nothing left of this import to undo."))
    publication.refuse_edit(edition.state)
    publication.PUBLICATION.move(queries.state_of(edition), "edit")
    audit.record(tenant=run.tenant, verb="edition.import:undo", obj=edition, by=by, at=at, detail={"import": run.pk})
    Content(edition).clear()
    edition.delete()
    run.state = ImportRun.State.UNDONE
    run.save(update_fields=["state"])


def _waiting(run: ImportRun) -> ImportRun:
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("file__tenant", "tenant__network")
        .get(pk=run.pk)
    )
    if run.state != ImportRun.State.PREVIEW:
        raise NotAllowed(_("This file was imported or left already."))
    return run
