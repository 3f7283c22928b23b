"""Agreement of any number of raters: each kind of score of an enrolment is one, and some left criteria out."""

import ibis
import ibis.expr.types as ir

WHERE = ("enrolment", "criterion")


def coincidences(facts: ir.Table) -> ir.Table:
    """What Krippendorff's alpha is made of: `n` for each two scores, apart by how many `raters` scored the criterion.

    `n` sums n_c (n_k - [c = k]) over the criteria that two raters or more scored; divided by `raters` - 1 and summed,
    it is the table of coincidences. Whole numbers, so that every engine gives the same.
    """
    given = facts.filter(facts.score.notnull())
    counted = given.group_by([*WHERE, "score"]).agg(times=given.count())
    other = counted.select(*WHERE, other="score", others="times")
    shared = counted.group_by(WHERE).agg(raters=counted.times.sum())
    both = counted.join(other, WHERE).join(shared.filter(shared.raters > 1), WHERE)
    same = ibis.ifelse(both.score == both.other, 1, 0)
    weighed = both.mutate(pairs=both.times * (both.others - same))
    return weighed.group_by(["raters", "score", "other"]).agg(n=weighed.pairs.sum())
