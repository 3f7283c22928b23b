"""The scores of one cycle arranged for counting: who took part, what applied to them, what they scored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.facts import Fact, Score, ScoreKind
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import Edition

# The network, a type, a region, a size band, those in both of two cycles, or several of these: 'type × region'.
Dimension = str
KINDS: tuple[ScoreKind, ...] = ("self", "agreed")


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """A level of a declared dimension, such as ('type', 'prison'). The whole network is ('network', '')."""

    dimension: Dimension
    name: str = ""


NETWORK = Group("network")


@dataclass(frozen=True, slots=True)
class Cohort:
    """One cycle of one edition. `communities` are those enrolled for scoring, in the order of their codes.

    `scores[kind, criterion][i]` is the score of `communities[i]`; `applies[criterion]` holds the positions of the
    communities to which the criterion applies. Scores of others are not counted anywhere.
    """

    edition: Edition
    communities: tuple[Community, ...]
    applies: Mapping[str, tuple[int, ...]]
    scores: Mapping[tuple[ScoreKind, str], tuple[Score, ...]]

    def position(self, community: str) -> int:
        """Where a community stands; ValueError when it did not take part."""
        return [member.code for member in self.communities].index(community)

    def groups(self) -> tuple[Group, ...]:
        """The network, then every type, then every region that is named, each in alphabetical order."""
        types = sorted({member.service_type for member in self.communities if member.service_type})
        regions = sorted({member.region for member in self.communities if member.region})
        return (NETWORK, *(Group("type", name) for name in types), *(Group("region", name) for name in regions))

    def members(self, group: Group) -> frozenset[int]:
        """The positions of the communities of a group."""
        return frozenset(i for i, member in enumerate(self.communities) if belongs(member, group))


def belongs(community: Community, group: Group) -> bool:
    """Whether a community is of a group; every community is of the network."""
    match group.dimension:
        case "network":
            return True
        case "type":
            return community.service_type == group.name
        case "region":
            return community.region == group.name
        case _:
            raise ValueError(f"A {group.dimension} group is declared by its members, not by a field of the community.")


def cohort(
    edition: Edition,
    communities: Iterable[Community],
    facts: Iterable[Fact],
    *,
    modules: Mapping[str, frozenset[str]] | None = None,
) -> Cohort:
    """Arrange the facts of one cycle; `modules` names the optional modules each community chose.

    A missing fact is a score that was not given. Of two facts for one place the later in the input counts, so callers
    that must refuse duplicates do it before. Facts of unknown communities or criteria raise KeyError.
    """
    ordered = tuple(sorted(communities, key=lambda member: member.code))
    positions = {member.code: i for i, member in enumerate(ordered)}
    codes = [criterion.code for criterion in edition.criteria()]
    applies = _applicability(edition, ordered, modules or {})
    rows: dict[tuple[ScoreKind, str], list[Score]] = {
        (kind, code): [None] * len(ordered) for kind in KINDS for code in codes
    }
    for fact in facts:
        rows[fact.kind, fact.criterion][positions[fact.community]] = fact.score
    return Cohort(edition, ordered, applies, {key: tuple(row) for key, row in rows.items()})


def _applicability(
    edition: Edition, communities: Sequence[Community], modules: Mapping[str, frozenset[str]]
) -> dict[str, tuple[int, ...]]:
    applies: dict[str, list[int]] = {criterion.code: [] for criterion in edition.criteria()}
    known: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
    for i, community in enumerate(communities):
        profile = (community.service_type, modules.get(community.code, frozenset()))
        if profile not in known:
            known[profile] = tuple(criterion.code for criterion in edition.applicable(*profile))
        for code in known[profile]:
            applies[code].append(i)
    return {code: tuple(members) for code, members in applies.items()}
