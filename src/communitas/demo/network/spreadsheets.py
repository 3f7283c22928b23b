"""One community answered in a spreadsheet on the train; it is uploaded, and nobody has looked through it yet."""

from datetime import timedelta
from io import BytesIO
from typing import Final

import openpyxl

from communitas.demo.network.reviews import Round
from communitas.workbooks import actions as workbooks
from communitas.workbooks import queries
from communitas.workbooks.queries import spreadsheets

WORDS: Final = (
    ("Met", "We talked about it in the Monday group; everybody could say when it last happened."),
    ("Partly met", "It works on weekdays."),
    ("mostly", "Ask Harriet."),
    ("Met", ""),
)
SCORE, COMMENT = 4, 6  # columns of the spreadsheet, counted from 0


def upload_filled(round_: Round) -> None:
    """The lead downloads it, fills in what nobody has answered, and uploads it."""
    at, lead = round_.hearth.now - timedelta(hours=5), round_.house.lead
    book = queries.self_reviews().get(pk=round_.workbook("self").pk)
    sheets = openpyxl.load_workbook(BytesIO(spreadsheets.download(book, at - timedelta(days=1))))
    sheet = sheets.worksheets[0]
    still_empty = [row for row in sheet.iter_rows(min_row=8) if row[1].value and not row[SCORE].value]
    for row, (score, comment) in zip(still_empty, WORDS, strict=False):
        row[SCORE].value, row[COMMENT].value = score, comment or None
    out = BytesIO()
    sheets.save(out)
    name = "Self-review, filled in on the train.xlsx"
    workbooks.upload_spreadsheet(workbook=book, content=out.getvalue(), name=name, by=lead, at=at)
