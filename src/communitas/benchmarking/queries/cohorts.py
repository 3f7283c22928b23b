"""The scores of a cycle, arranged for counting, from the facts that count now."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from communitas.benchmarking.queries.facts import facts_of_all
from communitas.benchmarking.rules.cohort import Cohort, cohort
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.lineage import Lineage, LineageKind
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.rules.community import Community
from communitas.standards import queries as standards
from communitas.standards.models import Edition
from communitas.standards.rules.lineage import Kind, Link

_KINDS: dict[Kind, LineageKind] = {
    Kind.UNCHANGED: "unchanged",
    Kind.REWORDED: "reworded",
    Kind.SPLIT: "split",
    Kind.MERGED: "merged",
    Kind.NEW: "new",
    Kind.WITHDRAWN: "withdrawn",
    Kind.LEVEL_CHANGED: "level changed",
}


MOST_REVIEWS: Final = 5


@dataclass(frozen=True, slots=True)
class CycleScores:
    """One cycle's cohort; `elsewhere` counts communities of another edition."""

    cycle: Cycle
    cohort: Cohort
    elsewhere: int


def identity_of(cycle: Cycle) -> Hashable:
    """What the exact figures of a cycle, its change and the course of its criteria depend on. Few queries.

    While it is equal, so are they: frozen facts never change under the id of their set, and everything else that
    counting asks of an enrolment, an edition or a lineage stands in it.
    """
    return (
        _counted_in(cycle),
        *(
            (older.name, older.opens_on, _counted_in(older), lineage_of(newer.edition, older.edition))
            for newer, older in pairwise(_chain(cycle))
        ),
    )


def reviews_until(cycle: Cycle) -> list[Cycle]:
    """A cycle and those before it in which communities were counted, newest first, at most `MOST_REVIEWS`."""
    return [each for each in _chain(cycle) if each.enrolments.filter(fact_sets__current=True).exists()]


def _chain(cycle: Cycle) -> list[Cycle]:
    found = [cycle]
    while len(found) < MOST_REVIEWS and (before := found[-1].previous) is not None and before not in found:
        found.append(before)
    return found


def _counted_in(cycle: Cycle) -> Hashable:
    sets = cycle.enrolments.filter(fact_sets__current=True).order_by("community__code")
    rows = sets.values_list(
        *("fact_sets__pk", "fact_sets__hash", "pk", "edition_id", "community__code", "community_name", "region"),
        *("service_type__code", "organisation__name", "modules"),
    )
    found = tuple((*row[:-1], tuple(map(str, row[-1]))) for row in rows)
    return cycle.pk, cycle.edition.content_hash or standards.edition_data(cycle.edition), found


def scores_of(cycle: Cycle) -> CycleScores:
    """The communities of a cycle with frozen facts, in the cycle's edition. Six queries, whatever the size.

    Name, type, operator and region are those of the enrolment, so of that year.
    """
    enrolments = counted_enrolments(cycle)
    counted = [enrolment for enrolment in enrolments if enrolment.edition_id == cycle.edition_id]
    return CycleScores(cycle, arranged(cycle.edition, counted), len(enrolments) - len(counted))


def counted_enrolments(cycle: Cycle) -> list[Enrolment]:
    """The enrolments of a cycle with frozen facts, of whatever edition, by the code of their community. One query.

    Databases sort letters in different orders, so Python does it here.
    """
    found = cycle.enrolments.filter(fact_sets__current=True)
    dimensions = ("community", "service_type", "organisation", "edition__standard_set")
    return sorted(found.select_related(*dimensions), key=lambda each: each.community.code)


def arranged(edition: Edition, enrolments: Sequence[Enrolment]) -> Cohort:
    """The facts that count now of enrolments in one edition."""
    data = standards.edition_data(edition)
    codes = {criterion.key: criterion.code for criterion in data.criteria()}
    modules = {each.community.code: frozenset(map(str, each.modules)) for each in enrolments}
    return cohort(data, [community_of(each) for each in enrolments], _by_code(enrolments, codes), modules=modules)


def lineage_of(newer: Edition, older: Edition) -> tuple[Lineage, ...] | None:
    """Lineage by codes; within one edition every criterion is unchanged."""
    after = {criterion.key: criterion.code for criterion in standards.edition_data(newer).criteria()}
    if newer.pk == older.pk:
        return tuple(Lineage("unchanged", (code,), (code,), True) for code in after.values())
    before = {criterion.key: criterion.code for criterion in standards.edition_data(older).criteria()}
    links = standards.lineage_between(newer, older)
    return None if links is None else tuple(_link(link, before, after) for link in links)


def _link(link: Link, before: dict[str, str], after: dict[str, str]) -> Lineage:
    return Lineage(
        _KINDS[link.kind],
        tuple(before[key] for key in link.from_keys),
        tuple(after[key] for key in link.to_keys),
        link.same_meaning is True,
    )


def _by_code(enrolments: Iterable[Enrolment], codes: dict[str, str]) -> Iterable[Fact]:
    for found in facts_of_all(enrolments).values():
        for fact in found:
            yield Fact(fact.community, codes[fact.criterion], fact.kind, fact.score, fact.comment)


def community_of(enrolment: Enrolment) -> Community:
    """A community as it was in that cycle."""
    found = enrolment.community
    return Community(
        code=found.code,
        name=enrolment.community_name,
        service_type=enrolment.service_type.code,
        organisation=enrolment.organisation.name if enrolment.organisation else "",
        region=enrolment.region,
        town=found.town,
        country=found.country,
        latitude=None if found.hidden_address else found.latitude,
        longitude=None if found.hidden_address else found.longitude,
    )
