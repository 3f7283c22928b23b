"""What a device sends enters here: each answer is stored, known, removed, or kept in quarantine; none is lost."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from django.db import transaction

from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.workbooks.actions.batch import Outcome
from communitas.workbooks.actions.devices import flag_clones, say_unsent, touch_device
from communitas.workbooks.actions.installation import epoch
from communitas.workbooks.actions.peer_review import begin
from communitas.workbooks.actions.quarantine import Stray, quarantine
from communitas.workbooks.actions.recording import record
from communitas.workbooks.models import Device, Event, Quarantined, Review, Workbook
from communitas.workbooks.queries.quarantine import fingerprint
from communitas.workbooks.queries.reading import is_id
from communitas.workbooks.rules.access import TEAM
from communitas.workbooks.rules.events import event_hash
from communitas.workbooks.rules.quarantine import NO_WORKBOOK, STOPPED, UNREADABLE, Why, why
from communitas.workbooks.rules.sync import Item, Posted

Status = Literal["stored", "duplicate", "redacted", "quarantined"]
CLONED: Final = "cloned_device"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item: with its hash, so that the device knows that this very answer is safe."""

    event_id: str
    status: Status
    hash: str
    salt: str | None = None
    server_seq: int | None = None
    reason: str = ""
    sentence: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The reply to a batch, in the order of its items. It is true once the transaction has ended."""

    epoch: str
    results: tuple[Result, ...]
    last_seq: int


@transaction.atomic
def receive(
    *,
    network: Network,
    workbook: Workbook | None,
    readable: bool,
    named: str,
    posted: Posted,
    role: str,
    by: Account,
    at: datetime,
    counts_unsent: bool = True,
) -> Receipt:
    """Take in a batch from a device, in one transaction. `by` is its author, whatever the items say.

    `workbook` is the network's workbook of the number `named`, None where there is none; unless it is `readable` to the
    sender, the answer is the same for both. What this person had stored before is told as that, even then. The number
    of queries does not depend on the number of items.
    """
    device = touch_device(network=network, device_id=posted.device, by=by, at=at)
    keys = [fingerprint(item, named=named, by=by) for item in posted.items]
    held = _held(keys)
    fresh = [place for place, key in enumerate(keys) if key not in held]
    results: dict[int, Result] = {}
    if readable and workbook and device.revoked_at is None:
        _begin_scoring(workbook, role, by, at)
        results, strays = _recorded(workbook, device, posted.items, fresh, role, by, at)
        if counts_unsent:
            say_unsent(device=device, workbook=workbook, count=posted.unsent, by=by, at=at)
    else:
        results = _stored_before(posted.items, fresh, by)
        reason = why(STOPPED if readable and workbook else NO_WORKBOOK)
        strays = [Stray(posted.items[place], reason) for place in fresh if place not in results]
    if strays:
        quarantine(network=network, workbook=workbook, named=named, strays=strays, role=role, by=by, at=at)
        held |= _held([key for place, key in enumerate(keys) if place in set(fresh) - results.keys()])
    told = [results[place] if place in results else held[key] for place, key in enumerate(keys)]
    return Receipt(epoch(at=at), tuple(told), workbook.last_seq if readable and workbook else 0)


def _begin_scoring(workbook: Workbook, role: str, by: Account, at: datetime) -> None:
    """Scoring begins with the first answer, also with one that was written where nobody could press the button."""
    if workbook.review.state == Review.State.NOT_STARTED and role in TEAM:
        with suppress(NotAllowed):  # then the answers wait, and tell why
            begin(workbook=workbook, by=by, at=at)


def _recorded(
    workbook: Workbook,
    device: Device,
    items: Sequence[Item],
    fresh: Sequence[int],
    role: str,
    by: Account,
    at: datetime,
) -> tuple[dict[int, Result], list[Stray]]:
    """Through the one door; what it refuses goes to quarantine with its reason."""
    strays = [Stray(items[place], Why(UNREADABLE, items[place].problem)) for place in fresh if not items[place].event]
    readable = [(place, event) for place in fresh if (event := items[place].event)]
    if not readable:
        return {}, strays
    events = [event for _, event in readable]
    outcomes = record(workbook=workbook, events=events, role=role, by=by, at=at, races=True).outcomes
    results, numbers = {}, []
    for (place, event), outcome in zip(readable, outcomes, strict=True):
        if outcome.problem:
            strays.append(Stray(items[place], why(outcome.problem.code, outcome.problem.sentence)))
            continue
        results[place] = _result(outcome)
        if outcome.status == "stored":
            numbers.append((event.device_id, event.device_seq, event.event_id))
    twice = flag_clones(device=device, numbers=numbers, by=by, at=at)
    for place, event in readable if twice else []:
        if place in results and (event.device_id, event.device_seq) in twice:
            results[place] = replace(results[place], flag=CLONED)
    return results, strays


def _result(outcome: Outcome) -> Result:
    status: Status = "redacted" if outcome.salt is None else "stored" if outcome.status == "stored" else "duplicate"
    return Result(outcome.event_id, status, outcome.hash, outcome.salt, outcome.server_seq)


def _held(keys: Collection[str]) -> dict[str, Result]:
    """What is in quarantine already, whatever was decided about it since: one query."""
    rows = Quarantined.objects.filter(fingerprint__in=list(keys)).order_by()
    fields = ("fingerprint", "event_id", "hash", "words__salt", "reason", "sentence")
    return {
        key: Result(event_id, "quarantined" if salt else "redacted", digest, salt, None, code, words)
        for key, event_id, digest, salt, code, words in rows.values_list(*fields)
    }


def _stored_before(items: Sequence[Item], places: Sequence[int], by: Account) -> dict[int, Result]:
    """What this very person had stored before they lost access, or their device was stopped: one query."""
    events = {place: event for place in places if (event := items[place].event) and is_id(event.event_id)}
    if not events:
        return {}
    mine = Event.objects.filter(author=by, event_id__in=[event.event_id for event in events.values()]).order_by()
    rows = mine.values_list("event_id", "server_seq", "hash", "payload__salt")
    stored: dict[str, tuple[int | None, str, str | None]] = {str(row[0]): row[1:] for row in rows}
    found = {}
    for place, event in events.items():
        seq, digest, salt = stored.get(event.event_id, (None, "", None))
        if digest and salt is None:
            found[place] = Result(event.event_id, "redacted", digest, None, seq)
        elif salt is not None and event_hash(event, bytes.fromhex(salt)) == digest:
            found[place] = Result(event.event_id, "duplicate", digest, salt, seq)
    return found
