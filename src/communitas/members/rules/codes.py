"""The short codes of communities, which also name their files."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

LONGEST: Final = 40
_CODE: Final = re.compile(r"[A-Za-z0-9._-]+")
# Names that a file system keeps for itself; the code becomes a file name.
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
)


def folded(code: str) -> str:
    """What two equal codes share."""
    return code.casefold()


def is_well_formed(code: str) -> bool:
    """Whether a code has only allowed characters, so that it can name a file on every machine."""
    return (
        len(code) <= LONGEST
        and _CODE.fullmatch(code) is not None
        and set(code) != {"."}
        and folded(code.partition(".")[0]) not in _RESERVED
    )


def repeated(codes: Iterable[str]) -> frozenset[str]:
    """The codes, folded, that stand more than once."""
    return frozenset(code for code, times in Counter(map(folded, codes)).items() if times > 1)


@rule
def refuse_code(code: str, others: Collection[str] = ()) -> None:
    """A community's code has only letters A to Z, digits, dots, hyphens and underscores, and is its own.

    Two codes are equal when they differ only in capital letters. `others` are the codes of the same network.
    """
    if not is_well_formed(code):
        raise NotAllowed(f"{sentence(refuse_code)} '{code}' is not such a code.")
    if folded(code) in {folded(other) for other in others}:
        raise NotAllowed(f"{sentence(refuse_code)} '{code}' is already in use.")
