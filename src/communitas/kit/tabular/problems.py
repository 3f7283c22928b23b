"""What went wrong and what was tolerated while reading a table, as data: all collected, none raised."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be read: where it stands, what stands there, and a sentence to act on."""

    file: str
    reason: str
    sheet: str = ""
    row: int | None = None  # as the spreadsheet shows it
    column: str = ""  # letters, with the header when it is known: 'D (agreed)'
    value: str = ""

    def __str__(self) -> str:
        places = [self.file]
        places += [f"sheet {self.sheet}"] if self.sheet else []
        places += [f"row {self.row}"] if self.row is not None else []
        places += [f"column {self.column}"] if self.column else []
        places += [f"value {_short(self.value)}"] if self.value else []
        return f"{', '.join(places)}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Note:
    """What was read with tolerance, so that nobody is surprised by it later."""

    file: str
    text: str
    sheet: str = ""
    row: int | None = None

    def __str__(self) -> str:
        places = [self.file]
        places += [f"sheet {self.sheet}"] if self.sheet else []
        places += [f"row {self.row}"] if self.row is not None else []
        return f"{', '.join(places)}: {self.text}"


@dataclass(frozen=True, slots=True)
class Imported(Generic[T]):
    """What an import read; `value` is None when a problem makes it unusable, and `problems` then says why.

    `draft` is what could be understood all the same: good enough to check other files against, for nothing else.
    """

    value: T | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    draft: T | None = None


def _short(text: str, most: int = 80) -> str:
    one_line = " ".join(text.split())
    return repr(one_line if len(one_line) <= most else f"{one_line[: most - 1]}…")
