"""The course of each criterion over several cycles, along the line on which it kept its meaning."""

import ibis.expr.types as ir

from communitas.benchmarking.figures.change import SCORED
from communitas.benchmarking.figures.star import MET

LINE = ("lineage", "community")


def courses(facts: ir.Table, *, kind: str = "agreed") -> ir.Table:
    """For each line and cycle: the services that scored it and those that met it, of all and of the same every time.

    `same` scored it in every cycle in which the line stands; `squares` sums, over these, the square of how often each
    met it. Cochran's Q is a function of these totals, and so is the trend of Cochran and Armitage.
    """
    agreed = facts.filter((facts.kind == kind) & facts.mark.isin(SCORED))
    scored = agreed.select(*LINE, "cycle", met=(agreed.mark == MET).cast("int64"))
    each = scored.group_by(LINE).agg(times=scored.count(), own=scored.met.sum())
    lines = scored.group_by("lineage").agg(reviews=scored.cycle.nunique())
    rows = scored.join(each, LINE).join(lines, "lineage")
    steady = rows.times == rows.reviews
    return rows.group_by(["lineage", "cycle"]).agg(
        services=rows.count(),
        met=rows.met.sum(),
        same=rows.count(where=steady),
        same_met=rows.met.sum(where=steady),
        squares=(rows.own * rows.own).sum(where=steady),
    )
