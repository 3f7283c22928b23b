"""Along which lines the subjects of an edition are compared with earlier ones, and where a line breaks."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from communitas.benchmarking.queries.stars import lines_of
from communitas.standards import queries as standards
from communitas.standards.models import Edition


@dataclass(frozen=True, slots=True)
class Descent:
    """The line of a subject, the line before its break, what changed there, and the keys of its criteria."""

    line: str = ""
    before: str = ""
    change: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descents:
    """The descents of an edition by level and name of the subject."""

    found: Mapping[tuple[str, str], Descent]

    def of(self, level: str, name: str) -> Descent:
        """Of one subject; an empty one where it has none."""
        return self.found.get((level, name), Descent())


def descents_of(edition: Edition) -> Descents:
    """Of every criterion, every section and everything together.

    A section runs on while each of its criteria does; where one changes, its line breaks.
    """
    data = standards.edition_data(edition)
    lines = lines_of(edition)
    older = _before(edition)
    found: dict[tuple[str, str], Descent] = {}
    for section in data.sections:
        for criterion in section.criteria:
            before, change = older.get(criterion.key, ("", ""))
            found["criterion", criterion.code] = Descent(lines[criterion.key], before, change, (criterion.key,))
        keys = tuple(criterion.key for criterion in section.criteria)
        found["section", section.title] = Descent(_together(lines[key] for key in keys), keys=keys)
    everything = tuple(criterion.key for criterion in data.criteria())
    found["overall", ""] = Descent(_together(lines[key] for key in everything), keys=everything)
    return Descents(found)


def _before(edition: Edition) -> dict[str, tuple[str, str]]:
    """By key: the line in which a criterion's line began, with a break, and what kind of change it was."""
    steps: list[Edition] = [edition]
    while (older := standards.predecessor_of(steps[-1])) is not None:
        steps.append(older)
    found: dict[str, tuple[str, str]] = {}
    here = {key: key for key in standards.by_key(edition.pk)}  # from the newest key to the key in each edition
    for newer, older in pairwise(steps):
        ancestors = standards.ancestors(newer, older)
        lines = lines_of(older)
        further: dict[str, str] = {}
        for key, then in here.items():
            who = ancestors.get(then, ())
            if len(who) == 1 and who[0].comparable:
                further[key] = who[0].key
            elif who:
                found[key] = (lines[who[0].key], str(who[0].kind))
        here = further
    return found


def _together(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
