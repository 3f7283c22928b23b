"""Themes of the comments: a codebook, two people who code on their own, what they agree on and what is settled."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from communitas.benchmarking.rules.agreement import BEYOND_CHANCE_FROM
from communitas.benchmarking.rules.figure import coefficient_in_words, percent_in_words
from communitas.benchmarking.rules.statistics.agreement import kappa
from communitas.benchmarking.rules.statistics.values import Undefined
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

Standing = Literal["open", "once", "agreed", "differs", "settled"]
STANDINGS: Final[Mapping[Standing, str]] = {
    "open": "nobody has coded it",
    "once": "one person has coded it",
    "agreed": "both coded it the same",
    "differs": "the two differ",
    "settled": "the difference is settled",
}
MOST_CODES: Final = 60
Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Code:
    """One theme: when it is used, an example, and the wider theme to which it belongs. A retired one is kept."""

    key: str
    name: str
    definition: str = ""
    examples: str = ""
    parent: str = ""
    retired: bool = False


Codes = tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agreed on one theme, over `n` comments. `beyond` allows for luck, in words where it cannot.

    `both`, `one` and `neither` count the comments on which both, only one, and none of them used it.
    """

    name: str
    n: int
    both: int
    one: int
    neither: int
    same: str
    beyond: str
    value: float | None = None


def put(codes: Codes, code: Code) -> Codes:
    """The codes with one more, or with one changed."""
    refuse_code(code, codes)
    if any(each.key == code.key for each in codes):
        return tuple(code if each.key == code.key else each for each in codes)
    return (*codes, code)


def new_key(codes: Codes) -> str:
    """A key that no theme has."""
    return f"t{max((int(each.key[1:]) for each in codes), default=0) + 1}"


def in_order(codes: Codes) -> Codes:
    """Wider themes by name, each followed by those that belong to it."""
    tops = sorted((each for each in codes if not each.parent), key=lambda each: each.name.casefold())
    under = sorted((each for each in codes if each.parent), key=lambda each: each.name.casefold())
    return tuple(row for top in tops for row in (top, *(each for each in under if each.parent == top.key)))


@rule
def refuse_code(code: Code, codes: Codes) -> None:
    """A theme has a name of its own and says when it is used; a theme within another has none within itself."""
    others = [each for each in codes if each.key != code.key]
    known = {each.key: each for each in others}
    fine = (
        bool(code.name.strip())
        and bool(code.definition.strip())
        and code.name.strip().casefold() not in {each.name.strip().casefold() for each in others}
        and len(others) < MOST_CODES
    )
    if code.parent:
        fine = fine and code.parent in known and not known[code.parent].parent
        fine = fine and not any(each.parent == code.key for each in others)
    if not fine:
        raise NotAllowed(sentence(refuse_code))


@rule
def refuse_unknown_codes(chosen: Collection[str], codes: Codes) -> None:
    """A comment is coded with themes of the codebook that are in use."""
    if not set(chosen) <= {each.key for each in codes if not each.retired}:
        raise NotAllowed(sentence(refuse_unknown_codes))


@rule
def refuse_third_coder(*, coders: Sequence[int | None], by: int) -> None:
    """Two people code a comment; once both have, it is settled together and coded by nobody else."""
    if None not in coders:
        raise NotAllowed(sentence(refuse_third_coder))


@rule
def refuse_settling(standing: str, reason: str) -> None:
    """A difference is settled once two people have coded a comment differently, and with the reason."""
    if standing not in {"differs", "settled"} or not reason.strip():
        raise NotAllowed(sentence(refuse_settling))


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many communities spoke of a theme; `of_one` are those of the legal operator with most of them."""

    communities: int
    of_one: int


@rule
def shows_theme(spoken: Spoken, *, threshold: int, dominance: float) -> bool:
    """A theme is told in public from five communities on, or as many more as the network has set, of several operators.

    No legal operator may run more than `dominance` per cent of them: half, or less where the network has set that.
    """
    return spoken.communities >= threshold and 100 * spoken.of_one <= dominance * spoken.communities


def spoken_of(operators: Mapping[int, int | None]) -> Spoken:
    """Who spoke, from the legal operator of each community; one without an operator stands for itself."""
    of_each = Counter(operator for operator in operators.values() if operator is not None)
    return Spoken(len(operators), max(of_each.values(), default=1 if operators else 0))


def standing_of(first: Keys | None, second: Keys | None, settled: Keys | None) -> Standing:
    """Where a comment stands."""
    if settled is not None:
        return "settled"
    if first is None or second is None:
        return "open" if first is None and second is None else "once"
    return "agreed" if first == second else "differs"


def final_of(first: Keys | None, second: Keys | None, settled: Keys | None) -> Keys | None:
    """The themes that count: what was settled, else what both found; None before that."""
    if settled is not None:
        return settled
    return first if first is not None and first == second else None


def with_parents(keys: Keys, codes: Codes) -> Keys:
    """The themes and the wider ones to which they belong."""
    return keys | {each.parent for each in codes if each.key in keys and each.parent}


def agreements(pairs: Sequence[tuple[Keys, Keys]], codes: Iterable[Code]) -> tuple[Agreement, ...]:
    """Agreement on each theme in use and, last, over all of them together."""
    rows = [agreement(code.name, _table(pairs, code.key)) for code in codes if not code.retired]
    if len(rows) < 2:
        return tuple(rows)
    together = [sum(each) for each in zip(*((row.both, row.one, row.neither) for row in rows), strict=True)]
    first = sum(_table(pairs, code.key)[1][0] for code in codes if not code.retired)
    table = ((together[2], together[1] - first), (first, together[0]))
    return (*rows, agreement("All themes together", table))


Table = tuple[tuple[int, int], tuple[int, int]]


@rule
def agreement(name: str, table: Table) -> Agreement:
    """Agreement on a theme beyond luck is Cohen's kappa, from 30 comments, and only where its use varies.

    `table[i][j]`: 1 is used, 0 not, by the first (i) and by the second (j). Comments that say nothing of a theme for
    either person are most of them, so that the plain share alone would flatter.
    """
    (neither, second), (first, both) = table
    n = neither + second + first + both
    if not n:
        return Agreement(name, 0, 0, 0, 0, "Two people have not coded any comment yet", "–")
    same = f"{both + neither} of {n} the same, {percent_in_words((both + neither) / n)}"
    value = kappa(table, "unweighted").value
    if isinstance(value, Undefined):
        what = "used it always" if both else "never used it"
        return Agreement(name, n, both, 0, neither, same, f"Cannot be calculated: both {what}")
    if n < BEYOND_CHANCE_FROM:
        few = f"Too few to calculate: only {n}"
        return Agreement(name, n, both, first + second, neither, same, few)
    return Agreement(name, n, both, first + second, neither, same, coefficient_in_words(value), value)


def _table(pairs: Sequence[tuple[Keys, Keys]], key: str) -> Table:
    both = sum(key in one and key in other for one, other in pairs)
    first = sum(key in one and key not in other for one, other in pairs)
    second = sum(key not in one and key in other for one, other in pairs)
    return (len(pairs) - both - first - second, second), (first, both)
