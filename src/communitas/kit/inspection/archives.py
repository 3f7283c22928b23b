"""Office documents, which are ZIP archives of XML: what is in one, and whether it is safe to open."""

import re
import stat
import zipfile
import zlib
from io import BytesIO
from typing import Final

from communitas.kit.inspection.documents import DAMAGED, TOO_LARGE, TWO_FILES
from communitas.kit.tabular.limits import MIB, Limits

_FLOOR: Final = MIB  # below this a high ratio is only a small, repetitive part
_NESTED = re.compile(
    r"\.(zip|xlsx|xlsm|xlsb|xls|ods|docx|docm|doc|pptx|pptm|odt|odp|jar|7z|rar|gz|bz2|xz|exe|js|vbs)$", re.IGNORECASE
)
_OBJECT = re.compile(r"(^|/)(oleObject|embeddings/|ObjectReplacements/)", re.IGNORECASE)
_MACRO = re.compile(r"(^|/)(vbaProject|vbaData|Basic/|Scripts/|macrosheets/|activeX)", re.IGNORECASE)
_ENTITY = re.compile(rb"<\x00?!\x00?(?:E\x00?N\x00?T|D\x00?O\x00?C\x00?T)")
_OPEN_XML: Final = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
MACROS: Final = "The document holds macros, which are programs. Save it without macros, or as PDF, and try again."
NESTED: Final = "The document holds another file inside. Remove it, or save the document as PDF, and try again."
UNSAFE_NAME: Final = "The file holds a part with an unsafe name, which no ordinary document does."
ENTITIES: Final = "The document defines its own XML entities, which no ordinary document does."
LOCKED: Final = "The document is protected with a password. Save it without one and try again."
ARCHIVE: Final = "This is a packed archive. Unpack it and add the files one by one."
UNUSUAL: Final = "The document is packed in an unusual way. Save it again from the program you wrote it with."
TOO_MANY: Final = "The file holds more parts than any ordinary document."


def document_in(content: bytes, limits: Limits) -> tuple[str, str]:
    """The kind of office document and '', or '' and why it is not taken. Unpacks piece by piece, keeps nothing."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            why = _refuse_shape(content, archive, entries, limits) or _refuse_parts(content, entries, limits)
            return ("", why) if why else _kind(archive, {entry.filename: entry for entry in entries})
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, zlib.error):
        return "", DAMAGED


def _refuse_shape(content: bytes, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> str:
    """Names, number and places of the parts: one after the other from the first byte to the last, nothing between."""
    if len(entries) > limits.entries:
        return TOO_MANY
    end = 0  # behind a part there may be its sizes, up to 24 bytes
    for entry in sorted(entries, key=lambda each: each.header_offset):
        start = entry.header_offset
        if not 0 <= start - end <= (24 if end else 0) or content[start : start + 4] != b"PK\x03\x04":
            return TWO_FILES
        end = _data_of(content, entry) + entry.compress_size
        if why := _refuse_name(entry):
            return why
    directory = archive.start_dir
    tail = content.rfind(b"PK\x05\x06")
    if not 0 <= directory - end <= 24 or tail != len(content) - 22 or archive.comment or b"%PDF-" in content[:1024]:
        return TWO_FILES
    return TWO_FILES if len({entry.filename.casefold() for entry in entries}) < len(entries) else ""


def _refuse_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.search(r"[\x00-\x1f:]", name):
        return UNSAFE_NAME
    if stat.S_ISLNK(entry.external_attr >> 16):
        return UNSAFE_NAME
    if entry.flag_bits & 0x1:
        return LOCKED
    if _MACRO.search(name):
        return MACROS
    return NESTED if _NESTED.search(name) or _OBJECT.search(name) else ""


def _refuse_parts(content: bytes, entries: list[zipfile.ZipInfo], limits: Limits) -> str:
    left = limits.expanded_bytes
    for entry in entries:
        size = _true_size(content, entry, left)
        if isinstance(size, str):
            return size
        left -= size
        if left < 0 or (size > _FLOOR and size > limits.ratio * max(entry.compress_size, 1)):
            return TOO_LARGE
    return ""


def _data_of(content: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the bytes of a part begin."""
    start = entry.header_offset
    names = int.from_bytes(content[start + 26 : start + 28], "little")
    return start + 30 + names + int.from_bytes(content[start + 28 : start + 30], "little")


def _true_size(content: bytes, entry: zipfile.ZipInfo, most: int) -> int | str:
    """How large a part really is, whatever the archive claims; a sentence if it is unsafe."""
    start = _data_of(content, entry)
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return _looked_at(packed, b"", first=True) or len(packed)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return UNUSUAL
    unpacker, size, before, rest = zlib.decompressobj(-15), 0, b"", packed
    while rest and not unpacker.eof:
        piece = unpacker.decompress(rest, MIB)
        rest = unpacker.unconsumed_tail
        if why := _looked_at(piece, before, first=not size):
            return why
        size, before = size + len(piece), piece[-16:]
        if size > most:
            return TOO_LARGE
    return size


def _looked_at(piece: bytes, before: bytes, *, first: bool) -> str:
    if first and piece.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ")):
        return NESTED
    return ENTITIES if _ENTITY.search(before + piece) else ""


def _kind(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> tuple[str, str]:
    if "[Content_Types].xml" in entries:
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            return "", MACROS
        return next(((kind, "") for mark, kind in _OPEN_XML.items() if mark in types), ("", ARCHIVE))
    if "mimetype" in entries and entries["mimetype"].file_size < 200:
        kind = _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
        return (kind, "") if kind else ("", ARCHIVE)
    return "", ARCHIVE
