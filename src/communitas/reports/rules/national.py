"""The words of a national report: written until its figures are proposed for release, then kept as they are."""

import hashlib
from collections.abc import Collection, Iterable

from communitas.benchmarking.rules.releasing import FROZEN, RELEASED
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence
from communitas.reports.rules.practice import named


@rule
def refuse_write(*, state: str, waiting: bool) -> None:
    """The introduction is written until the figures are proposed for release."""
    if state != FROZEN or waiting:
        raise NotAllowed(sentence(refuse_write))


@rule
def refuse_freeze(*, waiting: bool) -> None:
    """Figures that wait for a second person are released or declined before they are frozen anew."""
    if waiting:
        raise NotAllowed(sentence(refuse_freeze))


@rule
def refuse_other_words(*, proposed: str, found: str) -> None:
    """The second person releases exactly the introduction and the blocks that the first one proposed."""
    if proposed != found:
        raise NotAllowed(sentence(refuse_other_words))


@rule
def refuse_erratum(text: str, *, state: str, names: Collection[str]) -> None:
    """A released report is corrected in words without figures; numbers move to the next report.

    `names` may hold digits: codes of its standards and the name of its cycle.
    """
    left = text
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name, "")
    if state != RELEASED or not text.strip() or any(letter.isnumeric() for letter in left):
        raise NotAllowed(sentence(refuse_erratum))


@rule
def refuse_named(text: str, communities: Iterable[str]) -> None:
    """A correction of a national report names no community."""
    found = named(text, communities)
    if found:
        raise NotAllowed(f"{sentence(refuse_named)} Please say it without: {', '.join(found)}.")


def words_hash(text: str) -> str:
    """sha256 of the introduction."""
    return hashlib.sha256(text.encode()).hexdigest()
