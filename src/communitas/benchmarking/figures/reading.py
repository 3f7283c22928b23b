"""The figures of a cycle, read from what an engine counted, in the shapes that the rules give and the pages know."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from communitas.benchmarking.figures.change import Line, change
from communitas.benchmarking.figures.counting import MARKS, cells, groups
from communitas.benchmarking.figures.course import courses
from communitas.benchmarking.figures.engines import Engine
from communitas.benchmarking.figures.pairs import pairs, scored
from communitas.benchmarking.figures.raters import coincidences
from communitas.benchmarking.figures.star import NA, Enrolled
from communitas.benchmarking.figures.star import NOT_APPLICABLE as DOES_NOT_APPLY
from communitas.benchmarking.figures.star import NOT_SCORED as NO_ANSWER
from communitas.benchmarking.rules.agreement import Pairs, pair_table
from communitas.benchmarking.rules.changes import ChangeFigures, CriterionChange
from communitas.benchmarking.rules.cohort import KINDS, Cohort, Group, cohort
from communitas.benchmarking.rules.courses import Course
from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Fact, Score, ScoreKind
from communitas.benchmarking.rules.figures import NationalFigures
from communitas.benchmarking.rules.kept import exact_figures
from communitas.benchmarking.rules.lineage import Lineage, Trend, comparable_groups
from communitas.benchmarking.rules.network import Tables
from communitas.benchmarking.rules.paired import Paired
from communitas.benchmarking.rules.statistics.raters import alpha
from communitas.benchmarking.rules.statistics.values import Value
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import Edition

NOTHING = [0, 0, 0, 0, 0]
_NO_PAIRS = Paired(0, 0, 0, 0)


def cohort_of(engine: Engine, facts: ir.Table, enrolled: Iterable[Enrolled], edition: Edition) -> Cohort:
    """The cohort of one cycle and edition as its facts tell it: each criterion applies to those who have a row of it.

    What disclosure control asks for each community comes from here.
    """
    wanted = facts.select("community_code", "criterion_code", "kind", "mark", "score")
    columns = engine.run(wanted).to_pydict()
    asked: dict[str, set[str]] = {criterion.code: set() for criterion in edition.criteria()}
    found: list[Fact] = []
    for community, code, kind, mark, score in zip(*columns.values(), strict=True):
        asked[code].add(community)
        found.append(Fact(community, code, kind, NOT_APPLICABLE if mark == NA else score))
    arranged = cohort(edition, map(_community, enrolled), found)
    codes = [community.code for community in arranged.communities]
    applies = {code: tuple(i for i, name in enumerate(codes) if name in who) for code, who in asked.items()}
    return Cohort(edition, arranged.communities, applies, arranged.scores)


def national(engine: Engine, facts: ir.Table, whole: Cohort) -> NationalFigures:
    """The national figures of one cycle and edition. The cohort says who took part and what was asked, no more."""
    counted: dict[tuple[str, str], dict[str, dict[str, list[int]]]] = {}
    for row in _rows(engine, groups(cells(facts))):
        by_kind = counted.setdefault((row["dimension"], row["name"]), {kind: {} for kind in KINDS})
        by_kind[row["kind"]][row["criterion_code"]] = [int(row[name]) for name in MARKS]
    codes = [criterion.code for criterion in whole.edition.criteria()]

    def of_group(group: Group, kind: ScoreKind) -> dict[str, list[int]]:
        return counted.get((group.dimension, group.name), {}).get(kind, {})

    plain = [
        {
            "dimension": group.dimension,
            "name": group.name,
            "communities": len(whole.members(group)),
            **{kind: {code: of_group(group, kind).get(code, NOTHING) for code in codes} for kind in KINDS},
        }
        for group in whole.groups()
    ]
    return exact_figures({"groups": plain}, whole.edition)


def changed(
    engine: Engine, facts: ir.Table, lineage: Iterable[Lineage], *, since: int, cycle: int, communities: int
) -> ChangeFigures:
    """The change from one cycle to another over the services in both, of which there are `communities`.

    Lineage names criteria by their codes.
    """
    compared = comparable_groups(lineage)
    lines = [Line(place, since, cycle, each.earlier, each.later) for place, each in enumerate(compared)]
    found = {
        int(row["line"]): Paired(*(int(row[name]) for name in ("both", "first_only", "second_only", "neither")))
        for row in (_rows(engine, change(facts, lines)) if lines else ())
    }
    rows = [CriterionChange(each, found.get(place, _NO_PAIRS)) for place, each in enumerate(compared)]
    return ChangeFigures(communities, tuple(rows), _trend(rows))


def agreement(engine: Engine, facts: ir.Table, *, levels: int) -> Pairs:
    """The pairs of self and agreed answers over everything in `facts`; `levels` is the number of marks of the scale."""
    counted = pairs(facts).group_by(["self_answer", "agreed_answer"]).agg(n=ibis._.n.sum())
    answers = [
        (_score(row["self_answer"]), _score(row["agreed_answer"]), int(row["n"])) for row in _rows(engine, counted)
    ]
    return pair_table(((ours, theirs) for ours, theirs, n in answers for _ in range(n)), levels=levels)


def tables(engine: Engine, facts: ir.Table, *, levels: int) -> Tables:
    """The pairs of self and agreed scores of each enrolment that has any, in the order of their numbers."""
    found: dict[int, list[list[int]]] = {}
    for row in _rows(engine, scored(facts)):
        table = found.setdefault(row["enrolment"], [[0] * levels for _ in range(levels)])
        table[row["self_answer"]][row["agreed_answer"]] = int(row["n"])
    return tuple(tuple(map(tuple, found[enrolment])) for enrolment in sorted(found))


def alpha_of_raters(engine: Engine, facts: ir.Table, *, levels: int) -> Value:
    """Krippendorff's alpha for ordered marks of all kinds of score in `facts`, of which there may be any number."""
    table = [[0.0] * levels for _ in range(levels)]
    rows = _rows(engine, coincidences(facts))
    for row in sorted(rows, key=lambda row: (row["raters"], row["score"], row["other"])):
        table[row["score"]][row["other"]] += int(row["n"]) / (int(row["raters"]) - 1)
    return alpha(table, "ordinal")


def course(
    engine: Engine, facts: ir.Table, *, codes: Mapping[str, str], years: Mapping[int, int]
) -> tuple[Course, ...]:
    """The course of each criterion that stands in several cycles, in the order of `codes`.

    `codes` are those of the criteria by their lines; `years` those of the cycles by their numbers, oldest first.
    """
    order = {cycle: place for place, cycle in enumerate(years)}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(engine, courses(facts)):
        found.setdefault(row["lineage"], []).append(row)
    return tuple(
        _course(code, sorted(found[line], key=lambda row: order[row["cycle"]]), years)
        for line, code in codes.items()
        if len(found.get(line, ())) > 1
    )


def _course(code: str, rows: Sequence[Mapping[str, Any]], years: Mapping[int, int]) -> Course:
    return Course(
        code,
        tuple(years[row["cycle"]] for row in rows),
        tuple(int(row["services"]) for row in rows),
        tuple(int(row["met"]) for row in rows),
        int(rows[0]["same"]),
        tuple(int(row["same_met"] or 0) for row in rows),
        int(rows[0]["squares"] or 0),
    )


def _score(answer: int) -> Score:
    return {NO_ANSWER: None, DOES_NOT_APPLY: NOT_APPLICABLE}.get(answer, answer)


def _trend(rows: Sequence[CriterionChange]) -> Trend:
    return Trend(
        _sum(row.pairs for row in rows if row.lineage.relation == "equivalent"), _sum(row.pairs for row in rows)
    )


def _sum(pairs: Iterable[Paired]) -> Paired:
    found = list(pairs)
    return Paired(
        sum(each.both for each in found),
        sum(each.first_only for each in found),
        sum(each.second_only for each in found),
        sum(each.neither for each in found),
    )


def _community(each: Enrolled) -> Community:
    return Community(each.code, "", each.service_type, organisation=each.organisation, region=each.region)


def _rows(engine: Engine, expression: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.run(expression).to_pylist()
    return found
