"""Which bytes of a file a request asks for (RFC 9110, 14): one range, or the whole file."""

import re
from typing import Final

_RANGE: Final = re.compile(r"bytes\s*=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})", re.ASCII | re.IGNORECASE)


class NotThere(ValueError):
    """The file has no byte of what was asked for: 416."""


def wanted(header: str, if_range: str, *, size: int, etag: str) -> range | None:
    """The bytes that `Range` names, in a file of this size; None for the whole file.

    The whole file answers what is no single range, and an `If-Range` that names anything but the file as it is now:
    what came before then belongs to another file. NotThere for a range beyond the end.
    """
    found = _RANGE.fullmatch(header.strip())
    if not found or (if_range and if_range.strip() != etag):
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= stop:
        raise NotThere
    return range(start, stop)
