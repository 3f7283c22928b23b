"""The table of permissions: one row for each action, one column for each role, a condition in each cell."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from communitas.members.rules.roles import Duty, Role

ACTION_COLUMN: Final = "resource.action"
ROLE_COLUMNS: Final = tuple(role.value for role in Role)

# What each condition asks, as the end of 'This is possible when ...'.
MEANINGS: Final = {
    "Y": "you hold the role",
    "N": "it is never allowed",
    "S": "it is about you or was written by you",
    "O": "the community is one of yours",
    "K": "the community is one of yours and you are named to contribute",
    "T": "you are on the team of this visit",
    "C": "you are on the panel of this case and have declared no interest",
    "P": "it is public",
    "F": "it has been released to you",
    "W": "its window is open",
    "G": "it sums up at least 5 people",
    "L": "you hold a link or code that is still valid",
    "V": "your address has been confirmed",
    "B": "you give a reason for an emergency look, which is recorded and told to the data protection contact",
    "2": "a second person confirms it",
    "not-author": "you did not write it",
    **{duty.value: f"you are the {duty.word} of the office" for duty in Duty},
}
_ACTION = re.compile(r"[a-z_]+\.[a-z_0-9]+")


@dataclass(frozen=True, slots=True)
class Atom:
    """One condition, such as `O`; with an argument for `T+30` (days), `2:office` (role) and `Y:technical`."""

    name: str
    argument: str = ""

    def __str__(self) -> str:
        return self.name + ("+" if self.name == "T" and self.argument else ":" if self.argument else "") + self.argument

    @property
    def meaning(self) -> str:
        """What it asks, as the end of 'This is possible when ...'."""
        if self.name == "T" and self.argument:
            return f"you were on the team of this visit, until {self.argument} days after it closed"
        if self.name == "2" and self.argument:
            return f"a second person confirms it ({Role(self.argument).word})"
        if self.name == "Y" and self.argument:
            return f"you hold the role, for {self.argument} entries only"
        return MEANINGS[self.name]


@dataclass(frozen=True, slots=True)
class Expression:
    """A cell: alternatives (`or`), each a list of conditions that must all hold (`and` binds stronger)."""

    alternatives: tuple[tuple[Atom, ...], ...]

    def __str__(self) -> str:
        return " or ".join(" and ".join(str(atom) for atom in all_of) for all_of in self.alternatives)

    def atoms(self) -> Iterator[Atom]:
        """Every condition of the cell, in order."""
        for all_of in self.alternatives:
            yield from all_of

    @property
    def never(self) -> bool:
        """Whether nobody with this role may, whatever the object."""
        return all(Atom("N") in all_of for all_of in self.alternatives)

    def holds(self, answer: Callable[[Atom], bool]) -> bool:
        """Whether some alternative holds; `answer` says it of one condition and is never asked about `N`."""
        return any(all(atom.name != "N" and answer(atom) for atom in all_of) for all_of in self.alternatives)

    @property
    def why(self) -> str:
        """The condition as a sentence."""
        if self.never:
            return "This is never allowed."
        choices = (" and ".join(atom.meaning for atom in all_of) for all_of in self.alternatives)
        return f"This is possible when {'; or when '.join(choices)}."


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell; `row` counts from 1 with the header, as a spreadsheet shows it."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: '{self.value}': {self.reason}"


class TableError(ValueError):
    """The table cannot be read; `problems` names every bad row and cell."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def parse(cell: str) -> Expression:
    """The condition that a cell writes; ValueError says what is wrong with it."""
    if not cell.strip():
        raise ValueError("the cell is empty; write N for never")
    expression = Expression(
        tuple(
            tuple(_atom(word) for word in re.split(r"\s+and\s+", choice))
            for choice in re.split(r"\s+or\s+", cell.strip())
        )
    )
    for all_of in expression.alternatives:
        if len(set(all_of)) < len(all_of):
            raise ValueError("the same condition stands twice")
        if Atom("N") in all_of and len(all_of) > 1:
            raise ValueError("N stands alone")
        if all(atom.name in {"2", "not-author"} for atom in all_of):
            raise ValueError(f"{all_of[0]} only adds to another condition")
    if Atom("N") in expression.atoms() and len(expression.alternatives) > 1:
        raise ValueError("N stands alone")
    return expression


def _atom(word: str) -> Atom:
    name, mark, argument = word, "", ""
    for separator in ("+", ":"):
        if separator in word:
            name, mark, argument = word.partition(separator)
            break
    if name not in MEANINGS:
        raise ValueError(f"'{word}' is no condition")
    if not mark:
        return Atom(name)
    fits = {
        "T+": argument.isascii() and argument.isdigit(),
        "2:": argument in ROLE_COLUMNS,
        "Y:": argument == "technical",
    }
    if not fits.get(name + mark, False):
        raise ValueError(f"'{word}' is no condition")
    return Atom(name, argument)


def load(text: str) -> dict[str, dict[str, Expression]]:
    """The table by action and role, in the order of the file; TableError names every bad row and cell."""
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines()))
    header = rows[0] if rows else []
    if header != [ACTION_COLUMN, *ROLE_COLUMNS]:
        expected = ",".join((ACTION_COLUMN, *ROLE_COLUMNS))
        raise TableError((Problem(1, "header", ",".join(header), f"the columns must be {expected}"),))
    table: dict[str, dict[str, Expression]] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        action, cells = row[0], row[1:]
        if not _ACTION.fullmatch(action):
            problems.append(Problem(number, ACTION_COLUMN, action, "an action reads resource.action"))
        if action in table:
            problems.append(Problem(number, ACTION_COLUMN, action, "the action has a row already"))
        if len(cells) != len(ROLE_COLUMNS):
            problems.append(
                Problem(number, ACTION_COLUMN, action, f"{len(cells)} cells instead of {len(ROLE_COLUMNS)}")
            )
        table[action] = dict(_conditions(number, cells, problems))
    if problems:
        raise TableError(tuple(problems))
    return table


def _conditions(number: int, cells: list[str], problems: list[Problem]) -> Iterator[tuple[str, Expression]]:
    for role, cell in zip(ROLE_COLUMNS, cells, strict=False):
        try:
            yield role, parse(cell)
        except ValueError as error:
            problems.append(Problem(number, role, cell, str(error)))
