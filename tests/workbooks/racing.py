"""Many at once against one database: threads with a connection each. The long forms are called by benchmarks/faults."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import OperationalError, connections

from communitas.people.models import Account
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.rules.sync import MOST_EVENTS, Posted, read_item
from tests.cast import NOW

Payload = dict[str, Any]


def payloads(workbook: Workbook, ids: Sequence[str]) -> list[Payload]:
    """A score of one criterion for each id."""
    return [
        {
            "event_id": one,
            "workbook": str(workbook.pk),
            "edition_hash": workbook.edition_hash,
            "criterion_key": "c1-1",
            "register": "self",
            "kind": "score",
            "value": {"score": number % 3},
            "device_id": "tablet",
            "device_seq": number,
            "made_at": NOW.isoformat(),
        }
        for number, one in enumerate(ids, start=1)
    ]


def post(workbook: Workbook, role: str, by: Account, sent: Sequence[Payload]) -> list[str]:
    """Send everything as a device does: batch after batch, and again while the database is busy. The statuses."""
    told: list[str] = []
    for start in range(0, len(sent), MOST_EVENTS):
        items = tuple(read_item(one) for one in sent[start : start + MOST_EVENTS])
        told += [result.status for result in _until_it_works(workbook, role, by, items)]
    return told


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same moment, each in a thread with a connection of its own."""
    ready = Barrier(len(work))

    def begin(task: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as threads:
        return list(threads.map(begin, work))


def _until_it_works(workbook: Workbook, role: str, by: Account, items: Any) -> Sequence[actions.Result]:
    while True:
        try:
            return actions.receive(
                network=workbook.review.enrolment.cycle.network,
                workbook=queries.workbooks().get(pk=workbook.pk),
                readable=True,
                named=str(workbook.pk),
                posted=Posted("tablet", 0, items),
                role=role,
                by=by,
                at=NOW,
            ).results
        except OperationalError:  # busy, or two who waited for each other: nothing was acknowledged
            continue
