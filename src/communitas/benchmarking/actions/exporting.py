"""Facts files are written out for an engine of the centre's own, with a list that names their hashes."""

import json
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from communitas.benchmarking.actions.stars import keep_facts
from communitas.benchmarking.queries.stars import read_facts
from communitas.cycles.models import Cycle
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account


def write_facts(*, folder: Path, network: str | None, by: Account | None, at: datetime) -> list[tuple[str, int]]:
    """Write the facts of every cycle, brought up to date first, as `<network>/<file>` with a `facts.json` beside them.

    Gives each path with its number of rows. NotAllowed where the folder holds anything, the network is not known, or a
    file is no longer what was kept.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotAllowed(_("%(folder)s is not empty.") % {"folder": folder})
    cycles = Cycle.objects.filter(enrolments__fact_sets__current=True).select_related("network__tenant").distinct()
    if network is not None:
        cycles = cycles.filter(network__tenant__slug=network)
    chosen = list(cycles.order_by("network__tenant__slug", "opens_on"))
    if not chosen:
        raise NotAllowed(_("No cycle has signed reports or imported scores yet."))
    told = []
    for cycle in chosen:
        kept = keep_facts(cycle=cycle, by=by, at=at)
        slug = cycle.network.tenant.slug
        place = folder / slug / f"{cycle.opens_on:%Y-%m-%d}-{cycle.pk}-v{kept.version}.parquet"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(read_facts(kept))
        told.append(
            {
                "file": str(place.relative_to(folder)),
                "network": slug,
                "cycle": cycle.name,
                "version": kept.version,
                "sha256": kept.sha256,
                "rows": kept.rows,
                "enrolments": kept.enrolments,
                "criteria": kept.criteria,
                "code_version": kept.code_version,
            }
        )
        audit.record(tenant=cycle.network.tenant, verb="facts.export", obj=kept, by=by, at=at)
    (folder / "facts.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [(str(each["file"]), int(str(each["rows"]))) for each in told]
