"""A dot for each community, stacked at its balance: the drawing of how far giving and taking balance out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 600.0
STEP: Final = 22.0  # between two dots, if there is room
RADIUS: Final = 7.0
MARGIN: Final = 18.0
FOOT: Final = 26.0  # for the numbers below
NUMBERS: Final = 12  # as many as have room side by side


@dataclass(frozen=True, slots=True)
class Dot:
    """One community at its balance."""

    at: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Dots in a box of this width and height; `labels` are balances with where they stand, `foot` their line."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    labels: tuple[tuple[int, float], ...]
    foot: float


def stack(counts: Mapping[int, int]) -> Stack:
    """Draw how many stand at each value. `counts` has every value from the lowest to the highest."""
    tallest = max(counts.values(), default=0)
    floor = round(MARGIN + STEP * max(1, tallest), 1)
    across = (WIDTH - 2 * MARGIN) / max(1, len(counts) - 1)
    xs = {at: round(MARGIN + across * place, 1) for place, at in enumerate(counts)}
    if len(counts) == 1:
        xs = dict.fromkeys(counts, WIDTH / 2)
    dots = tuple(
        Dot(at, xs[at], round(floor - STEP * (number + 0.5), 1))
        for at, count in counts.items()
        for number in range(count)
    )
    every = -(-len(counts) // NUMBERS) or 1
    labels = tuple((at, x) for at, x in xs.items() if at % every == 0)
    return Stack(WIDTH, floor + FOOT, dots, labels, round(floor + FOOT - 8, 1))
