"""Private notes: only ever their author's."""

from dataclasses import dataclass

from django.db.models import Q

from communitas.people.models import Account
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.reading import state_of
from communitas.workbooks.rules.registers import PRIVATE_NOTE


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """One note, to which criterion it belongs (the code, or empty), and the id by which it is taken back."""

    event_id: str
    text: str
    made_at: str
    code: str = ""


def own_notes(workbook: Workbook, book: Book, account: Account) -> list[PrivateNote]:
    """The notes of one person, those of no criterion first, then in the order of the book. One query.

    The database is asked for this person's rows alone: nobody else's notes are read at all.
    """
    state = state_of(workbook, registers=Q(register=str(PRIVATE_NOTE), author=account))
    keys: list[str | None] = [None, *book.criteria]
    return [
        PrivateNote(event.event_id, event.text, event.made_at, book.criteria[key].code or "" if key else "")
        for key in keys
        for event in state.private_notes(key, str(account.pk))
    ]
