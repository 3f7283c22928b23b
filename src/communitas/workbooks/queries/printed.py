"""One print: its sheets while they change, and the print as it came out of the printer."""

from communitas.workbooks.models import Printing, Sheet
from communitas.workbooks.queries import paper
from communitas.workbooks.typesetting.form import form_pdf


def hold_sheet(sheet: Sheet) -> None:
    """Lock the sheet until the end of the transaction, and read what may have changed."""
    now = Sheet.objects.select_for_update().get(pk=sheet.pk)
    for name in ("state", "keyed_by_id", "checked_by_id", "standing", "reviewer_id", "hand", "note"):
        setattr(sheet, name, getattr(now, name))


def pdf_of(printing: Printing) -> bytes:
    """The print as a tagged PDF: the same bytes each time, as long as nothing of it was redacted."""
    plan, at = paper.plan_of(printing), printing.printed_at.replace(microsecond=0)
    return form_pdf(paper.form_of(printing), plan, paper.codes_of(printing, plan), at=at)
