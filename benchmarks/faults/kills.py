"""The server is killed again and again while fifty people write."""

import random
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.faults.databases import Database, postgresql, sqlite
from benchmarks.faults.office import READY, Device, Office
from benchmarks.faults.recorder import Finding, Recorder, check, limit
from benchmarks.results import Result, at_most

WRITERS = 50
SEED = 17
MOST_WAITING = 20  # answers that one writer holds before they rather try again


def run(kills: int) -> list[Result]:
    """On both databases."""
    results = []
    with TemporaryDirectory() as name, sqlite(Path(name)) as database:
        results += _killed(Path(name), database, kills)
    with TemporaryDirectory() as name, postgresql() as server:
        if server:
            results += _killed(Path(name), server, kills)
    return results


def _killed(folder: Path, database: Database, kills: int) -> list[Result]:
    office, recorder, stop = Office(folder, database.url), Recorder(), threading.Event()
    told = office.found(writers=WRITERS)
    devices = [Device(person, told["edition_hash"], told["keys"]) for person in told["people"][:WRITERS]]
    writers = [
        threading.Thread(target=_write, args=(office, device, recorder, stop, number), daemon=True)
        for number, device in enumerate(devices)
    ]
    chance, starts, findings, broken = random.Random(SEED), [], [], 0
    starts.append(office.start())
    for writer in writers:
        writer.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.15, 0.8))
        office.kill()
        ok = recorder.acknowledged()
        findings.append(check(recorder, database, ok=ok))
        broken += bool(database.problems())
        starts.append(office.start())
    stop.set()
    for writer in writers:
        writer.join(timeout=120)
    office.stop()
    findings.append(check(recorder, database, ok=recorder.acknowledged(), everything=True))
    return _told(database.name, kills, recorder, findings, starts, broken)


def _write(office: Office, device: Device, recorder: Recorder, stop: threading.Event, number: int) -> None:
    """Write a few answers, send them until they are acknowledged, go on; at the end nothing may wait."""
    chance, count = random.Random(SEED + number), 0
    waiting: list[dict[str, Any]] = []
    while not stop.is_set() or waiting:
        if not stop.is_set() and len(waiting) < MOST_WAITING:
            waiting += [device.event(count + step) for step in range(chance.randint(1, 4))]
            count += 4
        recorder.invoke(event["event_id"] for event in waiting)
        status, done = device.send(office.port, waiting[:200], timeout=10)
        recorder.answer(status, done)
        waiting = [event for event in waiting if event["event_id"] not in done]
        time.sleep(chance.uniform(0.05, 0.3))


def _told(
    name: str, kills: int, recorder: Recorder, findings: list[Finding], starts: list[float], broken: int
) -> list[Result]:
    ok, last = len(recorder.acknowledged()), findings[-1]
    lost, doubled = sum(found.lost for found in findings), max(found.doubled for found in findings)
    note = f"{kills} kills under {WRITERS} writers, {ok:,} answers acknowledged: {limit(lost, ok)}"
    return [
        at_most(f"{name}: acknowledged answers lost when killed", lost, "", 0, note),
        at_most(f"{name}: answers doubled when killed", doubled, "", 0),
        at_most(
            f"{name}: answers that never arrived in the end", last.missing, "", 0, f"{len(recorder.invoked):,} written"
        ),
        at_most(
            f"{name}: integrity check not clean", broken, "", 0, f"{kills} checks" if name == "SQLite" else "it started"
        ),
        at_most(
            f"{name}: slowest start after a kill",
            max(starts),
            "s",
            READY,
            f"median {sorted(starts)[len(starts) // 2]:.1f} s",
        ),
    ]
