"""Everything that an engine counts of two cycles, held against what the rules count in plain Python."""

from collections.abc import Iterator, Sequence
from typing import Any

from communitas.benchmarking.figures import counting, engines, pairs, reading
from communitas.benchmarking.rules.agreement import pair_table
from communitas.benchmarking.rules.changes import change_figures
from communitas.benchmarking.rules.counts import count
from communitas.benchmarking.rules.courses import Course
from communitas.benchmarking.rules.figures import national_figures
from communitas.benchmarking.rules.network import tables_of
from communitas.benchmarking.rules.statistics.raters import alpha_of_table
from tests.benchmarking.figures.ground import CODES, LINEAGE, Played

CODES_BY_LINE = {f"1/key-{code}": code for code in CODES}


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
        tables = reading.tables(engine, here, levels=levels)
        alpha = reading.alpha_of_raters(engine, here, levels=levels)
        courses = reading.course(engine, facts, codes=CODES_BY_LINE, years={1: 2021, 2: 2022})

    assert national == national_figures(later.cohort)
    assert national_figures(cohort) == national_figures(later.cohort)
    assert change == change_figures(earlier.cohort, later.cohort, LINEAGE)
    assert agreement == pair_table(all_pairs(later), levels=levels)
    assert {(row["kind"], row["section"], row["enrolment"]): marks_of(row) for row in services} == by_service(later)
    assert sum(row["n"] for row in paired) == len(list(all_pairs(later)))
    assert tables == tables_of(later.cohort)
    assert alpha == alpha_of_table(agreement.table, "ordinal")
    assert courses == tuple(courses_of([earlier, later]))


def all_pairs(cycle: Played) -> Iterator[tuple[Any, Any]]:
    scores = cycle.cohort.scores
    for code, units in cycle.cohort.applies.items():
        for i in units:
            yield scores["self", code][i], scores["agreed", code][i]


def met_of(cycle: Played, code: str) -> dict[str, bool]:
    """Who scored a criterion, and whether it was met."""
    scored = zip(cycle.cohort.communities, cycle.cohort.scores["agreed", code], strict=True)
    asked = cycle.cohort.applies[code]
    return {
        community.code: score == cycle.cohort.edition.scale.top
        for i, (community, score) in enumerate(scored)
        if i in asked and isinstance(score, int)
    }


def courses_of(cycles: Sequence[Played]) -> Iterator[Course]:
    """The course of each criterion that somebody scored in several cycles, counted one by one."""
    for code in CODES:
        found = [(cycle.cycle, met) for cycle in cycles if (met := met_of(cycle, code))]
        if len(found) < 2:
            continue
        same = set.intersection(*(set(met) for _, met in found))
        yield Course(
            code,
            tuple(2020 + cycle for cycle, _ in found),
            tuple(len(met) for _, met in found),
            tuple(sum(met.values()) for _, met in found),
            len(same),
            tuple(sum(met[each] for each in same) for _, met in found),
            sum(sum(met[each] for _, met in found) ** 2 for each in same),
        )


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
