"""The one door through which answers enter a workbook."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from communitas.people.models import Account
from communitas.workbooks import models
from communitas.workbooks.actions.batch import Batch, Outcome, Raced
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.progress import counts_of
from communitas.workbooks.queries.reading import hold, review_of, self_scores
from communitas.workbooks.queries.seats import acting_role
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Event, Key
from communitas.workbooks.rules.registers import AGREED

TRIES = 3  # each finds a twin that was stored in between; a fourth was never seen


def record_events(
    *, workbook: models.Workbook, events: Sequence[Event], role: str, by: Account, at: datetime
) -> list[Outcome]:
    """Store events that one person wrote in one role; one outcome for each, in their order.

    Each is checked by the rules; what is out of place is not stored and its outcome says why. The same event again is
    a duplicate, another event under a known id is refused. The workbook's row is locked, so the server's numbers have
    no gaps; heads and counts are brought up to date in the same transaction. The number of queries does not depend on
    the number of events. Give a workbook of `queries.workbooks()`; its `last_seq`, `counts` and state are read anew.
    """
    return record(workbook=workbook, events=events, role=role, by=by, at=at).outcomes


@transaction.atomic(savepoint=False)
def record(
    *,
    workbook: models.Workbook,
    events: Sequence[Event],
    role: str,
    by: Account,
    at: datetime,
    beside: Collection[Key] = (),
    races: bool = False,
) -> Batch:
    """As `record_events`; the batch tells how the places of the events, and those `beside` them, stand afterwards.

    With `races` the ids were made elsewhere, so that somebody may store one of them in another workbook in between:
    then it is looked at once more, and the newcomer is refused as a clash.
    """
    hold(workbook)
    role = acting_role(workbook, events, role, by)
    book = book_of(workbook.review.enrolment)
    agreed = {event.criterion_key for event in events if event.register == str(AGREED) and event.criterion_key}
    review = review_of(workbook, book.keys, self_scores=self_scores(workbook, agreed) if agreed else {})
    for _ in range(TRIES if races else 0):
        try:
            with transaction.atomic():  # a savepoint, so that what came before in this transaction stands
                return _written(Batch(workbook, book, review, Writer(str(by.pk), role), at), events, beside)
        except Raced:
            continue
    return _written(Batch(workbook, book, review, Writer(str(by.pk), role), at), events, beside)


def _written(batch: Batch, events: Sequence[Event], beside: Collection[Key]) -> Batch:
    batch.read(events, beside)
    batch.outcomes = [batch.take(event) for event in events]
    batch.write()
    return batch


@transaction.atomic
def recount(*, workbook: models.Workbook, by: Account | None, at: datetime) -> None:
    """Count a workbook's answers anew from its heads: after the criteria that apply to a community have changed."""
    hold(workbook)
    workbook.counts = counts_of(workbook)
    workbook.save(update_fields=["counts"])
