"""Paper of workbooks: printed, keyed in, checked."""

from communitas.people.models import Account
from communitas.workbooks import policy_of_paper as policy
from communitas.workbooks.models import Printing, Sheet, Workbook
from tests.cast import NOW, Part, World
from tests.permissions.cases import SIGNED_IN, Case, Target
from tests.permissions.workbooks import agreeing, closed, open_self, scoring, sent_self


def _sheet(part: Part, workbook: Workbook, by: Account, **given: object) -> Sheet:
    number = Printing.objects.count()
    printing = Printing.objects.create(
        workbook=workbook,
        token=f"7KQM{number:02d}",
        edition_hash=workbook.edition_hash,
        last_seq=0,
        printed_by=by,
        printed_at=NOW,
    )
    return Sheet.objects.create(printing=printing, number=2, criteria=["c1-1"], **given)


def _self_sheet(world: World, part: Part, **given: object) -> Sheet:
    return _sheet(part, part.workbook, world.cora, **given)


def _code(target: Target, sheet: Sheet, author: Account | None = None) -> Target:
    true = " ".join(sorted(target.true))
    return Target(sheet.code, community=target.community, scope=target.scope, author=author, true=true)


def open_page(world: World, part: Part) -> Target:
    """A page of a self-review that is being answered."""
    return _code(open_self(world, part), _self_sheet(world, part))


def sent_page(world: World, part: Part) -> Target:
    """A page of a self-review that was sent."""
    return _code(sent_self(world, part), _self_sheet(world, part))


def scoring_page(world: World, part: Part) -> Target:
    """A page of a reviewer's form while the reviewers score."""
    return _code(scoring(world, part), _sheet(part, part.peer_workbook, world.cora))


def closed_page(world: World, part: Part) -> Target:
    """A page that comes back after the peer-review was closed."""
    return _code(closed(world, part), _sheet(part, part.peer_workbook, world.cora))


def keyed_page(world: World, part: Part) -> Target:
    """A page of a self-review that Stefan keyed in."""
    sheet = _self_sheet(world, part, state="keyed", keyed_by=world.stefan)
    return _code(open_self(world, part), sheet, world.stefan)


def keyed_form(world: World, part: Part) -> Target:
    """A page of a reviewer's form that Rafi keyed in."""
    sheet = _sheet(part, part.peer_workbook, world.cora, state="keyed", keyed_by=world.rafi, reviewer=world.rafi)
    return _code(scoring(world, part), sheet, world.rafi)


def own_print(world: World, part: Part) -> Target:
    """A print of a self-review."""
    return _token(open_self(world, part), _self_sheet(world, part))


def discussed_print(world: World, part: Part) -> Target:
    """A reviewer's form once the discussion is open."""
    return _token(agreeing(world, part), _sheet(part, part.peer_workbook, world.cora))


def _token(target: Target, sheet: Sheet) -> Target:
    true = " ".join(sorted(target.true))
    return Target(sheet.printing.token, community=target.community, scope=target.scope, true=true)


SELF, PEER = [open_self, sent_self], [scoring, agreeing, closed]
READ_SELF, READ_PEER = "selfreview.read", "workbook.read"
PRINT, TRANSCRIBE, ANSWER = "selfreview.print", "workbook.transcribe", "selfreview.answer"
BOTH, POST = ("GET", "POST"), ("POST",)
HAND = {"hand": "Kitchen group"}

CASES = [
    Case("workbooks:paper_code", row=SIGNED_IN),
    Case("workbooks:paper", row=PRINT, sees=READ_SELF, of=SELF),
    Case("workbooks:paper", row=TRANSCRIBE, sees=READ_PEER, of=PEER),
    Case("workbooks:print", row=PRINT, sees=READ_SELF, of=SELF, methods=BOTH),
    Case("workbooks:print", row=TRANSCRIBE, sees=READ_PEER, of=PEER, methods=BOTH),
    Case("workbooks:printing", row=PRINT, sees=READ_SELF, of=[own_print], methods=BOTH),
    Case("workbooks:printing", row=TRANSCRIBE, sees=READ_PEER, of=[discussed_print], methods=BOTH),
    Case("workbooks:printed_form", row=PRINT, sees=READ_SELF, of=[own_print]),
    Case("workbooks:printed_form", row=TRANSCRIBE, sees=READ_PEER, of=[discussed_print]),
    Case("workbooks:sheet", row=ANSWER, sees=READ_SELF, of=[open_page, sent_page], methods=BOTH),
    Case("workbooks:sheet", row=TRANSCRIBE, sees=READ_PEER, of=[scoring_page, closed_page], methods=BOTH),
    Case("workbooks:copy_sheet", row=ANSWER, sees=READ_SELF, of=[open_page, sent_page], methods=POST, data=HAND),
    Case("workbooks:copy_sheet", row=TRANSCRIBE, sees=READ_PEER, of=[scoring_page], methods=POST, data=HAND),
]
CHECK_SELF, CHECK_PEER = "selfreview.check_transcription", "workbook.check_transcription"
CASES += [
    Case(url, row=row, sees=sees, of=[page], methods=BOTH)
    for url in ("workbooks:check_sheet", "workbooks:settle_sheet")
    for row, sees, page in ((CHECK_SELF, READ_SELF, keyed_page), (CHECK_PEER, READ_PEER, keyed_form))
]
PERMISSIONS = [
    (policy.print_workbook, Workbook),
    (policy.transcribe_any, Workbook),
    (policy.see_printing, Printing),
    (policy.open_printing, Printing),
    (policy.see_sheet, Sheet),
    (policy.transcribe, Sheet),
    (policy.check, Sheet),
]
