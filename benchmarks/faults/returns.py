"""The office comes back as it was a day ago; what the devices still hold comes back with them."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.faults.databases import Database, postgresql, sqlite
from benchmarks.faults.office import Device, Office, ask
from benchmarks.faults.recorder import Recorder, check, limit
from benchmarks.results import Result, at_most

DEVICES = 20
BACK = 600  # seconds in which everything is back


def run(events: int) -> list[Result]:
    """Twenty devices with so many events each, half of them after the backup; on both databases."""
    results = []
    with TemporaryDirectory() as name, sqlite(Path(name)) as database:
        results += _returned(Path(name), database, events)
    with TemporaryDirectory() as name, postgresql() as server:
        if server:
            results += _returned(Path(name), server, events)
    return results


def _returned(folder: Path, database: Database, events: int) -> list[Result]:
    office, recorder = Office(folder, database.url), Recorder()
    told = office.found(writers=DEVICES)
    devices = [Device(person, told["edition_hash"], told["keys"]) for person in told["people"][:DEVICES]]
    kept: dict[str, list[dict[str, Any]]] = {device.device_id: [] for device in devices}
    office.start()

    def write(device: Device) -> None:
        for number in range(0, events // 2, 20):
            batch = [device.event(number + step) for step in range(min(20, events // 2 - number))]
            kept[told_by[id(device)]].extend(batch)
            recorder.invoke(event["event_id"] for event in batch)
            recorder.answer(*device.send(office.port, batch))

    told_by = {id(device): device.device_id for device in devices}
    with ThreadPoolExecutor(DEVICES) as crowd:
        list(crowd.map(write, devices))
    _communitas(office, "backup", str(folder / "yesterday"))
    epochs = {id(device): _epoch(office, device) for device in devices}
    with ThreadPoolExecutor(DEVICES) as crowd:
        list(crowd.map(write, devices))
    office.stop()
    before = len(database.stored())
    _communitas(office, "restore", str(folder / "yesterday"), "--replace")
    after = len(database.stored())
    office.sign_in_again(told)  # as everybody must after a restore; what they wrote waits on their devices
    office.start()
    began = time.monotonic()

    def come_back(device: Device) -> None:
        """As the app does: another epoch means that everything still held is offered again."""
        if _epoch(office, device) == epochs[id(device)]:
            return
        held = kept[told_by[id(device)]]
        for start in range(0, len(held), 200):
            device.send(office.port, held[start : start + 200])

    with ThreadPoolExecutor(DEVICES) as crowd:
        list(crowd.map(come_back, devices))
    took = time.monotonic() - began
    office.stop()
    found = check(recorder, database, ok=recorder.acknowledged(), everything=True)
    note = f"{before:,} answers before, {after:,} after the restore; {limit(found.failures, len(recorder.invoked))}"
    return [
        at_most(f"{database.name}: answers not back after a restore", found.failures, "", 0, note),
        at_most(f"{database.name}: time until all were back", took, "s", BACK, f"{DEVICES} devices"),
        at_most(
            f"{database.name}: answers that the backup held (control)",
            after,
            "",
            before - 1,
            "the restore must have lost some",
        ),
    ]


def _epoch(office: Office, device: Device) -> str:
    status, body = ask(office.port, "GET", f"{device.path}?after=0&epoch=", device.headers)
    if status != 200:
        raise RuntimeError(f"the office told no epoch: {status} {body[:200]!r}")
    return str(json.loads(body)["epoch"])


def _communitas(office: Office, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "communitas.cli", *words], env=office.environment, check=True, stdout=subprocess.DEVNULL
    )
