"""Codes that stand on paper and are keyed in by hand: groups of four signs, each group with a check of its own.

`7KQ4-M2TX-003N` is three groups; in each, three signs carry the number and the fourth checks them. The alphabet has 31
signs, a prime, and each place of a group weighs differently: any single wrong sign and any two neighbours in the wrong
order change a check, so they are always found, and the check says in which group. A group also knows its place, so that
two groups in the wrong order are found too. (Certificates have codes of their own, with one check at the end.)
"""

import re
from collections.abc import Sequence
from typing import Final

# Digits and capital letters without I, L, O, S, U, which are read or written as 1, 1, 0, 5 and V.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
DATA: Final = 3  # signs of a group that carry the number
GROUP: Final = DATA + 1
_BASE: Final = len(ALPHABET)
_WEIGHTS: Final = (2, 3, 5)  # the check weighs 1; all differ, so that swapping two neighbours changes the sum
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "U": "V"})
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015.·_/]+")
_PLACES: Final = ("first", "second", "third", "fourth", "fifth")


class Mistyped(ValueError):
    """The letters are no code; `sentence` says what to look at again, `groups` which groups (1 is the first)."""

    def __init__(self, sentence: str, groups: tuple[int, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence, self.groups = sentence, groups


def with_checks(signs: str) -> str:
    """The code of signs of the alphabet, a multiple of three: `with_checks('7KQM2T003')` is three groups of four."""
    if not signs or len(signs) % DATA or not set(signs) <= set(ALPHABET):
        raise ValueError(f"'{signs}' cannot become a code.")
    groups = [signs[start : start + DATA] for start in range(0, len(signs), DATA)]
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def read(typed: str, groups: int) -> str:
    """The signs that a typed code of so many groups carries; Mistyped with the sentence and the groups that are wrong.

    Small letters, spaces and missing hyphens do not matter; O reads as 0, I and L as 1, S as 5, U as V.
    """
    plain = _BETWEEN.sub("", typed.upper()).translate(_READ_AS)
    if strange := sorted(set(plain) - set(ALPHABET)):
        raise Mistyped(f"A code has only letters and digits: please look at '{strange[0]}' again.")
    if len(plain) != groups * GROUP:
        raise Mistyped(
            f"A code has {groups} groups of {GROUP} signs; here are {len(plain)} signs, not {groups * GROUP}."
        )
    found = [plain[start : start + GROUP] for start in range(0, len(plain), GROUP)]
    wrong = [place for place, group in enumerate(found) if _check(group[:DATA], place) != group[DATA]]
    if wrong:
        raise Mistyped(_sentence(found, wrong), tuple(place + 1 for place in wrong))
    return "".join(group[:DATA] for group in found)


def spelled(typed: str) -> str:
    """A code as it is kept and shown, without asking whether its checks are right."""
    plain = _BETWEEN.sub("", typed.upper()).translate(_READ_AS)
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def signs_of(random_bytes: bytes, length: int) -> str:
    """So many signs of the alphabet from at least as many random bytes: the same bytes give the same signs."""
    if len(random_bytes) < length:
        raise ValueError(f"{length} signs are made from at least {length} bytes.")
    number, signs = int.from_bytes(random_bytes, "big"), ""
    for _ in range(length):
        number, sign = divmod(number, _BASE)
        signs += ALPHABET[sign]
    return signs


def _check(group: str, place: int) -> str:
    total = place + sum(weight * ALPHABET.index(sign) for weight, sign in zip(_WEIGHTS, group, strict=True))
    return ALPHABET[-total % _BASE]


def _sentence(found: Sequence[str], wrong: Sequence[int]) -> str:
    if len(wrong) == 1:
        return f"The {_PLACES[wrong[0]]} group, {found[wrong[0]]}, is not as printed. Please look at it again."
    places = " and the ".join(_PLACES[place] for place in wrong)
    return f"The {places} groups are not as printed. Please look at them again."
