"""Paper leaves: a workbook is printed, its sheets are handed out, photocopied, missing, found."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.codes import signs_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.queries import on_team
from communitas.workbooks.models import Printing, Sheet, Workbook
from communitas.workbooks.queries import paper as queries
from communitas.workbooks.queries.printed import hold_sheet
from communitas.workbooks.rules import paper as rules
from communitas.workbooks.rules.paper_form import Choices
from communitas.workbooks.typesetting.form import plan_sheets


@transaction.atomic
def print_workbook(
    *, workbook: Workbook, choices: Choices, reviewer: Account | None = None, by: Account, at: datetime
) -> Printing:
    """Print a workbook: which criteria stand on which sheet is kept, so that a page found later can be traced.

    `reviewer` is the person whose form it is; without one the form has a line for the name. A reviewer's answers are
    printed only for that reviewer. Give a workbook of `queries.workbooks()`.
    """
    enrolment = workbook.review.enrolment
    if workbook.review.kind == "self" and reviewer is not None:
        raise NotAllowed(_("A self-review is filled in together: it has no reviewer."))
    if reviewer is not None and reviewer.pk not in on_team(enrolment.pk):
        raise NotAllowed(_("This person is not on the team of this visit."))
    if choices.filled and workbook.review.kind == "peer" and reviewer != by:
        raise NotAllowed(_("Only your own form can be printed with your answers in it."))
    printing = Printing(
        workbook=workbook,
        token=signs_of(secrets.token_bytes(16), rules.TOKEN_SIGNS),
        reviewer=reviewer,
        edition_hash=workbook.edition_hash,
        last_seq=workbook.last_seq,
        choices=choices.as_json(),
        printed_by=by,
        printed_at=at,
    )
    form = queries.form_of(printing)
    if not any(section.criteria for section in form.sections):
        raise NotAllowed(_("Please choose at least one section."))
    plan = plan_sheets(form)
    if len(plan) > rules.MOST_SHEETS:
        raise NotAllowed(_("This would be more than 999 pages. Please print fewer sections at a time."))
    printing.save()
    Sheet.objects.bulk_create(
        Sheet(
            printing=printing,
            number=one.number,
            criteria=list(one.criteria),
            findings=list(one.findings),
            reviewer=reviewer,
            hand=reviewer.display_name if reviewer else "",
            holder=(reviewer or by).display_name,
        )
        for one in plan
    )
    note_on_paper(printing=printing, verb="print", by=by, at=at, detail={"sheets": len(plan), "token": printing.token})
    return printing


@transaction.atomic
def hand_out(*, printing: Printing, numbers: Collection[int], holder: str, by: Account, at: datetime) -> int:
    """Say who has these sheets now (every copy of them); how many were meant."""
    name = holder.strip()[:120]
    if not name:
        raise NotAllowed(_("Please say who has the paper."))
    changed = Sheet.objects.filter(printing=printing, number__in=list(numbers)).update(holder=name)
    note_on_paper(
        printing=printing, verb="hand_out", by=by, at=at, detail={"sheets": sorted(numbers), "token": printing.token}
    )
    return changed


@transaction.atomic
def lose(*, sheets: Sequence[Sheet], reason: str, by: Account, at: datetime) -> None:
    """Say that sheets of one print are missing, with the reason: they are no longer waited for. All of them or none."""
    for sheet in sheets:
        hold_sheet(sheet)
        sheet.state, sheet.note = rules.SHEET.move(sheet.state, "lose", reason=reason), reason.strip()[:300]
        sheet.save(update_fields=["state", "note"])
        note_on_paper(
            printing=sheet.printing, verb="lose_sheet", by=by, at=at, detail={"sheet": str(sheet)}, reason=reason
        )


@transaction.atomic
def find(*, sheets: Sequence[Sheet], by: Account, at: datetime) -> None:
    """Say that missing sheets of one print were found. All of them or none."""
    for sheet in sheets:
        hold_sheet(sheet)
        sheet.state, sheet.note = rules.SHEET.move(sheet.state, "find"), ""
        sheet.save(update_fields=["state", "note"])
        note_on_paper(printing=sheet.printing, verb="find_sheet", by=by, at=at, detail={"sheet": str(sheet)})


@transaction.atomic
def add_copy(*, sheet: Sheet, hand: str, by: Account, at: datetime) -> Sheet:
    """A photocopy of a sheet that somebody else filled in: it is keyed in by itself."""
    name = hand.strip()[:120]
    if not name:
        raise NotAllowed(_("Please say whose writing it is: by this the two copies are told apart."))
    Sheet.objects.select_for_update().filter(printing=sheet.printing, number=sheet.number).first()
    copies = Sheet.objects.filter(printing=sheet.printing, number=sheet.number)
    if copies.filter(hand=name).exists():
        raise NotAllowed(_("There is a copy of this page in %(name)s’s hand already.") % {"name": name})
    last = copies.aggregate(last=Max("copy"))["last"]
    made = Sheet.objects.create(
        printing=sheet.printing,
        number=sheet.number,
        copy=last + 1,
        criteria=sheet.criteria,
        findings=sheet.findings,
        hand=name,
        holder=by.display_name,
    )
    note_on_paper(printing=sheet.printing, verb="copy_sheet", by=by, at=at, detail={"sheet": str(made)})
    return made


def note_on_paper(
    *, printing: Printing, verb: str, by: Account, at: datetime, detail: dict[str, object], reason: str = ""
) -> None:
    """One line of the audit trail about a print."""
    workbook = printing.workbook
    tenant = workbook.review.enrolment.cycle.network.tenant
    kind = "selfreview" if workbook.review.kind == "self" else "workbook"
    audit.record(tenant=tenant, verb=f"{kind}.{verb}", obj=workbook, by=by, at=at, reason=reason, detail=detail)
