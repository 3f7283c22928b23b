"""How the criteria of one edition relate to those of the edition before it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence
from communitas.standards.rules.edition import Criterion, Edition
from communitas.standards.rules.identity import key_of
from communitas.standards.rules.similarity import Alike, Matrix, compare, plain


class Kind(StrEnum):
    """What became of a criterion, in the words of the network."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    WITHDRAWN = "withdrawn"
    LEVEL_CHANGED = "level_changed"


# Hints lift a pair of criteria, but never over the threshold alone.
SAME_KEY: Final = 0.35
SAME_CODE: Final = 0.06
SAME_STANDARD: Final = 0.06
NEAR: Final = 0.04
ENOUGH: Final = 0.48  # alike, hints included, from which two criteria are taken for one
PART: Final = 0.24  # alike, from which a criterion may be a part of another
PART_SAYS: Final = 0.12  # share of the whole's words that a further part must add
PART_FROM: Final = 0.25  # share of the part's own words that must come from the whole
NEIGHBOURS: Final = 3  # parts of one criterion stand this close to each other

Group = tuple[tuple[int, ...], tuple[int, ...]]  # places in the earlier and in the new edition


@dataclass(frozen=True, slots=True)
class Link:
    """One statement of lineage.

    `same_meaning` decides whether trends run on: True, False, or None while the office has yet to say.
    `similarity` is between 0 and 1; `why` explains a proposal in a sentence.
    """

    kind: Kind
    from_keys: tuple[str, ...]
    to_keys: tuple[str, ...]
    same_meaning: bool | None = None
    similarity: float = 0.0
    why: str = ""


def propose(old: Edition, new: Edition) -> tuple[Link, ...]:
    """What probably became of each criterion, in the order of the new edition, withdrawn ones last.

    Equal words are matched first; then the rest one to one, by the greatest sum of likeness; then what is
    left over is tried as a further part of a split or a merge. The same editions give the same proposal.
    """
    before, after = tuple(old.criteria()), tuple(new.criteria())
    same = dict(_same_words(before, after))
    rest_before = [row for row in range(len(before)) if row not in same]
    rest_after = [column for column in range(len(after)) if column not in set(same.values())]
    groups: list[Group] = [((row,), (column,)) for row, column in same.items()]
    groups += _match(before, after, rest_before, rest_after)
    links = [(min(columns, default=len(after)), rows, columns) for rows, columns in groups]
    return tuple(
        link_between([before[row] for row in rows], [after[column] for column in columns])
        for _, rows, columns in sorted(links)
    )


def _same_words(before: Sequence[Criterion], after: Sequence[Criterion]) -> Iterator[tuple[int, int]]:
    """Pairs with equal words; where words stand several times, keys, codes and then the order decide."""
    places: dict[str, list[int]] = defaultdict(list)
    for column, criterion in enumerate(after):
        places[plain(criterion.statement)].append(column)
    waiting = list(range(len(before)))
    for name in (key_of, lambda criterion: criterion.code, lambda criterion: ""):
        for row in tuple(waiting):
            columns = places[plain(before[row].statement)]
            found = next((column for column in columns if name(after[column]) == name(before[row])), None)
            if found is not None:
                columns.remove(found)
                waiting.remove(row)
                yield row, found


def _match(before: Sequence[Criterion], after: Sequence[Criterion], rows: list[int], columns: list[int]) -> list[Group]:
    if not rows or not columns:
        return [((row,), ()) for row in rows] + [((), (column,)) for column in columns]
    alike = compare([before[row] for row in rows], [after[column] for column in columns])
    score = alike.text + _hints(before, after, rows, columns)
    pairs = {
        int(row): int(column)
        for row, column in zip(*linear_sum_assignment(-score), strict=True)
        if score[row, column] >= ENOUGH
    }
    splits = _parts(alike, pairs, columns)
    turned = {column: row for row, column in pairs.items()}
    merges = _parts(alike.turned(), turned, rows)
    groups: list[Group] = []
    seen_rows: set[int] = set()
    seen_columns: set[int] = set()
    found: list[Group] = [((row,), parts) for row, parts in splits.items()]
    found += [(parts, (column,)) for column, parts in merges.items()]
    found += [((row,), (column,)) for row, column in pairs.items()]
    for own_rows, own_columns in found:
        if seen_rows.isdisjoint(own_rows) and seen_columns.isdisjoint(own_columns):
            seen_rows.update(own_rows)
            seen_columns.update(own_columns)
            groups.append((tuple(rows[row] for row in own_rows), tuple(columns[column] for column in own_columns)))
    groups += [((row,), ()) for place, row in enumerate(rows) if place not in seen_rows]
    groups += [((), (column,)) for place, column in enumerate(columns) if place not in seen_columns]
    return groups


def _hints(before: Sequence[Criterion], after: Sequence[Criterion], rows: list[int], columns: list[int]) -> Matrix:
    hints = np.zeros((len(rows), len(columns)))
    for place, row in enumerate(rows):
        old = before[row]
        for other, column in enumerate(columns):
            new = after[column]
            hints[place, other] = (
                (SAME_KEY if _own_key(old) and key_of(old) == key_of(new) else 0)
                + (SAME_CODE if old.code == new.code else 0)
                + (SAME_STANDARD if old.standard and plain(old.standard) == plain(new.standard) else 0)
                + NEAR * (1 - abs(row / len(before) - column / len(after)))
            )
    return hints


def _own_key(criterion: Criterion) -> bool:
    """Whether the key says more than the code, which is often given anew to another criterion."""
    return bool(criterion.key) and criterion.key != criterion.code


def _parts(alike: Alike, pairs: dict[int, int], places: list[int]) -> dict[int, tuple[int, ...]]:
    """For each whole, its part so far and the neighbours that say more of it, if there are any."""
    matched = set(pairs.values())
    offers = sorted(
        (
            (float(alike.text[whole, part]), whole, part)
            for part in range(len(places))
            if part not in matched
            for whole in range(alike.text.shape[0])
            if alike.text[whole, part] >= PART
        ),
        key=lambda offer: (-offer[0], offer[1], offer[2]),
    )
    parts = {whole: [part] for whole, part in pairs.items()}
    used: set[int] = set()
    for _, whole, part in offers:
        own = parts.setdefault(whole, [])
        if part in used or (own and min(abs(places[part] - places[other]) for other in own) > NEIGHBOURS):
            continue
        more = alike.covered(whole, [*own, part]) - (alike.covered(whole, own) if own else 0.0)
        if more >= PART_SAYS and alike.drawn_from(whole, part) >= PART_FROM:
            own.append(part)
            used.add(part)
    return {whole: tuple(sorted(own)) for whole, own in parts.items() if len(own) > 1}


def link_between(old: Sequence[Criterion], new: Sequence[Criterion]) -> Link:
    """That these earlier criteria became these new ones, with the kind that their number and words say."""
    froms, tos = tuple(map(key_of, old)), tuple(map(key_of, new))
    if not old:
        return Link(Kind.NEW, froms, tos, False, 0.0, "Nothing in the earlier edition is like it.")
    if not new:
        return Link(Kind.WITHDRAWN, froms, tos, False, 0.0, "Nothing in the new edition is like it.")
    texts = [plain(" ".join(criterion.statement for criterion in side)) for side in (old, new)]
    likeness = round(fuzz.ratio(*texts) / 100, 2)
    if len(new) > 1:
        return Link(Kind.SPLIT, froms, tos, False, likeness, f"{len(new)} new criteria share its words.")
    if len(old) > 1:
        return Link(Kind.MERGED, froms, tos, False, likeness, f"It shares words with {len(old)} earlier criteria.")
    was, now = old[0], new[0]
    levels = "" if was.level == now.level else f" The level changes from {was.level:d} to {now.level:d}."
    if texts[0] != texts[1]:
        key = " They have the same key." if _own_key(was) and froms == tos else ""
        return Link(Kind.REWORDED, froms, tos, None, likeness, f"The words are {likeness:.0%} alike.{key}{levels}")
    kind = Kind.LEVEL_CHANGED if levels else Kind.UNCHANGED
    return Link(kind, froms, tos, True, 1.0, f"The words are the same.{levels}{_beside(was, now)}")


def _beside(was: Criterion, now: Criterion) -> str:
    names = [
        word
        for word, differs in (
            ("guidance", was.guidance != now.guidance),
            ("evidence", was.evidence != now.evidence),
            ("service types", set(was.applies_to) != set(now.applies_to)),
        )
        if differs
    ]
    return f" Changed beside it: {', '.join(names)}." if names else ""


@rule
def refuse_incomplete_lineage(old: Edition, new: Edition, links: Sequence[Link]) -> None:
    """Every criterion of both editions stands in exactly one statement of lineage that fits its kind."""
    if found := problems(old, new, links):
        raise NotAllowed(f"{sentence(refuse_incomplete_lineage)} {' '.join(found)}")


def problems(old: Edition, new: Edition, links: Sequence[Link]) -> tuple[str, ...]:
    """What is wrong with a lineage that the office wants to confirm, as sentences; empty when all is well."""
    before = {key_of(criterion): criterion for criterion in old.criteria()}
    after = {key_of(criterion): criterion for criterion in new.criteria()}
    found: list[str] = []
    for side, known, keys in (
        ("earlier", before, [key for link in links for key in link.from_keys]),
        ("new", after, [key for link in links for key in link.to_keys]),
    ):
        times = Counter(keys)
        found += [f"{key} is no criterion of the {side} edition." for key in times if key not in known]
        found += [f"{known[key].code} of the {side} edition is missing." for key in known if key not in times]
        found += [
            f"{known[key].code} of the {side} edition stands {times[key]} times." for key in known if times[key] > 1
        ]
    if found:
        return tuple(found)
    for link in links:
        found += misfits(link, [before[key] for key in link.from_keys], [after[key] for key in link.to_keys])
    return tuple(found)


# How many criteria a kind joins: of the earlier edition, of the new one; 2 stands for two or more.
_SHAPES: Final = {
    Kind.UNCHANGED: (1, 1),
    Kind.REWORDED: (1, 1),
    Kind.LEVEL_CHANGED: (1, 1),
    Kind.SPLIT: (1, 2),
    Kind.MERGED: (2, 1),
    Kind.NEW: (0, 1),
    Kind.WITHDRAWN: (1, 0),
}


def misfits(link: Link, was: Sequence[Criterion], now: Sequence[Criterion]) -> Iterator[str]:
    """What does not fit between one link and the criteria that it joins, as sentences."""
    name = ", ".join(criterion.code for criterion in (now or was)) or "A statement without criteria"
    if (min(len(was), 2), min(len(now), 2)) != _SHAPES[link.kind]:
        kind = link.kind.value.replace("_", " ")
        yield f"{name}: '{kind}' does not join {len(was)} and {len(now)} criteria."
    elif link.kind == Kind.REWORDED and link.same_meaning is None:
        yield f"{name}: say whether the meaning is the same."
    elif link.kind == Kind.UNCHANGED and was[0].level != now[0].level:
        yield f"{name}: the level has changed."
    elif link.kind == Kind.LEVEL_CHANGED and was[0].level == now[0].level:
        yield f"{name}: the level is the same."
    elif link.kind == Kind.UNCHANGED and plain(was[0].statement) != plain(now[0].statement):
        yield f"{name}: the words have changed."
