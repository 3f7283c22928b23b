"""Facts are kept as files: a version when reports were signed or scores imported, and another after a correction."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from communitas.benchmarking.models import FactsFile
from communitas.benchmarking.queries.stars import Star, star_of
from communitas.cycles.models import Cycle
from communitas.kit import audit, files
from communitas.people.models import Account

MEDIA_TYPE = "application/vnd.apache.parquet"


def keep_facts(*, cycle: Cycle, by: Account | None, at: datetime) -> FactsFile:
    """Keep the facts of a cycle as they stand now. Nothing is written while the last version is up to date."""
    return keep_star(cycle=cycle, star=star_of(cycle), by=by, at=at)


@transaction.atomic
def keep_star(*, cycle: Cycle, star: Star, by: Account | None, at: datetime) -> FactsFile:
    """Keep a facts file as the next version of its cycle; where the last one holds the same, it stays."""
    from communitas.benchmarking.figures.star import header_of  # imports Arrow, which takes its time

    Cycle.objects.select_for_update().get(pk=cycle.pk)
    digest = star.sha256
    last = cycle.facts_files.order_by("-version").first()
    if last is not None and (last.sha256, last.made_from) == (digest, star.made_from):
        return last
    header = header_of(star.content)
    version = last.version + 1 if last else 1
    tenant = cycle.network.tenant
    name = f"facts-{slugify(cycle.name) or cycle.pk}-v{version}.parquet"
    made = FactsFile.objects.create(
        cycle=cycle,
        version=version,
        file=files.put(tenant=tenant, content=star.content, name=name, media_type=MEDIA_TYPE, at=at),
        sha256=digest,
        made_from=star.made_from,
        code_version=header.code_version,
        format=header.format,
        enrolments=len(header.enrolled),
        criteria=header.criteria,
        rows=header.rows,
        made_at=at,
        made_by=by,
    )
    detail = {"version": version, "hash": digest, "rows": header.rows}
    audit.record(tenant=tenant, verb="facts.keep", obj=made, by=by, at=at, detail=detail)
    return made
