"""Choose the sheet of a file that holds the wanted table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from communitas.kit.tabular.cells import match_key
from communitas.kit.tabular.headers import Header, find_header
from communitas.kit.tabular.problems import Note, Problem
from communitas.kit.tabular.sheets import Reading, Sheet


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """The sheets that hold the table, each with its header; without any, the problems say what is missing."""

    found: tuple[tuple[Sheet, Header], ...] = ()
    problems: tuple[Problem, ...] = ()

    def notes(self) -> tuple[Note, ...]:
        """What was tolerated in the chosen sheets."""
        return tuple(Note(sheet.file, text, sheet.name) for sheet, _ in self.found for text in sheet.notes)


def choose_sheets(
    reading: Reading,
    wanted: Mapping[str, Sequence[str]],
    required: Collection[str],
    *,
    file: str,
    named: Collection[str] = (),
    given: Mapping[str, str] | None = None,
) -> SheetChoice:
    """Every sheet that has the required headers, in the order of the file; the `named` ones if any are named.

    Hidden sheets are read only by name. Problems are those of the sheet that came nearest.
    """
    if reading.problems:
        return SheetChoice(problems=reading.problems)
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for name in named:
        match = next((sheet for sheet in reading.sheets if match_key(sheet.name) == match_key(name)), None)
        if match is None:
            there = ", ".join(sheet.name for sheet in reading.sheets if sheet.name) or "none by name"
            problems.append(Problem(file, f"There is no sheet '{name}'. The sheets are: {there}.", name))
        else:
            sheets.append(match)
    if not named:
        sheets = [sheet for sheet in reading.sheets if not sheet.hidden]
    found: list[tuple[Sheet, Header]] = []
    nearest: tuple[int, tuple[Problem, ...]] = (-1, ())
    for sheet in sheets:
        search = find_header(sheet, wanted, required, given)
        if search.header:
            found.append((sheet, search.header))
        elif named:
            problems += search.problems
        elif search.matched > nearest[0]:
            nearest = (search.matched, search.problems)
    if not found and not problems:
        problems += nearest[1] or (Problem(file, "The file is empty."),)
    return SheetChoice(() if problems else tuple(found), tuple(problems))
