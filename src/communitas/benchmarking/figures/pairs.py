"""Pairs: what the self-review and the review team said about the same criterion of the same service."""

import ibis
import ibis.expr.types as ir

from communitas.benchmarking.figures.star import NA, NOT_APPLICABLE, NOT_SCORED


def pairs(facts: ir.Table) -> ir.Table:
    """How often each pair of answers stands in every section of every enrolment.

    An answer is a score, -1 for not applicable, -2 for not scored: with three marks at most 25 numbers a section.
    """
    told = facts.mutate(answer=answer(facts))
    ours = told.filter(told.kind == "self").select("enrolment", "criterion", self_answer="answer")
    theirs = told.filter(told.kind == "agreed").select("enrolment", "criterion", "section", agreed_answer="answer")
    both = theirs.join(ours, ["enrolment", "criterion"])
    return both.group_by(["enrolment", "section", "self_answer", "agreed_answer"]).agg(n=both.count())


def scored(facts: ir.Table) -> ir.Table:
    """How often each pair of scores stands in every enrolment, where both sides gave one."""
    found = pairs(facts)
    both = found.filter((found.self_answer >= 0) & (found.agreed_answer >= 0))
    return both.group_by(["enrolment", "self_answer", "agreed_answer"]).agg(n=both.n.sum())


def answer(facts: ir.Table) -> ir.IntegerValue:
    """The score, or the state that stands in its place."""
    states = ibis.ifelse(facts.mark == NA, NOT_APPLICABLE, NOT_SCORED)
    return facts.score.fill_null(states.cast("int8"))
