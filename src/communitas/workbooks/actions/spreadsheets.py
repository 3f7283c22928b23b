"""Spreadsheets that come back filled in: kept, taken over as far as somebody wants, undone."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, files
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.workbooks import models
from communitas.workbooks.actions.pen import Pen
from communitas.workbooks.actions.recording import record_events
from communitas.workbooks.models import Spreadsheet, Workbook
from communitas.workbooks.queries import spreadsheets as queries
from communitas.workbooks.queries.facts import SELF_COMMENT
from communitas.workbooks.queries.reading import HEADS, KINDS, as_event, events_named, hold, rows_of
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.registers import SELF, parse
from communitas.workbooks.rules.replacing import replaces, settles
from communitas.workbooks.rules.spreadsheets import Difference, Filled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_spreadsheet(*, workbook: Workbook, content: bytes, name: str, by: Account, at: datetime) -> Spreadsheet:
    """Keep a filled-in spreadsheet; nothing is changed by it yet. NotAllowed when it does not belong here."""
    found = queries.plan(workbook, queries.read_file(workbook, content, name))
    if found.refusal:
        raise NotAllowed(found.refusal)
    tenant = workbook.review.enrolment.cycle.network.tenant
    with transaction.atomic():
        kept = files.put(tenant=tenant, content=content, name=name, media_type=XLSX, at=at)
        spreadsheet = Spreadsheet.objects.create(workbook=workbook, file=kept, name=name[:200], by=by, at=at)
        audit.record(tenant=tenant, verb="spreadsheet.upload", obj=spreadsheet, by=by, at=at)
    return spreadsheet


def take_over(
    *, spreadsheet: Spreadsheet, wanted: Collection[str], role: str, by: Account, at: datetime
) -> tuple[int, list[str], int]:
    """Write the wanted differences as answers that replace only what the spreadsheet showed.

    How many were written, why others could not be, and how many of the wanted ones have changed since somebody
    looked: while there are any, the spreadsheet goes on waiting.
    """
    filled = queries.filled_of(spreadsheet)
    with transaction.atomic():
        return _take_over(spreadsheet, filled, wanted, role, by, at)


def _take_over(
    spreadsheet: Spreadsheet, filled: Filled, wanted: Collection[str], role: str, by: Account, at: datetime
) -> tuple[int, list[str], int]:
    workbook = spreadsheet.workbook
    hold(workbook)
    _settle_lock(spreadsheet, Spreadsheet.State.WAITING)
    found = queries.plan(workbook, filled)
    if found.refusal:
        raise NotAllowed(found.refusal)
    chosen, changed = queries.named(found.differences, wanted)
    events = _events(workbook, chosen, Writer(str(by.pk), role), at)
    outcomes = record_events(workbook=workbook, events=events, role=role, by=by, at=at) if events else []
    written = [outcome.event_id for outcome in outcomes if outcome.status == "stored"]
    refused = [outcome.problem.sentence for outcome in outcomes if outcome.problem]
    spreadsheet.made = [*spreadsheet.made, *written]
    if not changed and not refused:
        _settled(spreadsheet, Spreadsheet.State.MERGED, by, at)
    else:
        spreadsheet.save(update_fields=["made"])
    return len(written), refused, changed


@transaction.atomic
def leave_spreadsheet(*, spreadsheet: Spreadsheet, by: Account, at: datetime) -> None:
    """Take nothing (more) from it. The file stays."""
    _settle_lock(spreadsheet, Spreadsheet.State.WAITING)
    _settled(spreadsheet, Spreadsheet.State.MERGED if spreadsheet.made else Spreadsheet.State.LEFT, by, at)


@transaction.atomic
def undo_spreadsheet(*, spreadsheet: Spreadsheet, role: str, by: Account, at: datetime) -> tuple[int, int]:
    """Put back what stood before, wherever nothing has come after it. How many were put back, and how many stay."""
    workbook = spreadsheet.workbook
    hold(workbook)
    _settle_lock(spreadsheet, Spreadsheet.State.MERGED)
    rows = rows_of(models.Event.objects.filter(HEADS, workbook=workbook, event_id__in=spreadsheet.made))
    standing = [as_event(workbook, row) for row in rows]
    earlier = {one.event_id: one for one in events_named(workbook, {i for e in standing for i in e.supersedes})}
    events = [back for event in standing for back in _back(workbook, event, earlier, at)]
    Pen.stored(record_events(workbook=workbook, events=events, role=role, by=by, at=at) if events else [])
    _settled(spreadsheet, Spreadsheet.State.UNDONE, by, at)
    return len(standing), len(spreadsheet.made) - len(standing)


def _events(workbook: Workbook, chosen: Collection[Difference], writer: Writer, at: datetime) -> list[Event]:
    known = {one.event_id: one for one in events_named(workbook, {i for each in chosen for i in each.seen})}
    events = []
    for each in chosen:
        seen = [known[one] for one in each.seen if one in known]
        register = SELF if each.what == "score" else SELF_COMMENT
        ids = replaces(seen, writer, KINDS[workbook.review.kind]) if each.what == "score" else each.seen
        value = {"score": each.score, "reason": each.reason} if each.what == "score" else {"text": each.text}
        settling = each.what == "score" and settles(seen, writer, KINDS[workbook.review.kind])
        verb = "resolve" if settling else each.what
        events.append(Pen(workbook, at, "xlsx").event(each.key, register, verb, value, ids))
    return events


def _back(workbook: Workbook, event: Event, earlier: dict[str, Event], at: datetime) -> list[Event]:
    """Events that put back what one event replaced, each as it was; or take it back where it replaced nothing."""
    gone = [earlier[one] for one in event.supersedes if one in earlier and earlier[one].kind != "retract"]
    speaking = [one for one in gone if not one.redacted]
    key, register = event.criterion_key, parse(event.register)
    pen = Pen(workbook, at, "xlsx")
    if not speaking:
        return [pen.event(key, register, "retract", {}, [event.event_id])]
    return [
        pen.event(key, register, "comment" if one.text else "score", dict(one.value), [event.event_id])
        for one in speaking
    ]


def _settle_lock(spreadsheet: Spreadsheet, state: str) -> None:
    """Read anew where it stands; NotAllowed when somebody was quicker."""
    now = Spreadsheet.objects.select_for_update().get(pk=spreadsheet.pk)
    if now.state != state:
        raise NotAllowed(_("Somebody has already decided about this spreadsheet."))
    spreadsheet.made, spreadsheet.state = now.made, now.state


def _settled(spreadsheet: Spreadsheet, state: str, by: Account, at: datetime) -> None:
    spreadsheet.state, spreadsheet.settled_by, spreadsheet.settled_at = state, by, at
    spreadsheet.save(update_fields=["state", "settled_by", "settled_at", "made"])
    tenant = spreadsheet.workbook.review.enrolment.cycle.network.tenant
    verb = f"spreadsheet.{state}"
    audit.record(tenant=tenant, verb=verb, obj=spreadsheet, by=by, at=at, detail={"answers": len(spreadsheet.made)})
