"""What was asked and what was answered, and the check: every ok present exactly once, in the end nothing lost."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.faults.databases import Database


@dataclass
class Recorder:
    """Invoke, ok, fail, unknown, for each event id. Safe for many writers."""

    invoked: set[str] = field(default_factory=set)
    ok: set[str] = field(default_factory=set)
    outcomes: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def invoke(self, ids: Iterable[str]) -> None:
        """Somebody is about to send these."""
        with self._lock:
            self.invoked |= {one.replace("-", "") for one in ids}

    def answer(self, status: int, ids: Iterable[str]) -> None:
        """A reply came (or none: status 0) that acknowledged these."""
        with self._lock:
            self.ok |= {one.replace("-", "") for one in ids}
            self.outcomes["ok" if ids else "unknown" if status == 0 else f"fail {status}"] += 1

    def acknowledged(self) -> set[str]:
        """What was acknowledged so far."""
        with self._lock:
            return set(self.ok)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: acknowledged and gone, present twice, and (at the end) never arrived."""

    lost: int
    doubled: int
    missing: int = 0

    @property
    def failures(self) -> int:
        """All of it together."""
        return self.lost + self.doubled + self.missing


def check(recorder: Recorder, database: Database, *, ok: set[str], everything: bool = False) -> Finding:
    """Compare what was acknowledged (`ok`, read before the database) with what the database holds."""
    stored, waiting = database.stored(), database.quarantined()
    held = stored.keys() | waiting
    return Finding(
        lost=len(ok - held),
        doubled=sum(count > 1 for count in stored.values()) + len(stored.keys() & waiting),
        missing=len(recorder.invoked - held) if everything else 0,
    )


def limit(failures: int, tries: int) -> str:
    """The count, and the 95 % upper limit of the rate: 3/n where nothing failed."""
    if failures:
        return f"{failures} of {tries:,}"
    return f"0 of {tries:,}; with 95 % certainty fewer than 1 in {max(1, tries // 3):,}"
