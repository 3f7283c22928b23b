"""Two hundred reviewers come back from their visits on one evening: answers and files, all within ten minutes."""

import hashlib
import http.client
import random
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.faults.databases import Database, postgresql, sqlite
from benchmarks.faults.office import AWAY, Device, Office, ask
from benchmarks.faults.recorder import Recorder, check
from benchmarks.ground.site import p95
from benchmarks.results import Result, at_most, for_information

SEED = 29
BATCH = 20
FILE = 200 * 1024


@dataclass
class Tally:
    """What everybody met, kept together."""

    batches: list[float] = field(default_factory=list)
    files: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def run(reviewers: int, events: int, files: int, seconds: float) -> list[Result]:
    """So many people, each with so many events and files, who start within so many seconds; on both databases."""
    results = []
    with TemporaryDirectory() as name, sqlite(Path(name)) as database:
        results += _stormed(Path(name), database, reviewers, events, files, seconds)
    with TemporaryDirectory() as name, postgresql() as server:
        if server:
            results += _stormed(Path(name), server, reviewers, events, files, seconds)
    return results


def _stormed(folder: Path, database: Database, reviewers: int, events: int, files: int, seconds: float) -> list[Result]:
    office, recorder, tally = Office(folder, database.url, threads=8), Recorder(), Tally()
    told = office.found(writers=0, communities=max(8, reviewers))
    office.start()
    chance = random.Random(SEED)
    with ThreadPoolExecutor(reviewers) as crowd:
        coming = [
            crowd.submit(_come_back, office, Device(person, told["edition_hash"], told["keys"]), recorder, tally,
                         events, files, chance.uniform(0, seconds), number)
            for number, person in enumerate(told["people"][:reviewers])
        ]  # fmt: skip
        for each in coming:
            each.result()  # what went wrong in the crowd is raised here
    office.stop()
    assert len(tally.files) == reviewers * files, "everybody brings every file"
    found = check(recorder, database, ok=recorder.acknowledged(), everything=True)
    bad = sum(count for status, count in tally.statuses.items() if status >= 400 or status == 0)
    note = f"{reviewers} people, {events} events and {files} files of 200 KB each, starting over {seconds:.0f} s"
    return [
        at_most(f"{database.name}: p95 of a batch in the storm", p95(tally.batches) / 1000, "s", 1, note),
        at_most(f"{database.name}: answers lost or doubled in the storm", found.failures, "", 0),
        at_most(f"{database.name}: requests that failed in the storm", bad, "", 0, _ways(tally.statuses)),
        for_information(f"{database.name}: p95 of a file in the storm", p95(tally.files or [0, 0]) / 1000, "s"),
    ]


def _come_back(
    office: Office, device: Device, recorder: Recorder, tally: Tally, events: int, files: int, wait: float, number: int
) -> None:
    time.sleep(wait)
    chance = random.Random(SEED + number)
    every = max(1, (events // BATCH) // max(1, files))
    sent = 0
    for start in range(0, events, BATCH):
        batch = [device.event(start + step) for step in range(min(BATCH, events - start))]
        recorder.invoke(event["event_id"] for event in batch)
        began = time.perf_counter()
        status, done = device.send(office.port, batch)
        tally.batches.append((time.perf_counter() - began) * 1000)
        tally.statuses[status] += 1
        recorder.answer(status, done)
        if (start // BATCH) % every == 0 and sent < files:
            sent += 1
            _bring_file(office, device, tally, chance)
    for _ in range(files - sent):
        _bring_file(office, device, tally, chance)


def _bring_file(office: Office, device: Device, tally: Tally, chance: random.Random) -> None:
    """A text of 200 KB in one piece: begun, then sent."""
    content = f"Minutes {chance.random()}\n".encode() + b"We met and talked it through.\n" * (FILE // 30)
    path = f"/meadow/evidence/{device.person['workbook']}/uploads/{hashlib.sha256(content).hexdigest()}/"
    fields = {"name": f"minutes-{chance.randrange(10**9)}.txt", "size": str(len(content)), "key": device.keys[0]}
    began = time.perf_counter()
    _ask(
        office,
        tally,
        "POST",
        path,
        device.headers | {"Content-Type": "application/x-www-form-urlencoded"},
        urlencode(fields).encode(),
    )
    _ask(office, tally, "PUT", f"{path}0/", device.headers | {"Content-Type": "application/octet-stream"}, content)
    tally.files.append((time.perf_counter() - began) * 1000)


def _ask(office: Office, tally: Tally, method: str, path: str, headers: Mapping[str, str], body: bytes) -> None:
    try:
        status, _ = ask(office.port, method, path, headers, body)
    except (*AWAY, http.client.HTTPException):
        status = 0
    tally.statuses[status] += 1


def _ways(statuses: Counter[int]) -> str:
    return ", ".join(f"{count:,} times {status or 'no answer'}" for status, count in sorted(statuses.items()))
