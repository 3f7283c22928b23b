"""The other side of `guarded`: limits itself, looks into one file, says what it is and draws pictures anew."""

import json
import resource
import sys
from pathlib import Path

from communitas.kit.inspection.archives import document_in
from communitas.kit.inspection.documents import refuse_pdf, refuse_text
from communitas.kit.inspection.kinds import KINDS, PACKED, kind_of
from communitas.kit.inspection.pictures import Refused, refuse_picture, shown_copy
from communitas.kit.tabular.limits import Limits


def looked_into(content: bytes, limits: Limits) -> tuple[str, str, str, bytes]:
    """The kind of the file, why it is refused, and for a picture the kind and bytes of the copy to show."""
    kind, why = kind_of(content[:1024])
    if kind == PACKED:
        kind, why = document_in(content, limits)
    elif kind == "pdf":
        why = refuse_pdf(content, limits)
    elif kind == "text":
        why = refuse_text(content)
    elif kind:
        why = refuse_picture(content, kind)
    if why or not KINDS[kind].is_picture:
        return kind, why, "", b""
    try:
        shown, drawn = shown_copy(content, kind)
    except Refused as refused:
        return kind, str(refused), "", b""
    return kind, "", shown, drawn


def main() -> int:
    """Read the order (JSON) and the file it names; 1 when the memory is not enough."""
    order = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write but its answer
    try:
        kind, why, shown, drawn = looked_into(Path(order["path"]).read_bytes(), Limits(**order["limits"]))
    except MemoryError:
        return 1
    sys.stdout.buffer.write(json.dumps({"kind": kind, "refusal": why, "shown": shown}).encode() + b"\n" + drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
