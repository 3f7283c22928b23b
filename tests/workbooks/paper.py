"""Short ways to print, and to say what stands on paper."""

from datetime import timedelta
from typing import Any

from communitas.people.models import Account
from communitas.workbooks.actions import printing, transcribing
from communitas.workbooks.models import Keying, Printing, Sheet, Workbook
from communitas.workbooks.queries import paper as queries
from communitas.workbooks.rules.paper import Difference, Entry
from communitas.workbooks.rules.paper_form import Choices
from tests.cast import NOW

LATER = NOW + timedelta(days=9)


def printed(workbook: Workbook, by: Account, reviewer: Account | None = None, **choices: Any) -> Printing:
    """A print of a workbook."""
    return printing.print_workbook(workbook=workbook, choices=Choices(**choices), reviewer=reviewer, by=by, at=NOW)


def sheet_of(found: Printing, number: int = 2, copy: int = 1) -> Sheet:
    """A sheet of a print as it stands now; the first after the cover unless said otherwise."""
    return queries.sheets().get(printing=found, number=number, copy=copy)


def marks(*scores: Any, keys: str = "c1-") -> dict[str, Entry]:
    """What somebody read: marks of the first criteria; a mark, or an entry, or None for no box."""
    return {
        f"{keys}{number}": score if isinstance(score, Entry) else Entry(score)
        for number, score in enumerate(scores, start=1)
    }


def key_in(sheet: Sheet, by: Account, *scores: Any, role: str = "staff", **given: Any) -> Keying:
    """Key in a sheet and send it."""
    entries = given.pop("entries", None) or marks(*scores)
    return transcribing.key_in(sheet=sheet, entries=entries, role=role, by=by, at=given.pop("at", LATER), **given)


def check(sheet: Sheet, by: Account, *scores: Any, **given: Any) -> tuple[Difference, ...]:
    """A second person's reading."""
    return transcribing.check(sheet=sheet, entries=given.get("entries") or marks(*scores), by=by, at=LATER)
