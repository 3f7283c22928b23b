from django.core.files.uploadedfile import SimpleUploadedFile

from communitas.kit import files
from communitas.people.models import Account
from communitas.workbooks import policy
from communitas.workbooks.models import Review, Spreadsheet, Workbook
from tests.cast import NOW, Part, World
from tests.permissions.cases import Build, Case, Target

READ, WRITE = "selfreview.read", "selfreview.import_xlsx"


def _book(state: str, true: str) -> Build:
    def build(world: World, part: Part) -> Target:
        Review.objects.filter(pk=part.workbook.review_id).update(state=state)
        return Target(part.workbook.pk, community=part.lark, scope=part.enrolment.pk, true=true)

    return build


def _sheet(state: str, true: str) -> Build:
    def build(world: World, part: Part) -> Target:
        Review.objects.filter(pk=part.workbook.review_id).update(state=state)
        by: Account = world.stefan if part is world else world.theo
        kept = files.put(
            tenant=part.network.tenant, content=b"Code,Score\n1.1,Met\n", name="a.csv", media_type="text/csv", at=NOW
        )
        sheet = Spreadsheet.objects.create(workbook=part.workbook, file=kept, name="a.csv", by=by, at=NOW)
        return Target(sheet.pk, community=part.lark, scope=part.enrolment.pk, true=true)

    return build


BOOKS = [_book("open", "W"), _book("sent", "F")]
SHEETS = [_sheet("open", "W"), _sheet("sent", "F")]
POST = ("POST",)


def _csv(target: Target) -> dict[str, object]:
    return {"file": SimpleUploadedFile("a.txt", b"nothing")}


CASES = [
    Case("workbooks:spreadsheets", row=READ, of=BOOKS),
    Case("workbooks:spreadsheets", row=WRITE, sees=READ, of=BOOKS, methods=POST, data=_csv),
    Case("workbooks:spreadsheet_download", row=READ, of=BOOKS),
    Case("workbooks:spreadsheet", row=READ, of=SHEETS),
    Case("workbooks:spreadsheet", row=WRITE, sees=READ, of=SHEETS, methods=POST, data={"leave": "1"}),
    Case("workbooks:spreadsheet_file", row=READ, of=SHEETS),
    Case("workbooks:spreadsheet_undo", row=WRITE, sees=READ, of=SHEETS, methods=POST),
]
PERMISSIONS = [
    (policy.import_xlsx, Workbook),
    (policy.read_spreadsheet, Spreadsheet),
    (policy.decide_spreadsheet, Spreadsheet),
]
