"""Change between two cycles: the same services, and only the criteria that compare."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from communitas.benchmarking.figures.star import MET, NA, NOT_MET, NS, PARTLY_MET

SCORED = (MET, PARTLY_MET, NOT_MET)
LINE = ("line", "community")
_PARTS = pa.schema([("line", pa.int32()), ("cycle", pa.int32()), ("criterion_code", pa.string())])


@dataclass(frozen=True, slots=True)
class Line:
    """Criteria of two cycles that compare: what one service scored on them then, and what it scores now.

    `earlier` and `later` hold the criteria's codes: one each, or the parts of a split or a merger.
    """

    number: int
    since: int
    cycle: int
    earlier: tuple[str, ...]
    later: tuple[str, ...]


def change(facts: ir.Table, lines: Sequence[Line], *, kind: str = "agreed") -> ir.Table:
    """Met then and now on each line: both, only then, only now, neither, over the services that scored it both times.

    A line is met where every part that applies is met; it drops out where a part is not scored or no part applies.
    """
    scored = facts.filter(facts.kind == kind).select("cycle", "criterion_code", "community", "mark")
    then = _met(scored, [(line.number, line.since, line.earlier) for line in lines], "then_met")
    now = _met(scored, [(line.number, line.cycle, line.later) for line in lines], "now_met")
    both = now.join(then, LINE)
    return both.group_by("line").agg(
        both=both.count(where=both.now_met & both.then_met),
        first_only=both.count(where=both.then_met & ~both.now_met),
        second_only=both.count(where=both.now_met & ~both.then_met),
        neither=both.count(where=~both.now_met & ~both.then_met),
    )


def _met(scored: ir.Table, lines: Iterable[tuple[int, int, tuple[str, ...]]], name: str) -> ir.Table:
    """Whether each service met each line in one of its cycles; those that did not score it are left out."""
    single = [(line, cycle, part) for line, cycle, parts in lines if len(parts) == 1 for part in parts]
    several = [(line, cycle, part) for line, cycle, parts in lines if len(parts) > 1 for part in parts]
    alone = scored.filter(scored.mark.isin(SCORED)).join(_table(single), ["cycle", "criterion_code"])
    found = alone.select(*LINE, **{name: alone.mark == MET})
    if not several:
        return found
    parts = scored.filter(scored.mark != NA).join(_table(several), ["cycle", "criterion_code"])
    whole = parts.group_by(LINE).agg(**{name: (parts.mark == MET).all(), "unscored": (parts.mark == NS).any()})
    return ibis.union(found, whole.filter(~whole.unscored).select(*LINE, name))


def _table(rows: Sequence[tuple[int, int, str]]) -> ir.Table:
    return ibis.memtable(pa.table(list(map(list, zip(*rows, strict=True))) or [[], [], []], schema=_PARTS))
