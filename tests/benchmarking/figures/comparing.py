"""Everything that an engine counts of two cycles, held against what the rules count in plain Python."""

from collections.abc import Iterator
from typing import Any

from communitas.benchmarking.figures import counting, engines, pairs, reading
from communitas.benchmarking.rules.agreement import pair_table
from communitas.benchmarking.rules.changes import change_figures
from communitas.benchmarking.rules.counts import count
from communitas.benchmarking.rules.figures import national_figures
from tests.benchmarking.figures.ground import LINEAGE, Played


def compare(choice: engines.Choice, earlier: Played, later: Played) -> None:
    """Everything that is counted of two cycles, by the engine and by the rules."""
    with engines.facts_in(choice, [earlier.content(), later.content()]) as (engine, facts):
        here = facts.filter(facts.cycle == later.cycle)
        cohort = reading.cohort_of(engine, here, later.enrolled, later.cohort.edition)
        national = reading.national(engine, here, cohort)
        both = len({each.community for each in earlier.enrolled} & {each.community for each in later.enrolled})
        change = reading.changed(engine, facts, LINEAGE, since=earlier.cycle, cycle=later.cycle, communities=both)
        levels = later.cohort.edition.scale.levels
        agreement = reading.agreement(engine, here, levels=levels)
        services = engine.run(counting.services(here)).to_pylist()
        paired = engine.run(pairs.pairs(here)).to_pylist()

    assert national == national_figures(later.cohort)
    assert national_figures(cohort) == national_figures(later.cohort)
    assert change == change_figures(earlier.cohort, later.cohort, LINEAGE)
    assert agreement == pair_table(all_pairs(later), levels=levels)
    assert {(row["kind"], row["section"], row["enrolment"]): marks_of(row) for row in services} == by_service(later)
    assert sum(row["n"] for row in paired) == len(list(all_pairs(later)))


def all_pairs(cycle: Played) -> Iterator[tuple[Any, Any]]:
    scores = cycle.cohort.scores
    for code, units in cycle.cohort.applies.items():
        for i in units:
            yield scores["self", code][i], scores["agreed", code][i]


def by_service(cycle: Played) -> dict[tuple[str, str, int], tuple[int, ...]]:
    found: dict[tuple[str, str, int], list[Any]] = {}
    for section in cycle.cohort.edition.sections:
        for criterion in section.criteria:
            for (kind, code), given_ in cycle.cohort.scores.items():
                for i in cycle.cohort.applies[code] if code == criterion.code else ():
                    found.setdefault((kind, section.title, cycle.enrolled[i].enrolment), []).append(given_[i])
    top = cycle.cohort.edition.scale.top
    counts = {key: count(scores, top=top) for key, scores in found.items()}
    return {
        key: (each.met, each.partly_met, each.not_met, each.not_applicable, each.not_scored)
        for key, each in counts.items()
    }


def marks_of(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(row[name] for name in counting.MARKS)
