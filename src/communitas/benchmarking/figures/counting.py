"""What is counted from the facts: each function takes a table of facts and gives an expression, not yet run.

The plan is that of STATISTICS.md, section 11: marks by criterion and by service, pairs of self and agreed scores, and
the change between two cycles. All other figures are sums or functions of these counts.
"""

import ibis
import ibis.expr.types as ir

from communitas.benchmarking.figures.star import MET, NA, NOT_MET, NS, PARTLY_MET

MARKS = {"met": MET, "partly_met": PARTLY_MET, "not_met": NOT_MET, "not_applicable": NA, "not_scored": NS}
OF_A_CRITERION = ("cycle", "kind", "criterion_code")
OF_A_SERVICE = ("enrolment", "kind", "section")  # what an enrolment is of stands in the header of its file


def marks(rows: ir.Table, *by: str) -> ir.Table:
    """How often each mark stands among the rows that agree in `by`: five numbers."""
    return rows.group_by(by).agg(**{name: rows.count(where=rows.mark == mark) for name, mark in MARKS.items()})


def summed(counts: ir.Table, *by: str) -> ir.Table:
    """Marks that were counted already, added up to fewer groups."""
    return counts.group_by(by).agg(**{name: counts[name].sum() for name in MARKS})


def cells(facts: ir.Table) -> ir.Table:
    """Marks of every criterion within every pair of type and region: the finest counts that groups are made of."""
    return marks(facts, *OF_A_CRITERION, "service_type", "region")


def groups(fine: ir.Table) -> ir.Table:
    """Marks of every criterion in the network, in every type and in every region that is named, from `cells`."""

    def in_groups(dimension: str, name: ir.Value, among: ir.Table) -> ir.Table:
        named = among.mutate(dimension=ibis.literal(dimension), name=name)
        return summed(named, *OF_A_CRITERION, "dimension", "name")

    typed, placed = fine.filter(fine.service_type != ""), fine.filter(fine.region != "")
    return ibis.union(
        in_groups("network", ibis.literal(""), fine),
        in_groups("type", typed.service_type, typed),
        in_groups("region", placed.region, placed),
    )


def services(facts: ir.Table) -> ir.Table:
    """Marks of every section of every enrolment: what spreads, quarters and funnels are drawn from."""
    return marks(facts, *OF_A_SERVICE)
