"""How alike the criteria of two editions are, as numbers between 0 and 1."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from communitas.standards.rules.edition import Criterion

Matrix = NDArray[np.float64]

# Words that say nothing about what a criterion is about.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be been by can do for from has have how in into is it its of on or so than that
        the their them there they this to was what when where which who will with""",
    )
)
_ENDINGS = (
    "ations",
    "ation",
    "ions",
    "ing",
    "ion",
    "ied",
    "ies",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
    "y",
)
_SHORTEST_STEM = 3


def plain(text: str) -> str:
    """The text without case, punctuation and extra spaces: what must be equal for 'the same words'."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("'", "").replace("’", "")))


@dataclass(frozen=True, slots=True)
class Alike:
    """Matrices with a row for each old criterion and a column for each new one.

    `text` compares the statements letter by letter and word by word and lets guidance, evidence and plain
    text support them. `old_words` and `new_words` hold the weights of each criterion's words, with a column
    for each word; rare words weigh more.
    """

    text: Matrix
    old_words: Matrix
    new_words: Matrix

    def turned(self) -> "Alike":
        """The same comparison seen from the new edition."""
        return Alike(self.text.T, self.new_words, self.old_words)

    def covered(self, row: int, columns: Sequence[int]) -> float:
        """How much of an old criterion's words, by weight, the new ones say together."""
        weights = self.old_words[row]
        said = reduce(np.logical_or, (self.new_words[column] > 0 for column in columns))
        total = float(weights.sum())
        return float(weights[said].sum()) / total if total else 0.0

    def drawn_from(self, row: int, column: int) -> float:
        """How much of a new criterion's words, by weight, comes from the old one."""
        return self.turned().covered(column, [row])


def compare(old: Sequence[Criterion], new: Sequence[Criterion]) -> Alike:
    """How alike every old criterion is to every new one."""
    statements = [[plain(criterion.statement) for criterion in side] for side in (old, new)]
    letters = process.cdist(*statements, scorer=fuzz.ratio, dtype=np.float64) / 100
    old_words, new_words = _weights(*statements)
    own = 0.5 * letters + 0.5 * _cosine(old_words, new_words)
    beside = [[_beside(criterion) for criterion in side] for side in (old, new)]
    support = _cosine(*_weights(*beside))
    # Support may lift a reworded statement; where there is none it must not pull one down.
    return Alike(np.maximum(own, 0.6 * own + 0.4 * support), old_words, new_words)


def _beside(criterion: Criterion) -> str:
    return plain(f"{criterion.plain_text} {criterion.guidance} {criterion.evidence}")


def _weights(old: Sequence[str], new: Sequence[str]) -> tuple[Matrix, Matrix]:
    stems = [[set(_stems(text)) for text in side] for side in (old, new)]
    found = Counter(stem for side in stems for text in side for stem in text)
    column = {stem: number for number, stem in enumerate(sorted(found))}
    total = len(old) + len(new)
    result = []
    for side in stems:
        matrix = np.zeros((len(side), max(1, len(column))))
        for row, text in enumerate(side):
            for stem in text:
                matrix[row, column[stem]] = np.log((1 + total) / found[stem])
        result.append(matrix)
    return result[0], result[1]


def _stems(text: str) -> Iterable[str]:
    for word in text.split():
        if word not in _EMPTY:
            yield next(
                (
                    word[: -len(ending)]
                    for ending in _ENDINGS
                    if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM
                ),
                word,
            )


def _cosine(old: Matrix, new: Matrix) -> Matrix:
    lengths = [np.linalg.norm(side, axis=1, keepdims=True) for side in (old, new)]
    units = [side / np.where(length, length, 1) for side, length in zip((old, new), lengths, strict=True)]
    product: Matrix = units[0] @ units[1].T
    return product
