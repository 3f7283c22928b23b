"""What stands in a cell, and how two pieces of text are compared when one was typed with stray spaces."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value one could trust: `shown` is what a reader sees there, `reason` a sentence."""

    shown: str
    reason: str


Cell = str | int | float | bool | date | Broken | None

# Spaces that word processors leave behind, and characters that have no width at all.
_EDGES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
_EDGES += "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff\u180e"
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff\u180e\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORD = re.compile(r"[\W_]+")


def tidy(text: str) -> str:
    """The text without control characters and without spaces, visible or not, at its ends."""
    if text.isascii() and text.isalnum():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip(_EDGES)


def match_key(text: str) -> str:
    """The text as it is compared: any case, any kind and number of spaces."""
    if text.isascii() and text.isalnum():
        return text.lower()
    text = _NO_WIDTH.sub("", unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", text).strip().casefold()


def header_key(text: str) -> str:
    """A header as it is compared: words alone, so that 'Ref. no.' and 'ref_no' are the same."""
    return _NOT_WORD.sub(" ", match_key(text).replace("#", " no ")).strip()


def header_keys(text: str) -> tuple[str, ...]:
    """The keys under which a header may be found: as it is, then without what stands in brackets."""
    whole = header_key(text)
    bare = header_key(_BRACKETS.sub(" ", text))
    return (whole,) if bare in {whole, ""} else (whole, bare)


def shown(value: Cell) -> str:
    """The value as a person would read it in the spreadsheet; a whole number without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Broken):
        return value.shown
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}" if value else "0"
    return str(value)


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The column counted from 0 that has these letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def plain(value: str | float | bool | date | time | timedelta) -> Cell:
    """A value as a reading library gives it, brought down to the few kinds of a Cell."""
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time | timedelta):
        return str(value)
    return value
