"""Look into a file of someone unknown in a process of its own, with limits of time and memory."""

import json
import os
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from communitas.kit.inspection.kinds import EMPTY, KINDS, UNKNOWN, Kind
from communitas.kit.tabular.limits import MIB, UPLOAD, Limits

SECONDS: Final = 5
MEMORY: Final = 280 * MIB  # of addresses; what stands in memory stays below 256 MiB
GAVE_UP: Final = "The file takes too long or too much memory to look at. Save it again, smaller, and try once more."


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is, or the sentence why it is not taken. A picture brings the copy that may be shown."""

    kind: Kind | None = None
    refusal: str = ""
    shown: bytes = b""
    shown_kind: Kind | None = None


def inspect_guarded(
    path: Path, *, accept: Collection[str], limits: Limits = UPLOAD, seconds: int = SECONDS, memory: int = MEMORY
) -> Inspection:
    """What the file at the path is, when it is one of the kinds to accept; never longer than `seconds`."""
    size = path.stat().st_size
    if not size:
        return Inspection(refusal=EMPTY)
    if size > limits.file_bytes:
        return Inspection(refusal=f"The file is larger than {limits.file_bytes // MIB} MB.")
    about = {name: getattr(limits, name) for name in Limits.__slots__}
    order = json.dumps({"path": str(path), "limits": about, "seconds": seconds, "memory": memory})
    environment = {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "communitas.kit.inspection.guarded_child"],
            input=order.encode(),
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Inspection(refusal=GAVE_UP)
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        return Inspection(refusal=GAVE_UP)
    said = json.loads(head)
    if said["refusal"]:
        return Inspection(refusal=said["refusal"])
    kind = KINDS[said["kind"]]
    if kind.name not in accept:
        return Inspection(refusal=UNKNOWN)
    return Inspection(kind, shown=rest, shown_kind=KINDS[said["shown"]] if said["shown"] else None)
