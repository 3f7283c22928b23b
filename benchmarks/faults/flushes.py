"""Between an answer's insert and its reply the disk is told to flush: watched from outside, with a control."""

import re
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.databases import sqlite
from benchmarks.faults.office import Device, Office
from benchmarks.faults.recorder import limit
from benchmarks.results import Result, at_least, at_most, for_information

CARELESS = "benchmarks.faults.careless"  # synchronous=OFF: the control, which must fail
_LINE = re.compile(r"(\d+\.\d+) (?:fsync|fdatasync)\(.*= 0|(\d+\.\d+) <\.\.\. (?:fsync|fdatasync) resumed.*= 0")
_WAL = re.compile(r"(\d+\.\d+) (?:fsync|fdatasync)\(")


def run(replies: int) -> list[Result]:
    """On SQLite, whose server is the process that we can watch."""
    if shutil.which("strace") is None:
        return [for_information("replies after a flush", 0, "", "strace is not installed: not measured")]
    kept, control = _watched("communitas.config.settings.prod", replies), _watched(CARELESS, max(20, replies // 10))
    return [
        at_least("SQLite: replies that left after a flush", kept, "", replies, limit(replies - kept, replies)),
        at_most(
            "SQLite: the same with synchronous=OFF (control)", control, "", 0, "must be 0, else the test proves nothing"
        ),
    ]


def _watched(settings: str, replies: int) -> int:
    """How many of so many replies left after a flush that began after their request did."""
    with TemporaryDirectory() as name, sqlite(Path(name)) as database:
        said = Path(name) / "flushes.txt"
        office = Office(Path(name), database.url)
        told = office.found(writers=1)
        office.settings = settings
        office.wrapper = ("strace", "-f", "-ttt", "-e", "trace=fsync,fdatasync", "-o", str(said))
        office.start()
        device = Device(told["people"][0], told["edition_hash"], told["keys"])
        spans = []
        for number in range(replies):
            event, began = device.event(number), time.time()
            status, done = device.send(office.port, [event])
            if event["event_id"] not in done:
                raise RuntimeError(f"the server answered {status}")
            spans.append((began, time.time()))
        office.kill()
        moments = sorted(float(found[1]) for line in said.read_text().splitlines() if (found := _WAL.search(line)))
    return sum(any(began < moment < ended for moment in moments) for began, ended in spans)
