"""Sets and editions of a network, and how far a draft is."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from communitas.kit import confirmations
from communitas.members.models import Network, ServiceType
from communitas.standards import policy
from communitas.standards.models import Edition, StandardSet
from communitas.standards.queries.content import edition_data
from communitas.standards.queries.descent import confirmed_links, predecessor_of
from communitas.standards.rules import publication

PROPOSED = publication.PROPOSED


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set of standards with its editions, the newest first."""

    pk: int
    name: str
    slug: str
    editions: tuple[Edition, ...]


def published(network: Network) -> QuerySet[Edition]:
    """The editions that everybody reads."""
    return Edition.objects.filter(standard_set__network=network).exclude(state=Edition.State.DRAFT)


def sets_of(network: Network, *, drafts: bool) -> tuple[SetRow, ...]:
    """The sets of a network with their editions, drafts only where asked; `edition.size` counts criteria. Two queries.

    Without drafts, a set that has no published edition is left out.
    """
    editions = Edition.objects.annotate(size=Count("criteria")).order_by("-number")
    if not drafts:
        editions = editions.exclude(state=Edition.State.DRAFT)
    found = StandardSet.objects.filter(network=network).prefetch_related(
        Prefetch("editions", editions, to_attr="readable")
    )
    rows = (SetRow(row.pk, row.name, row.slug, tuple(row.readable)) for row in found)
    return tuple(row for row in rows if drafts or row.editions)


def edition_at(network: Network, slug: str, number: int) -> Edition | None:
    """The edition of a number in the set of an address, a draft too."""
    found = Edition.objects.select_related("standard_set__network", "predecessor")
    return found.filter(standard_set__network=network, standard_set__slug=slug, number=number).first()


def state_of(edition: Edition) -> str:
    """Where the edition stands in the table of moves: a draft that waits for a second person is proposed."""
    if edition.state == Edition.State.DRAFT and confirmations.waiting(edition, policy.publish):
        return PROPOSED
    return edition.state


def what_is_missing(edition: Edition) -> tuple[str, ...]:
    """What stands between this draft and its publication, as sentences."""
    before = predecessor_of(edition)
    previous = edition_data(before) if before else None
    links = confirmed_links(edition.pk) if before else None
    return publication.what_is_missing(edition_data(edition), previous, links)


def names_of_types(network: Network) -> dict[str, str]:
    """The words of the network for each service type, by its code."""
    return {found.code: found.name for found in ServiceType.objects.filter(network=network)}


def codes_of_types(network: Network) -> dict[str, str]:
    """The code of a service type by every name for it, in small letters and without underscores."""
    return {
        " ".join(name.casefold().replace("_", " ").split()): found.code
        for found in ServiceType.objects.filter(network=network)
        for name in (found.plural, found.name, found.code)
        if name
    }
