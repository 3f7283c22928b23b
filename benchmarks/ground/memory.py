"""The memory that processes hold, read from /proc while they work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread


def memory_of(pid: int) -> int:
    """Bytes that a process and all below it hold; what they share is counted for each, so this is an upper bound."""
    total = 0
    waiting = [pid]
    while waiting:
        folder = Path("/proc") / str(waiting.pop())
        try:
            total += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for thread in (folder / "task").iterdir():
                waiting += [int(child) for child in (thread / "children").read_text().split()]
        except OSError:  # it ended between two looks
            continue
    return total


@contextmanager
def watched() -> Iterator[list[int]]:
    """What this process and all below it held, a tenth of a second apart, while the block runs; the list grows."""
    seen: list[int] = []
    over = Event()

    def look() -> None:
        while not over.wait(0.1):
            seen.append(memory_of(os.getpid()))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()
