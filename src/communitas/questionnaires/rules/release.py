"""What may be shown of the answers that came back: counts from which nobody can work out what one person said.

Everybody who answered knows the own answer, and up to `together` people may put together what they know. From the
released figures and their own answers they must never be certain what anybody else said. Two things would tell them:
too few answers, and answers that are all alike. So an item is counted out only where, whoever takes the own answer
away, at least two different answers remain; where nearly everybody said the same, only that most did is shown, and the
line is drawn one further than needed, so that the one who said something else cannot be sure of being the only one.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

FLOOR: Final = 5  # answers; a network may ask for more, never for fewer
TOGETHER: Final = 1
COUNTS, MOST, ALIKE, TOO_FEW = "counts", "most", "alike", "too_few"
TOO_FEW_WORDS: Final = "Too few answers to show"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of one item.

    `counts`: how many chose each option. `most`: that most or all chose `leading`. `alike` and `too_few`: nothing.
    `answered` is None where even that is not shown.
    """

    outcome: str
    answered: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    leading: str = ""


@rule
def figure_for(
    answers: Sequence[str], options: Collection[str], *, threshold: int = FLOOR, together: int = TOGETHER
) -> Figure:
    """An item is counted out only when at least 5 people answered it and no one could tell from it what another said.

    `answers` are the options that were chosen, one for each person who answered this item; `threshold` is the
    network's, never below 5.
    """
    answered = len(answers)
    if answered < max(threshold, FLOOR):
        return Figure(TOO_FEW)
    counted = Counter(answers)
    leading, most = max(counted.items(), key=lambda pair: (pair[1], pair[0]))
    if answered - most >= together + 2:
        return Figure(COUNTS, answered, {option: counted[option] for option in options})
    if answered > 2 * (together + 1):
        return Figure(MOST, answered, leading=leading)
    return Figure(ALIKE, answered)


@rule
def enough(replies: int, *, threshold: int = FLOOR) -> bool:
    """Figures are made only when at least 5 sheets came back, or more where the network says so."""
    return replies >= max(threshold, FLOOR)


@rule
def refuse_release(state: str, closes_on: date, today: date) -> None:
    """Answers are released once, together, when the window has ended."""
    if state == "released":
        raise NotAllowed("These answers were released already. Released figures never change.")
    if state != "closed" and today <= closes_on:
        raise NotAllowed(f"{sentence(refuse_release)} This one is open until {closes_on:%d %B %Y}; close it first.")


@rule
def refuse_threshold(value: int) -> None:
    """The smallest group of which answers are shown is never below 5."""
    if value < FLOOR:
        raise NotAllowed(sentence(refuse_threshold))
