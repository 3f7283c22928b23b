"""PDF and plain text: nothing that acts by itself, nothing that is a second file at the same time."""

import re
import zlib
from typing import Final

from communitas.kit.inspection.kinds import MARKUP, PAGE_WORDS, UNKNOWN, WEB_PAGE
from communitas.kit.tabular.limits import MIB, Limits

TWO_FILES: Final = (
    "The file is two kinds of file at once, which no ordinary program writes. Save it again and try once more."
)
DAMAGED: Final = "The file is damaged or was cut short. Open it, save it again, and try once more."
ACTIVE: Final = "The PDF holds a program or another file. Print it to a new PDF and add that one."
PROTECTED: Final = "The PDF is protected with a password. Save it without one and try again."
TOO_LARGE: Final = "The file unpacks to far more than its size, which no ordinary document does."
END_OF_ARCHIVE: Final = b"PK\x05\x06"
_TAIL: Final = 66_000  # an archive's directory ends within so many bytes of the file's end

# A program in a PDF needs one of these names; they are long enough not to occur by chance in compressed data.
_ACTING = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|SubmitForm|ImportData)(?![A-Za-z])")
_ENCRYPTED = re.compile(rb"/Encrypt[\s\d<]")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


def refuse_pdf(content: bytes, limits: Limits) -> str:
    """Why a PDF is not taken, or ''. Names written with escapes and those inside packed objects are found too."""
    if holds_archive(content):
        return TWO_FILES
    if b"%%EOF" not in content[-2048:]:
        return DAMAGED
    if MARKUP.search(content[content.rfind(b"%%EOF") :]) or MARKUP.search(content[:1024]):
        return TWO_FILES
    plain = _unescaped(content)
    if _ENCRYPTED.search(plain):
        return PROTECTED
    if _ACTING.search(plain):
        return ACTIVE
    left = limits.expanded_bytes
    for match in _STREAM.finditer(content):
        about = _unescaped(content[max(0, match.start() - 1024) : match.start()])
        if b"/ObjStm" not in about[about.rfind(b"obj") :]:
            continue
        objects = _inflated(content, match.end(), left)
        if objects is None:
            return TOO_LARGE
        left -= len(objects)
        if _ACTING.search(_unescaped(objects)):
            return ACTIVE
    return ""


def refuse_text(content: bytes) -> str:
    """Why a plain text is not taken, or ''."""
    if holds_archive(content) or b"%PDF-" in content[:1024]:
        return TWO_FILES
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    if _CONTROL.search(content):
        return UNKNOWN
    return WEB_PAGE if PAGE_WORDS.search(content) else ""


def holds_archive(content: bytes) -> bool:
    """Whether the file ends as a ZIP archive does, so that a program could open it as one."""
    return END_OF_ARCHIVE in content[-_TAIL:]


def _unescaped(content: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content) if b"#" in content else content


def _inflated(content: bytes, start: int, most: int) -> bytes | None:
    """What a packed object stream holds, empty where it is packed in a way we do not know; None beyond `most`."""
    unpacker, pieces, size = zlib.decompressobj(), [], 0
    rest = content[start : start + 25 * MIB]
    try:
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, MIB)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if size > most:
                return None
            pieces.append(piece)
    except zlib.error:
        return b"".join(pieces)
    return b"".join(pieces)
