"""A ZIP archive that is written while it is sent: never whole in memory, never on the disk."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any


class _Drain(io.RawIOBase):
    """What was written since it was last emptied. It cannot go back, so the archive is written straight on."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        """It takes bytes."""
        return True

    def write(self, piece: Any) -> int:
        """Take some bytes."""
        self.pieces.append(bytes(piece))
        return len(piece)

    def emptied(self) -> bytes:
        """What came since the last time."""
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def packed(parts: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of an archive of these files, each given by its name and its pieces. They are stored as they are."""
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED) as archive:
        for name, pieces in parts:
            with archive.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w") as part:
                for piece in pieces:
                    part.write(piece)
                    yield drain.emptied()
            yield drain.emptied()
    yield drain.emptied()
