"""Agreed scores in one step, where the reviewers and the community see it the same way."""

from datetime import datetime

from django.db import transaction

from communitas.people.models import Account
from communitas.workbooks.actions.answering import answer_many
from communitas.workbooks.actions.batch import Outcome
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.reading import hold, self_scores, state_of
from communitas.workbooks.rules.agreeing import suggestion
from communitas.workbooks.rules.events import Score
from communitas.workbooks.rules.registers import AGREED, reviewer


@transaction.atomic
def agree_equal(*, workbook: Workbook, by: Account, at: datetime) -> list[Outcome]:
    """Write the agreed score wherever all reviewers who scored gave one mark that needs no further reason.

    What has an agreed answer already is left as it is. The number of queries does not depend on the criteria.
    """
    hold(workbook)
    state, own = state_of(workbook), self_scores(workbook)
    reviewers = [reviewer(person) for person in sorted(state.reviewers())]
    scores: dict[str, tuple[Score, str]] = {}
    for key in book_of(workbook.review.enrolment).criteria:
        if state.answer(key, AGREED).kind != "none":
            continue
        found = suggestion((state.answer(key, register) for register in reviewers), own.get(key))
        if found and not found.needs_reason:
            scores[key] = (found.score, found.reason)
    return answer_many(workbook=workbook, register=AGREED, scores=scores, role="lead_reviewer", by=by, at=at)
