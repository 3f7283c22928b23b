"""What people write: general texts by section, particular ones for one or two communities only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from communitas.demo.network.data import load
from communitas.demo.network.luck import luck
from communitas.demo.network.scoring import Score

FIRST: Final = "LARK"  # whose year holds the particular texts
OFTEN: Final = {"met": 0.22, "partly": 0.9, "not": 0.97}  # how often a mark is explained
Texts = dict[str, dict[str, list[str]]]


def mark_word(score: Score, top: int = 2) -> str:
    """The word by which the data file knows a mark."""
    return "met" if score == top else "not" if score == 0 else "partly"


@lru_cache(maxsize=1)
def _by_section() -> Mapping[str, Texts]:
    return {one["section"]: one for one in load("comments.yaml")["sections"]}


@lru_cache(maxsize=1)
def _by_criterion() -> Mapping[str, Texts]:
    return {one["key"]: one for one in load("comments.yaml")["criteria"]}


@dataclass
class Writer:
    """Writes for one community in one year, and never the same sentence twice while another is left."""

    seed: int
    code: str
    year: int
    section_of: Mapping[str, str]  # the section's code by the key of a criterion
    others: list[str] = field(default_factory=list)  # who else may tell of particulars
    top: int = 2
    decks: dict[tuple[str, ...], Iterator[str]] = field(default_factory=dict)

    def comments(self, scores: Mapping[str, Score], side: str, *, share: float = 1.0) -> dict[str, str]:
        """Comments beside some of the scores; `side` is 'self' or 'reviewer', `share` makes them rarer."""
        found = {}
        for key, score in scores.items():
            if score == "NA":
                continue
            mark = mark_word(score, self.top)
            chance = luck(self.seed, "says", self.code, side, key, self.year)
            own = self._particular(key, side, mark)
            if own:
                found[key] = own
            elif chance.random() < OFTEN[mark] * share:
                found[key] = self._general(self.section_of[key], side, mark)
        return found

    def reasons(self, scores: Mapping[str, Score]) -> dict[str, tuple[Score, str]]:
        """Scores as an action takes them: 'not applicable' with its reason."""
        return {key: (score, self.draw("not_applicable") if score == "NA" else "") for key, score in scores.items()}

    def agreed(self, scores: Mapping[str, Score], own: Mapping[str, Score]) -> dict[str, tuple[Score, str]]:
        """Agreed scores, each with a reason where it differs from the community's own or is not applicable."""
        return {
            key: (score, self.draw("agreed_differs") if own.get(key) != score else self._why(score))
            for key, score in scores.items()
        }

    def noted(self, kind: str, section: str) -> str:
        """An achievement or an area for improvement of a section."""
        deck = self._deck(
            (kind, section), [one["text"] for one in load("comments.yaml")[kind] if one["section"] == section]
        )
        return next(deck)

    def action(self, section: str) -> dict[str, Any]:
        """An action for the plan: owner, month after the report, text."""
        actions = [one for one in load("comments.yaml")["actions"] if one["section"] == section]
        wanted = next(self._deck(("actions", section), [one["text"] for one in actions]))
        return next(one for one in actions if one["text"] == wanted)

    def draw(self, kind: str) -> str:
        """One of the texts that stand in a plain list: feedback to the host, reasons."""
        return next(self._deck((kind,), list(load("comments.yaml")[kind])))

    def point(self, *decisions: str) -> dict[str, str]:
        """A point of a factual check that came to one of these decisions."""
        points = [one for one in load("comments.yaml")["factual_accuracy"] if one["decision"] in decisions]
        wanted = next(self._deck(("factual_accuracy", *decisions), [one["point"] for one in points]))
        return next(one for one in points if one["point"] == wanted)

    def _why(self, score: Score) -> str:
        return self.draw("not_applicable") if score == "NA" else ""

    def _particular(self, key: str, side: str, mark: str) -> str:
        known = _by_criterion().get(key)
        if known is None:
            return ""
        second = luck(self.seed, "tells", key).choice(self.others) if self.others else ""
        if self.code not in {FIRST, second} or self.year != (YEAR_OF_PARTICULARS if self.code == FIRST else LAST_YEAR):
            return ""
        texts = known.get(side, {}).get(mark, [])
        return texts[0] if texts else ""

    def _general(self, section: str, side: str, mark: str) -> str:
        endings = load("comments.yaml")["endings"][side][mark]
        text = next(self._deck((section, side, mark), _by_section()[section][side][mark]))
        chance = luck(self.seed, "ends", self.code, text, self.year)
        if "\n" in text or chance.random() < 0.6:
            return text
        return f"{text} {next(self._deck(('ending', side, mark), endings))}"

    def _deck(self, name: tuple[str, ...], texts: list[str]) -> Iterator[str]:
        if name not in self.decks:
            self.decks[name] = self._shuffled(name, texts)
        return self.decks[name]

    def _shuffled(self, name: tuple[str, ...], texts: list[str]) -> Iterator[str]:
        chance = luck(self.seed, self.code, self.year, name)
        while True:
            yield from chance.sample(texts, len(texts))


YEAR_OF_PARTICULARS: Final = 5
LAST_YEAR: Final = 4
