"""Files as evidence: which kinds, how large, in which pieces, under which names."""

import re
from collections.abc import Collection
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

MIB: Final = 1024 * 1024
FILE_BYTES: Final = 25 * MIB
CHUNK_BYTES: Final = MIB
UPLOADS_AT_ONCE: Final = 10  # files that one person may have on their way into one workbook
UPLOAD_DAYS: Final = 7  # how long a file that was begun waits to be sent on
NAME_LENGTH: Final = 120

# Why these: people have them, and each can be looked into completely. Old Office files and files with macros are
# programs; SVG and web pages are code; sound and video show faces and voices, cannot be cleaned, and do not fit:
# a link does for them; packed archives hide what is in them; HEIC opens on few of the computers of a visit team.
ACCEPTED: Final = frozenset(
    {"pdf", "png", "jpeg", "webp", "gif", "docx", "xlsx", "pptx", "odt", "ods", "odp", "text"},
)
WORDS: Final = "PDF, pictures (JPEG, PNG, WebP, GIF), Word, Excel, PowerPoint, OpenDocument and plain text, up to 25 MB"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ODD = re.compile(r'[<>:"/\\|?*]')
_LIKE: Final = {
    ".jpg": {".jpg", ".jpeg", ".jpe"},
    ".txt": {".txt", ".csv", ".md", ".tsv", ".log"},
}


@rule
def size_is_bearable(size: int) -> bool:
    """A file has at least one byte and at most 25 MB."""
    return 0 < size <= FILE_BYTES


@rule
def there_is_room(used: int, size: int, room_megabytes: int) -> bool:
    """The files of a community fit into the room that its network gives it."""
    return used + size <= room_megabytes * MIB


@rule
def few_are_on_their_way(others: int) -> bool:
    """A person sends at most ten files at the same time; the first ones have to arrive or be given up."""
    return others < UPLOADS_AT_ONCE


@rule
def piece_fits(size: int, number: int, length: int) -> bool:
    """Every piece of a file has 1 MiB; only the last one is smaller."""
    return 0 <= number < pieces(size) and length == piece_length(size, number)


@rule
def piece_is_the_same(known: str, sent: str) -> bool:
    """A piece of a file is written once; sending it again changes nothing, and another in its place is refused."""
    return known == sent


def refuse_upload(*, size: int, used: int, room_megabytes: int, others: int) -> None:
    """NotAllowed with the sentence of what is in the way of a file that somebody wants to send."""
    if not size_is_bearable(size):
        raise NotAllowed(sentence(size_is_bearable))
    if not few_are_on_their_way(others):
        raise NotAllowed(sentence(few_are_on_their_way))
    if not there_is_room(used, size, room_megabytes):
        raise NotAllowed(
            f"There is no room for this file: {size_words(used)} of the {room_megabytes:,} MB of your community are "
            "taken. Make the file smaller, add a link instead, or ask the office for more room."
        )


def is_sha256(text: str) -> bool:
    """Whether a text is the hash of a file, in small hexadecimal letters."""
    return bool(_SHA256.fullmatch(text))


def pieces(size: int) -> int:
    """In how many pieces a file of this size comes."""
    return -(-size // CHUNK_BYTES)


def piece_length(size: int, number: int) -> int:
    """How many bytes the piece of this number has, counted from 0."""
    return min(CHUNK_BYTES, size - number * CHUNK_BYTES)


def missing_pieces(size: int, there: Collection[int]) -> list[int]:
    """The numbers of the pieces that have not come yet."""
    return [number for number in range(pieces(size)) if number not in there]


def clean_name(name: str) -> str:
    """A name without folders, without signs that no screen shows or no disk takes, of a bearable length."""
    last = re.split(r"[/\\]", name)[-1]
    words = " ".join(_ODD.sub(" ", _UNSHOWN.sub("", last)).split()).strip(". ")
    if len(words) > NAME_LENGTH:
        stem, dot, ending = words.rpartition(".")
        words = f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}" if dot and len(ending) < 6 else words[:NAME_LENGTH]
    return words or "file"


def name_as(name: str, ending: str) -> str:
    """The name under which a file is given out: its ending says what it is, whatever the name said."""
    cleaned = clean_name(name)
    dot = cleaned.rfind(".")
    if dot > 0 and cleaned[dot:].lower() in _LIKE.get(ending, {ending}):
        return cleaned
    return f"{cleaned}{ending}"


def size_words(size: int) -> str:
    """A size as people say it."""
    if size < 1024:
        return f"{size} bytes"
    if size < MIB:
        return f"{round(size / 1024)} KB"
    return f"{size / MIB:.1f} MB"
