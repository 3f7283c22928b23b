"""What the office declares for a cycle before the first review is signed: the breakdowns whose cells are published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from communitas.benchmarking.rules.cohort import NETWORK, Cohort, Dimension, Group
from communitas.benchmarking.rules.disclosure.lattice import Cells, DeclaredGroup, declare
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence
from communitas.members.rules.community import Community

TYPE, REGION, SIZE = "type", "region", "size"
DIMENSIONS: Final = (TYPE, REGION, SIZE)
MOST_DIMENSIONS: Final = 3
MOST_BANDS: Final = 6
CROSS: Final = " × "


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One table: a cell for every level of its dimensions together; single criteria only where `criteria` says so."""

    dimensions: tuple[str, ...]
    criteria: bool = False

    @property
    def name(self) -> Dimension:
        """As the groups of the table are known: 'type', or 'type × region'."""
        return CROSS.join(self.dimensions)


@dataclass(frozen=True, slots=True)
class Declaration:
    """The tables of a cycle. The network stands above them and is always published, where it is safe.

    `bands` are the largest numbers of places of all size bands but the last; `sizes` holds the places of each community
    by its code. A community without a size stands in no band.
    """

    tables: tuple[Breakdown, ...]
    bands: tuple[int, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)

    @property
    def by_criterion(self) -> tuple[Dimension, ...]:
        """The dimensions in which single criteria are published."""
        return ("network", *(table.name for table in self.tables if table.criteria))


# What is published where the office declared nothing: types with their criteria, and regions.
USUAL: Final = Declaration((Breakdown((TYPE,), criteria=True), Breakdown((REGION,))))


@rule
def refuse_wide_tables(tables: Sequence[Breakdown]) -> None:
    """A table has one to three dimensions, each once, and no table is declared twice."""
    sets = [frozenset(table.dimensions) for table in tables]
    for table, dimensions in zip(tables, sets, strict=True):
        known = dimensions <= set(DIMENSIONS) and len(dimensions) == len(table.dimensions)
        if not (known and 1 <= len(dimensions) <= MOST_DIMENSIONS) or sets.count(dimensions) > 1:
            raise NotAllowed(sentence(refuse_wide_tables))


@rule
def refuse_strange_bands(declaration: Declaration) -> None:
    """Size bands rise, are at most six, and stand beside the places of at least one community."""
    bands = declaration.bands
    wanted = any(SIZE in table.dimensions for table in declaration.tables)
    rising = list(bands) == sorted(set(bands)) and all(each > 0 for each in bands)
    if not rising or len(bands) >= MOST_BANDS or (wanted and not (bands and declaration.sizes)):
        raise NotAllowed(sentence(refuse_strange_bands))


@rule
def refuse_after_signing(*, locked: bool, signed: int) -> None:
    """The cells of a cycle are declared and locked before its first review is signed, and never change after."""
    if locked or signed:
        raise NotAllowed(sentence(refuse_after_signing))


def refuse_strange(declaration: Declaration) -> None:
    """Everything that a declaration must be."""
    refuse_wide_tables(declaration.tables)
    refuse_strange_bands(declaration)


def band_of(places: int | None, bands: Sequence[int]) -> str:
    """The words of a size band, 'up to 10', '11 to 25', '26 or more'; empty without a size or without bands."""
    if places is None or not bands:
        return ""
    low = 0
    for high in bands:
        if places <= high:
            return f"{low + 1} to {high}" if low else f"up to {high}"
        low = high
    return f"{low + 1} or more"


def bands_in_words(bands: Sequence[int]) -> tuple[str, ...]:
    """All bands, smallest first."""
    return tuple(band_of(places, bands) for places in (*bands, bands[-1] + 1)) if bands else ()


def lay(cohort: Cohort, declaration: Declaration) -> Cells:
    """The cells of a declaration in a cohort: the network first, then tables of one, two and three dimensions.

    A group's parent is the same group without its last dimension, where that is declared, else without its last two,
    else the network. Tables that cross publish only groups in which somebody is.
    """
    groups = [*groups_of(cohort.communities, declaration)]
    return declare(cohort, groups=(), more=groups, by_criterion=declaration.by_criterion)


def groups_of(communities: Sequence[Community], declaration: Declaration) -> Iterable[DeclaredGroup]:
    """The groups of all tables with their members by position, a parent before its children; without the network."""
    levels = {name: [_level(each, name, declaration) for each in communities] for name in DIMENSIONS}
    order = {
        TYPE: sorted(filter(None, set(levels[TYPE]))),
        REGION: sorted(filter(None, set(levels[REGION]))),
        SIZE: [band for band in bands_in_words(declaration.bands) if band in set(levels[SIZE])],
    }
    known: set[Group] = set()
    for table in sorted(declaration.tables, key=lambda table: len(table.dimensions)):
        for names in product(*(order[dimension] for dimension in table.dimensions)):
            columns = [levels[dimension] for dimension in table.dimensions]
            wanted = list(names)
            members = frozenset(i for i, row in enumerate(zip(*columns, strict=True)) if list(row) == wanted)
            if members:
                group = Group(table.name, CROSS.join(names))
                known.add(group)
                yield DeclaredGroup(group, members, _parent(table.dimensions, names, known))


def _parent(dimensions: Sequence[str], names: Sequence[str], known: set[Group]) -> Group:
    for length in range(len(dimensions) - 1, 0, -1):
        above = Group(CROSS.join(dimensions[:length]), CROSS.join(names[:length]))
        if above in known:
            return above
    return NETWORK


def _level(community: Community, dimension: str, declaration: Declaration) -> str:
    if dimension == TYPE:
        return community.service_type
    if dimension == REGION:
        return community.region
    return band_of(declaration.sizes.get(community.code), declaration.bands)


def to_plain(declaration: Declaration) -> dict[str, Any]:
    """The declaration for JSON, in one order whatever was typed."""
    return {
        "tables": [{"dimensions": list(table.dimensions), "criteria": table.criteria} for table in declaration.tables],
        "bands": list(declaration.bands),
        "sizes": dict(sorted(declaration.sizes.items())),
    }


def from_plain(data: Mapping[str, Any]) -> Declaration:
    """What `to_plain` kept."""
    return Declaration(
        tuple(Breakdown(tuple(each["dimensions"]), bool(each["criteria"])) for each in data["tables"]),
        tuple(data["bands"]),
        dict(data["sizes"]),
    )
