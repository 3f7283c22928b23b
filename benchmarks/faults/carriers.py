"""Batches that are doubled, reordered, split and cut on their way, and one batch that sixty-four bring at once."""

import random
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.faults.databases import Database, postgresql, sqlite
from benchmarks.faults.office import Device, Office, free_port
from benchmarks.faults.recorder import Recorder, check, limit
from benchmarks.results import Result, at_most

SEED = 23
CARRIERS = 8
CROWD = 64
EVENTS = 3  # in a batch
ALIKE = 1000  # events that all of the crowd bring


def run(batches: int) -> list[Result]:
    """On both databases."""
    results = []
    with TemporaryDirectory() as name, sqlite(Path(name)) as database:
        results += _both(Path(name), database, batches)
    with TemporaryDirectory() as name, postgresql() as server:
        if server:
            results += _both(Path(name), server, batches)
    return results


def _both(folder: Path, database: Database, batches: int) -> list[Result]:
    office = Office(folder, database.url, threads=16)
    told = office.found(writers=CARRIERS)
    office.start()
    try:
        return [*_carried(office, database, told, batches), _crowded(office, database, told)]
    finally:
        office.stop()


def _carried(office: Office, database: Database, told: dict[str, Any], batches: int) -> list[Result]:
    recorder = Recorder()
    with _proxy(office.port) as port, ThreadPoolExecutor(CARRIERS) as carriers:
        shares = [batches // CARRIERS + (number < batches % CARRIERS) for number in range(CARRIERS)]
        people = told["people"][:CARRIERS]
        for future in [
            carriers.submit(_carry, port, Device(person, told["edition_hash"], told["keys"]), recorder, share, number)
            for number, (person, share) in enumerate(zip(people, shares, strict=True))
        ]:
            future.result()
    found = check(recorder, database, ok=recorder.acknowledged(), everything=True)
    ways = ", ".join(f"{count:,} {what}" for what, count in sorted(recorder.outcomes.items()))
    return [
        at_most(
            f"{database.name}: answers lost on a bad way",
            found.lost + found.missing,
            "",
            0,
            f"{batches:,} batches: {limit(found.lost + found.missing, len(recorder.invoked))} ({ways})",
        ),
        at_most(f"{database.name}: answers doubled on a bad way", found.doubled, "", 0),
    ]


def _carry(port: int, device: Device, recorder: Recorder, batches: int, number: int) -> None:
    """Keep a few batches in the hand, send them in any order, some twice, some in parts, until each is acknowledged."""
    chance = random.Random(SEED + number)
    hand: list[list[dict[str, Any]]] = []
    made = 0
    while made < batches or hand:
        while made < batches and len(hand) < 4:
            hand.append([device.event(made * EVENTS + step) for step in range(EVENTS)])
            recorder.invoke(event["event_id"] for event in hand[-1])
            made += 1
        batch = hand.pop(chance.randrange(len(hand)))
        parts = [batch[:1], batch[1:]] if chance.random() < 0.2 and len(batch) > 1 else [batch]
        for part in parts:
            if chance.random() < 0.2:
                device.send(port, part, timeout=10)  # and nobody hears the reply
            status, done = device.send(port, part[::-1] if chance.random() < 0.2 else part, timeout=10)
            recorder.answer(status, done)
            if left := [event for event in part if event["event_id"] not in done]:
                hand.append(left)


def _crowded(office: Office, database: Database, told: dict[str, Any]) -> Result:
    """Sixty-four at once bring the same thousand answers of one person, for a workbook in which nobody wrote yet."""
    person = told["people"][-1]
    device = Device(person, told["edition_hash"], told["keys"])
    events = [device.event(number) for number in range(ALIKE)]
    batches = [events[start : start + 200] for start in range(0, ALIKE, 200)]
    before = sum(database.stored().values())

    def bring(number: int) -> None:
        own = Device(person, told["edition_hash"], told["keys"])
        for batch in batches[number % 5 :] + batches[: number % 5]:
            while len(own.send(office.port, batch, timeout=120)[1]) < len(batch):
                pass

    with ThreadPoolExecutor(CROWD) as crowd:
        list(crowd.map(bring, range(CROWD)))
    rows = sum(database.stored().values()) - before
    note = f"{CROWD} at once brought the same {ALIKE:,} answers: {rows:,} rows"
    return at_most(f"{database.name}: rows too many or too few", abs(rows - ALIKE), "", 0, note)


@contextmanager
def _proxy(upstream: int) -> Iterator[int]:
    """A way to the server on which every fourth request, and every fourth reply, is cut somewhere."""
    port, open_for_all = free_port(), threading.Event()
    listening = socket.create_server(("127.0.0.1", port), backlog=128)
    chance = random.Random(SEED)

    def serve() -> None:
        while not open_for_all.is_set():
            with suppress(OSError):
                visitor, _ = listening.accept()
                fates = [chance.randrange(1, 2500) if chance.random() < 0.25 else None for _ in range(2)]
                threading.Thread(target=_carry_through, args=(visitor, upstream, fates), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield port
    finally:
        open_for_all.set()
        listening.close()


def _carry_through(visitor: socket.socket, upstream: int, fates: Sequence[int | None]) -> None:
    with suppress(OSError), visitor, socket.create_connection(("127.0.0.1", upstream), timeout=20) as server:
        there = threading.Thread(target=_pour, args=(visitor, server, fates[0]), daemon=True)
        there.start()
        _pour(server, visitor, fates[1])
        there.join(timeout=20)


def _pour(source: socket.socket, target: socket.socket, cut_after: int | None) -> None:
    """Pass bytes on until one side ends, or until the way is cut."""
    passed = 0
    with suppress(OSError):
        while piece := source.recv(65536):
            if cut_after is not None and passed + len(piece) >= cut_after:
                target.sendall(piece[: cut_after - passed])
                break
            target.sendall(piece)
            passed += len(piece)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
