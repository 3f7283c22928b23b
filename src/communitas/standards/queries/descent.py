"""How criteria descend from earlier editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from communitas.standards.models import Edition, Lineage
from communitas.standards.rules import descent
from communitas.standards.rules.lineage import Kind, Link

_MOST_KEPT = 64
_kept: dict[tuple[object, ...], tuple[Link, ...]] = {}  # confirmed lineages by what tells that one has changed


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of lineage with its id and who confirmed it; nobody yet while `confirmed_at` is None."""

    pk: int
    link: Link
    confirmed_by: str
    confirmed_at: datetime | None


def predecessor_of(edition: Edition) -> Edition | None:
    """The published edition before this one in its set: the one that was named, else the one numbered below."""
    if edition.predecessor_id:
        return edition.predecessor
    return (
        Edition.objects.filter(standard_set=edition.standard_set_id, number__lt=edition.number)
        .exclude(state=Edition.State.DRAFT)
        .order_by("-number")
        .first()
    )


def link_rows(edition_id: int) -> tuple[LinkRow, ...]:
    """The lineage of an edition, proposed and confirmed. Three queries."""
    rows = (
        Lineage.objects.filter(edition_id=edition_id)
        .select_related("confirmed_by")
        .prefetch_related("older", "newer")
        .order_by("pk")
    )
    return tuple(
        LinkRow(
            row.pk,
            Link(
                Kind(row.kind),
                tuple(criterion.key for criterion in row.older.all()),
                tuple(criterion.key for criterion in row.newer.all()),
                row.same_meaning,
                row.similarity or 0.0,
                row.why,
            ),
            row.confirmed_by.display_name if row.confirmed_by else "",
            row.confirmed_at,
        )
        for row in rows
    )


def confirmed_links(edition_id: int) -> tuple[Link, ...] | None:
    """The lineage that the office confirmed; None while there is none or a link of it waits.

    One query where it was read before and no link has been written or confirmed since, else four.
    """
    told = Lineage.objects.filter(edition_id=edition_id).aggregate(
        links=Count("pk"), confirmed=Count("confirmed_at"), newest=Max("pk"), at=Max("confirmed_at")
    )
    if not told["links"] or told["confirmed"] < told["links"]:
        return None
    identity = (edition_id, *told.values())
    if identity not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[identity] = tuple(row.link for row in link_rows(edition_id))
    return _kept[identity]


def lineage_between(newer: Edition, older: Edition) -> tuple[Link, ...] | None:
    """The confirmed lineage from an edition to the one directly before it; None when they are not neighbours."""
    return confirmed_links(newer.pk) if newer.predecessor_id == older.pk else None


def ancestors(newer: Edition, older: Edition) -> Mapping[str, tuple[descent.Ancestor, ...]]:
    """The ancestors in `older` of each criterion of `newer`, by key, over all editions between.

    Empty when `older` is not among the predecessors, or when a lineage on the way was not confirmed. Three queries and
    one a step.
    """
    steps = []
    edition: Edition | None = newer
    while edition is not None and edition.pk != older.pk:
        links = confirmed_links(edition.pk)
        if links is None:
            return {}
        steps.append(links)
        edition = edition.predecessor
    return descent.ancestors(steps) if edition is not None and steps else {}


def comparable(newer: Edition, older: Edition) -> dict[str, str]:
    """For each criterion of `newer` whose trend runs on, the key of the one in `older` that said the same.

    The same edition compares with itself, criterion by criterion.
    """
    if newer.pk == older.pk:
        return {key: key for key in newer.criteria.values_list("key", flat=True)}
    return {
        key: found[0].key for key, found in ancestors(newer, older).items() if len(found) == 1 and found[0].comparable
    }
