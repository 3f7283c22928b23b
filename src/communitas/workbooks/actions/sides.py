"""What one group thinks of a criterion, in the words of one of its people."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from communitas.people.models import Account
from communitas.workbooks.actions.answering import write_note
from communitas.workbooks.actions.batch import Outcome
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.reading import events_named
from communitas.workbooks.rules.registers import comment


@transaction.atomic
def write_side(
    *,
    workbook: Workbook,
    criterion_key: str,
    side: str,
    text: str,
    seen: Collection[str] = (),
    role: str,
    by: Account,
    at: datetime,
) -> list[Outcome]:
    """Write, change or take back (empty text) one's own view as staff or as a client member.

    Of what was `seen` only one's own words on this criterion are replaced: nobody writes over another's view.
    NotAllowed with the sentence of the rule that refused.
    """
    register, author = comment(side), str(by.pk)
    own = [
        event.event_id
        for event in events_named(workbook, seen)
        if (event.key, event.author) == ((criterion_key, str(register)), author)
    ]
    return write_note(
        workbook=workbook, criterion_key=criterion_key, register=register, text=text, seen=own, role=role, by=by, at=at
    )
