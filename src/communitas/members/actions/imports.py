"""Communities from a file: kept, looked at, imported at once, and undone while nothing stands on them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communitas.kit import audit, files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import ImportRun, RememberedMapping
from communitas.kit.tabular import match_key
from communitas.members.actions.communities import tell_organisation
from communitas.members.models import Community, Membership, Network, Organisation, ServiceType
from communitas.members.queries.imports import KIND, differences, preview_of
from communitas.members.rules import community as plain
from communitas.people.models import Account

Made = dict[str, Any]


@transaction.atomic
def begin_import(*, network: Network, content: bytes, name: str, by: Account, at: datetime) -> ImportRun:
    """Keep the file for a look at what it would do. Nothing changes yet."""
    media_type = "application/octet-stream"
    stored = files.put(tenant=network.tenant, content=content, name=name, media_type=media_type, at=at)
    return ImportRun.objects.create(tenant=network.tenant, kind=KIND, file=stored, by=by, at=at)


@transaction.atomic
def choose_columns(*, run: ImportRun, sheet: str, mapping: Mapping[str, str], by: Account, at: datetime) -> ImportRun:
    """Say which sheet and which header means what; both are remembered for the network's next file."""
    _refuse_settled(run)
    run.sheet, run.mapping = sheet, {field: header for field, header in mapping.items() if header}
    run.save(update_fields=["sheet", "mapping"])
    return run


@transaction.atomic
def run_import(*, run: ImportRun, membership: str, by: Account, at: datetime) -> ImportRun:
    """Import every row, or none when something is wrong. New communities get the membership from today on."""
    _refuse_settled(run)
    preview = preview_of(run)
    if preview.problems:
        raise NotAllowed(_("Nothing was imported: the list says what is wrong. Correct the file and send it again."))
    network = run.tenant.network
    made: Made = {"communities": [], "types": [], "organisations": [], "before": {}}
    stored = {each.code.casefold(): each for each in network.communities.select_related("service_type", "organisation")}
    for line in preview.lines:
        known = stored.get(line.community.code.casefold())
        if known is None:
            added = _add(network, line.community, made)
            Membership.objects.create(community=added, type=membership, since=at.date())
            tell_organisation(community=added, before=None, by=by, at=at)
        elif line.what == "changed":
            before = known.organisation_id
            _change(network, known, line.community, made)
            tell_organisation(community=known, before=before, by=by, at=at)
    for field, header in preview.mapping.items():
        RememberedMapping.objects.update_or_create(
            tenant=run.tenant, kind=KIND, header=header[:200], defaults={"field": field}
        )
    run.state, run.made = ImportRun.State.DONE, made
    run.summary = {"new": preview.new, "changed": preview.changed, "rows": len(preview.lines)}
    run.save(update_fields=["state", "made", "summary"])
    audit.record(tenant=run.tenant, verb="community.import", obj=run, by=by, at=at, detail=run.summary)
    return run


@transaction.atomic
def undo_import(*, run: ImportRun, by: Account, at: datetime) -> ImportRun:
    """Take the import back, as long as nothing else stands on what it made."""
    if run.state != ImportRun.State.DONE:
        raise NotAllowed(_("Only an import that was done can be undone."))
    try:
        for community in Community.objects.filter(pk__in=run.made["communities"]):
            community.delete()
        for pk, before in run.made["before"].items():
            community = Community.objects.get(pk=pk)
            after = community.organisation_id
            for column, value in before.items():
                setattr(community, column, value)
            community.save(update_fields=list(before))
            tell_organisation(community=community, before=after, by=by, at=at)
        Organisation.objects.filter(pk__in=run.made["organisations"]).delete()
        ServiceType.objects.filter(pk__in=run.made["types"]).delete()
    except ProtectedError as used:
        raise NotAllowed(_("What was imported is in use by now, so it cannot be undone.")) from used
    run.state = ImportRun.State.UNDONE
    run.save(update_fields=["state"])
    audit.record(tenant=run.tenant, verb="community.import_undo", obj=run, by=by, at=at)
    return run


@transaction.atomic
def abandon_import(*, run: ImportRun, by: Account, at: datetime) -> ImportRun:
    """Leave the file without importing it."""
    _refuse_settled(run)
    run.state = ImportRun.State.ABANDONED
    run.save(update_fields=["state"])
    return run


def _refuse_settled(run: ImportRun) -> None:
    if run.state != ImportRun.State.PREVIEW:
        raise NotAllowed(_("This import is settled already."))


def _add(network: Network, row: plain.Community, made: Made) -> Community:
    added = Community.objects.create(
        network=network,
        code=row.code,
        name=row.name,
        service_type=_type(network, row.service_type, made),
        organisation=_organisation(network, row.organisation, made),
        region=row.region,
        town=row.town,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
    )
    made["communities"].append(added.pk)
    return added


def _change(network: Network, known: Community, row: plain.Community, made: Made) -> None:
    fields = differences(row, known)
    before: dict[str, Any] = {}
    for field in fields:
        column = f"{field}_id" if field in {"service_type", "organisation"} else field
        before[column] = getattr(known, column)
        match field:
            case "service_type":
                known.service_type = _type(network, row.service_type, made)
            case "organisation":
                known.organisation = _organisation(network, row.organisation, made)
            case _:
                setattr(known, field, getattr(row, field))
    known.save()
    made["before"][str(known.pk)] = before


def _type(network: Network, word: str, made: Made) -> ServiceType:
    for each in network.service_types.all():
        if match_key(word) in {match_key(each.code), match_key(each.name)}:
            return each
    code = slugify(word)[:40] or f"type-{network.service_types.count() + 1}"
    added = ServiceType.objects.create(network=network, code=code, name=word, position=network.service_types.count())
    made["types"].append(added.pk)
    return added


def _organisation(network: Network, name: str, made: Made) -> Organisation | None:
    if not name:
        return None
    found = network.organisations.filter(name__iexact=name).first()
    if found is None:
        found = Organisation.objects.create(network=network, name=name)
        made["organisations"].append(found.pk)
    return found
