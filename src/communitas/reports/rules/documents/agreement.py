"""How the self-review compares with the peer-review, and this cycle with the last, in counts and words."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Score
from communitas.reports.rules.documents.parts import Note
from communitas.reports.rules.documents.shares import several, whole
from communitas.reports.rules.documents.technical import agreement_notes, change_in_points

_PERCENT_FROM = 10
_BOTH_FROM = 5


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs scored by both sides, what stands beside them, and the sentences to print."""

    pairs: int
    matched: int
    within_one: int
    self_higher: int
    self_lower: int
    only_one_applied: int
    sentences: tuple[str, ...]
    technical: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Criteria that can be compared with the last cycle: their codes by direction, and the sentence."""

    since: str
    compared: int
    better: tuple[str, ...]
    worse: tuple[str, ...]
    left_out: int  # criteria of today that have no comparable mark in the last cycle
    sentence: str
    points: str = ""  # how far the share met has moved, with its likely range, where there are enough criteria


def agreement(pairs: Iterable[tuple[Score, Score]], *, top: int = 2) -> Agreement:
    """Agreement is told in counts and plain shares of what both sides scored; its coefficient is for the annex."""
    all_pairs = list(pairs)
    both: list[tuple[int, int]] = []
    only_one = 0
    for own, team in all_pairs:
        if isinstance(own, int) and isinstance(team, int):
            both.append((own, team))
        elif own is not None and team is not None and NOT_APPLICABLE in (own, team) and own != team:
            only_one += 1
    n = len(both)
    matched = sum(own == team for own, team in both)
    near = sum(abs(own - team) <= 1 for own, team in both)
    higher = sum(own > team for own, team in both)
    lower = sum(own < team for own, team in both)
    sentences = tuple(_sentences(both, top, matched, near, higher, lower, only_one))
    technical = agreement_notes(all_pairs, top=top) if n else ()
    return Agreement(n, matched, near, higher, lower, only_one, sentences, technical)


def _sentences(
    both: list[tuple[int, int]], top: int, matched: int, near: int, higher: int, lower: int, only_one: int
) -> Iterable[str]:
    n = len(both)
    if not n:
        yield "No criterion was scored by both you and the review team, so the two cannot be compared."
        return
    yield f"You and the review team gave the same mark on {_of(matched, n)}."
    if top > 1 and near > matched:
        yield f"You were the same or one step apart on {_of(near, n)}."
    if higher or lower:
        yield f"You marked yourselves higher on {higher} and lower on {lower}."
    else:
        yield "There were no differences."
    unmet_by_you = sum(own < top for own, _ in both)
    unmet_by_team = sum(team < top for _, team in both)
    unmet_by_both = sum(own < top and team < top for own, team in both)
    if unmet_by_you + unmet_by_team >= 2 * _BOTH_FROM:
        share = whole(200 * unmet_by_both / (unmet_by_you + unmet_by_team))
        yield f"Where a criterion was not fully met, both sides said so {share}% of the time."
    elif unmet_by_you or unmet_by_team:
        yield (f"You found {unmet_by_you} not fully met, the team {unmet_by_team}; on {unmet_by_both} both said so.")
    if only_one:
        yield f"On {several(only_one, 'criterion', 'criteria')} only one side thought that it applies to you."


def _of(part: int, n: int) -> str:
    counted = f"{part} of {several(n, 'criterion', 'criteria')}"
    return f"{counted} ({whole(100 * part / n)}%)" if n >= _PERCENT_FROM else counted


def change(since: str, marks: Iterable[tuple[str, Score, Score]], *, top: int = 2) -> Change:
    """Change is counted only on criteria that lineage lets us compare; (code, last mark, mark now)."""
    better: list[str] = []
    worse: list[str] = []
    pairs: list[tuple[str, int, int]] = []
    left_out = 0
    for code, before, now in marks:
        if isinstance(before, int) and isinstance(now, int):
            pairs.append((code, before, now))
            if now > before:
                better.append(code)
            elif now < before:
                worse.append(code)
        elif before is None and now is not None:
            left_out += 1
    compared = len(pairs)
    if not compared:
        sentence = f"Nothing can be compared with {since}."
    elif not better and not worse:
        sentence = (
            f"None of the {several(compared, 'criterion', 'criteria')} that can be compared with {since} changed."
        )
    else:
        stayed = compared - len(better) - len(worse)
        sentence = (
            f"Of {several(compared, 'criterion', 'criteria')} that can be compared with {since}, "
            f"{len(better)} went up, {len(worse)} went down and {stayed} stayed the same."
        )
    return Change(since, compared, tuple(better), tuple(worse), left_out, sentence, change_in_points(pairs, top=top))
