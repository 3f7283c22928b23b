"""What must always hold of every workbook; asked of each backup and by `communitas manage check_invariants`."""

import re
from collections.abc import Iterator

from django.db.models import F

from communitas.workbooks.models import Event, Evidence, Workbook
from communitas.workbooks.queries import workbooks
from communitas.workbooks.queries.progress import counts_of
from communitas.workbooks.queries.reading import HEADS, as_event, rows_of
from communitas.workbooks.rules import fold
from communitas.workbooks.rules.events import event_hash

_HASH = re.compile(r"[0-9a-f]{64}")


def hashes() -> Iterator[str]:
    """Every event's hash is that of its salt and its words, unless its words were redacted."""
    for workbook in _all():
        for row in rows_of(Event.objects.filter(workbook=workbook).order_by()):
            salt = row["payload__salt"]
            if salt is not None and event_hash(as_event(workbook, row), bytes.fromhex(salt)) != row["hash"]:
                yield f"workbook {workbook.pk}: event {row['server_seq']} no longer matches its hash"


def state() -> Iterator[str]:
    """The heads and counts that are kept are those that the fold of all events gives."""
    for workbook in _all():
        events = (as_event(workbook, row) for row in rows_of(Event.objects.filter(workbook=workbook).order_by()))
        folded = {
            (criterion or "", register, event.event_id)
            for (criterion, register), heads in fold.fold(events).heads.items()
            for event in heads
        }
        rows = Event.objects.filter(HEADS, workbook=workbook).order_by()
        kept = {
            (criterion, register, str(event_id))
            for criterion, register, event_id in rows.values_list("criterion_key", "register", "event_id")
        }
        if folded != kept:
            yield f"workbook {workbook.pk}: {len(folded ^ kept)} answers are not what its events say"
        elif _filled(counts_of(workbook)) != _filled(workbook.counts):
            yield f"workbook {workbook.pk}: its counts are not those of its answers"


def order() -> Iterator[str]:
    """No number of the server is missing, so no event was taken out behind the application's back."""
    for workbook in _all():
        numbers = Event.objects.filter(workbook=workbook).order_by("server_seq").values_list("server_seq", flat=True)
        if list(numbers) != list(range(1, workbook.last_seq + 1)):
            yield f"workbook {workbook.pk}: its events are not numbered from 1 to {workbook.last_seq} without a gap"


def attachments() -> Iterator[str]:
    """Every attached file is named by its sha256, and one that has come is kept under that name; the others wait."""
    for event in Event.objects.filter(kind="attach", payload__isnull=False).select_related("payload").iterator():
        said = event.payload.value.get("value", {})
        named = said.get("file", "")
        if named and not _HASH.fullmatch(str(named)):
            yield f"workbook {event.workbook_id}: event {event.server_seq} attaches a file without a name of its own"
    for evidence in Evidence.objects.exclude(sha256=F("file__sha256")).order_by("pk").iterator():
        yield f"workbook {evidence.workbook_id}: the evidence {evidence.sha256[:12]}… is kept under another name"


def _all() -> Iterator[Workbook]:
    yield from workbooks().order_by("pk").iterator(chunk_size=100)


def _filled(counts: dict[str, list[int]]) -> dict[str, list[int]]:
    return {place: list(line) for place, line in counts.items() if any(line)}
