"""How much a file may hold, and the checks that refuse a bomb before anything is unpacked."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

MIB: Final = 1024 * 1024
_FLOOR: Final = 1 * MIB  # below this a high ratio is only a small, repetitive part
_PACKED = re.compile(r"\.(zip|xlsx|xlsm|xlsb|ods|docx|pptx|odt|jar|7z|rar|gz|bz2|xz)$", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is accepted of a file; sizes in bytes."""

    file_bytes: int = 25 * MIB
    expanded_bytes: int = 100 * MIB
    ratio: int = 100
    entries: int = 1_000
    rows: int = 200_000  # rows of data, in one sheet
    cells: int = 12_000_000  # the rectangle from A1 to the last value, in one sheet


UPLOAD: Final = Limits()
"""For files from the browser."""

TRUSTED: Final = Limits(file_bytes=100 * MIB, expanded_bytes=300 * MIB)
"""For files that the owner of the machine names on the command line."""


def refuse_size(content: bytes, limits: Limits) -> str | None:
    """The reason why the file is too big to be opened, or None."""
    if len(content) > limits.file_bytes:
        return f"The file is larger than {limits.file_bytes // MIB} MB. Split it, or remove pictures from it."
    return None


def refuse_archive(content: bytes, limits: Limits) -> str | None:
    """The reason why a zipped workbook is not opened, or None; unpacks piece by piece and keeps nothing."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return "The file is damaged: it cannot be unpacked. Save it again and try once more."
    if len(entries) > limits.entries:
        return f"The file holds more than {limits.entries:,} parts, which no ordinary workbook does."
    total = 0
    for entry in entries:
        name = entry.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name):
            return "The file holds a part with an unsafe name, which no ordinary workbook does."
        if _PACKED.search(name):
            return "The file holds another packed file inside. Remove embedded files and save it again."
        if entry.flag_bits & 0x1:
            return "The file is protected with a password. Save it without one and try again."
        size = _expanded(content, entry, limits.expanded_bytes - total)
        if isinstance(size, str):
            return size
        total += size
        if total > limits.expanded_bytes:
            return f"The file holds more than {limits.expanded_bytes // MIB} MB when unpacked."
        if size > _FLOOR and size > limits.ratio * max(entry.compress_size, 1):
            return f"The file unpacks to more than {limits.ratio} times its size."
    return None


def _expanded(content: bytes, entry: zipfile.ZipInfo, most: int) -> int | str:
    """The true size of a part, which may differ from what the archive claims; a sentence if it is unsafe."""
    start = entry.header_offset
    if content[start : start + 4] != b"PK\x03\x04" or entry.compress_size < 0:
        return "The file is damaged: it cannot be unpacked. Save it again and try once more."
    names = int.from_bytes(content[start + 26 : start + 28], "little")
    extra = int.from_bytes(content[start + 28 : start + 30], "little")
    start += 30 + names + extra
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return _checked_part(packed, b"", 0, len(packed))
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return "The file is packed in an unusual way. Save it again from your spreadsheet program."
    unpacker = zlib.decompressobj(-15)
    size, before, rest = 0, b"", packed
    try:
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, MIB)
            rest = unpacker.unconsumed_tail
            checked = _checked_part(piece, before, size, len(piece))
            if isinstance(checked, str):
                return checked
            size, before = checked, piece[-16:]
            if size > most:
                return size
    except zlib.error:
        return "The file is damaged: it cannot be unpacked. Save it again and try once more."
    return size


def _checked_part(piece: bytes, before: bytes, size: int, more: int) -> int | str:
    if not size and piece.startswith(b"PK\x03\x04"):
        return "The file holds another packed file inside. Remove embedded files and save it again."
    if _ENTITY.search(before + piece):
        return "The file defines its own XML entities, which no ordinary workbook does."
    return size + more
