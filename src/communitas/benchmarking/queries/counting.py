"""The national figures of a cycle, counted from its facts file by the engine that the settings name, and protected."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from communitas.benchmarking.models import Lattice
from communitas.benchmarking.queries.cohorts import counted_enrolments, lineage_of, reviews_until
from communitas.benchmarking.queries.reopening import last_set_of
from communitas.benchmarking.queries.stars import Star, lines_of, star_of
from communitas.benchmarking.rules import releasing
from communitas.benchmarking.rules.cohort import Cohort
from communitas.benchmarking.rules.courses import REVIEWS_FROM
from communitas.benchmarking.rules.disclosure.declared import USUAL, Declaration, from_plain, lay, to_plain
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.figures import NationalFigures
from communitas.benchmarking.rules.kept import KeptChange, KeptStatistics, exact_plain, plain_hash, protected_plain
from communitas.benchmarking.rules.network import network_figures, ranges_in_words
from communitas.cycles.models import Cycle
from communitas.members.models import Network
from communitas.standards import queries as standards

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from communitas.benchmarking.figures.engines import Choice, Engine

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CycleFigures:
    """The exact figures of a cycle, for the office, and the facts files from which they were counted.

    `elsewhere` is the number of communities that were reviewed by another edition and are not counted.
    """

    cohort: Cohort
    national: NationalFigures
    change: KeptChange | None
    elsewhere: int
    stars: tuple[Star, ...]
    statistics: KeptStatistics


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a cycle before they are kept, and the facts files from which they were counted: its own first."""

    exact: dict[str, Any]
    protected: dict[str, Any]
    audit: dict[str, Any]
    stars: tuple[Star, ...]


def count_and_protect(*, cycle: Cycle, say: Say) -> Counted:
    """Count a cycle exactly and protect it; `say` names the step. Nothing is written, so it may take its time."""
    last_set = last_set_of(cycle)
    found = figures_of(cycle, say=say)
    if found is None:
        releasing.refuse_without_scores(0)
        raise AssertionError("refused already")
    exact = exact_plain(found.national, found.change, found.statistics)
    say(_("Protecting small groups"))
    declaration = declaration_in_use(cycle)
    cells = lay(found.cohort, declaration)
    release = protect(cells, parameters_of(cycle.network))
    protected = protected_plain(found.cohort, cells, release)
    audit = asdict(release.audit) | {
        "cells_hash": release.sha256,
        "exact_hash": plain_hash(exact),
        "lattice_hash": plain_hash(to_plain(declaration)),
        "failures": list(release.audit.failures),
        "facts": [star.sha256 for star in found.stars],
        "last_set": last_set,
    }
    return Counted(exact, protected, audit, found.stars)


def figures_of(cycle: Cycle, *, say: Say = lambda step: None) -> CycleFigures | None:
    """Count a cycle exactly, and its change since the cycle before; None while no community has frozen scores.

    NotAllowed where a facts file is no longer what was kept.
    """
    say(_("Reading the scores"))
    enrolments = counted_enrolments(cycle)
    elsewhere = sum(each.edition_id != cycle.edition_id for each in enrolments)
    if elsewhere == len(enrolments):
        return None
    # Ibis and an engine take most of a second to import, which no other page should wait for.
    from communitas.benchmarking.figures import engines, reading, star

    own = star_of(cycle)
    before = cycle.previous
    lineage = lineage_of(cycle.edition, before.edition) if before else None
    earlier = star_of(before) if before and lineage is not None else None
    reviews = _courses_over(cycle)
    stars = {cycle: own} | ({before: earlier} if before and earlier else {})
    stars |= {each: star_of(each) for each in reviews if each not in stars}
    with engines.facts_in(engine_choice(), [each.content for each in stars.values()]) as (engine, facts):
        here = facts.filter((facts.cycle == cycle.pk) & (facts.edition == cycle.edition_id))
        took_part = [each for each in star.header_of(own.content).enrolled if each.edition == cycle.edition_id]
        cohort = reading.cohort_of(engine, here, took_part, standards.edition_data(cycle.edition))
        say(_("Counting"))
        national = reading.national(engine, here, cohort)
        change = None
        if before and lineage is not None and earlier:
            then = {
                each.community for each in star.header_of(earlier.content).enrolled if each.edition == before.edition_id
            }
            communities = len(then & {each.community for each in took_part})
            there = facts.filter((facts.cycle == before.pk) & (facts.edition == before.edition_id))
            if communities:
                both = here.union(there)
                found = reading.changed(engine, both, lineage, since=before.pk, cycle=cycle.pk, communities=communities)
                change = KeptChange(before.name, found)
        statistics = _statistics(engine, facts, here, cycle, reviews)
    return CycleFigures(cohort, national, change, elsewhere, tuple(stars.values()), statistics)


def _courses_over(cycle: Cycle) -> tuple[Cycle, ...]:
    """The reviews over which the course of each criterion is counted, oldest first; none where they are too few."""
    found = reviews_until(cycle)
    return tuple(reversed(found)) if len(found) >= REVIEWS_FROM else ()


def _statistics(
    engine: "Engine", facts: "ir.Table", here: "ir.Table", cycle: Cycle, reviews: Sequence[Cycle]
) -> KeptStatistics:
    """Agreement in this cycle, and the course of each criterion over the reviews, each by its cycle's edition."""
    from communitas.benchmarking.figures import reading

    edition = standards.edition_data(cycle.edition)
    agreement = network_figures(reading.tables(engine, here, levels=edition.scale.levels))
    if not reviews:
        return KeptStatistics(agreement, ranges_in_words())
    wanted = [(facts.cycle == each.pk) & (facts.edition == each.edition_id) for each in reviews]
    lines = lines_of(cycle.edition)
    courses = reading.course(
        engine,
        facts.filter(reduce(or_, wanted)),
        codes={lines[criterion.key]: criterion.code for criterion in edition.criteria()},
        years={each.pk: each.opens_on.year for each in reviews},
    )
    return KeptStatistics(agreement, ranges_in_words(), tuple(each.name for each in reviews), courses)


def engine_choice() -> "Choice":
    """The engine of this installation, as its settings name it."""
    from communitas.benchmarking.figures.engines import Choice

    return Choice(
        engine=settings.ANALYTICS_ENGINE,
        memory_mb=settings.ANALYTICS_MEMORY,
        threads=settings.ANALYTICS_THREADS,
        folder=settings.ANALYTICS_FOLDER,
        master=settings.SPARK_MASTER,
    )


def declaration_in_use(cycle: Cycle) -> Declaration:
    """The locked cells of a cycle, else the usual ones. One query."""
    found = Lattice.objects.filter(cycle=cycle, state=Lattice.State.LOCKED).first()
    return from_plain(found.declared) if found else USUAL


def parameters_of(network: Network) -> Parameters:
    """The network's thresholds of disclosure control, or the usual ones where it has set none."""
    known = {field.name for field in fields(Parameters)}
    return Parameters(**{name: value for name, value in network.thresholds.items() if name in known})
