"""Named places that a lower app leaves open and a higher app fills."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Found = TypeVar("Found")


@dataclass
class Slot(Generic[Found]):
    """A question about many objects at once: given ids, a filler answers a dictionary by id, in one query."""

    name: str
    _fillers: list[Callable[[list[int]], dict[int, Found]]] = field(default_factory=list)

    def fill(self, filler: Callable[[list[int]], dict[int, Found]]) -> None:
        """Answer this slot. Call it in `apps.py`; a second call with the same filler changes nothing."""
        if filler not in self._fillers:
            self._fillers.append(filler)

    def ask(self, ids: Iterable[int]) -> dict[int, list[Found]]:
        """What every filler knows of each id; ids that nobody knows are left out."""
        wanted = list(ids)
        answers: dict[int, list[Found]] = {}
        for filler in self._fillers:
            for key, found in filler(wanted).items():
                answers.setdefault(key, []).append(found)
        return answers
