"""`python -m tests.acceptance.statistics FILE`: judge our statistics by a file of worked examples.

One line a case: `ID ok`, `ID differs` with both values, `ID not supported` for a method that we do not know. Exit 0,
1 when something differs, 2 when the file or a case in it is malformed (said on the error stream, by case and field).
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tests.acceptance.judging.comparing import differences
from tests.acceptance.judging.document import Case, read
from tests.acceptance.judging.fields import Malformed
from tests.acceptance.judging.methods import METHODS

OK, DIFFERS, MALFORMED = 0, 1, 2


def judge(case: Case) -> str:
    """The line of one case. Malformed when its input has not the form that its method wants."""
    method = METHODS.get(case.method)
    if method is None:
        return f"{case.id} not supported"
    try:
        found = method(case.given, case.params)
    except (ArithmeticError, ValueError) as error:
        raise Malformed(f"{case.given.place} cannot be computed: {error}") from error
    differing = list(differences(case.expected, found, tolerance=case.tolerance))
    return f"{case.id} differs {'; '.join(differing)}" if differing else f"{case.id} ok"


def main(arguments: Sequence[str] | None = None, *, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """The command line."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1:
        err.write("usage: python -m tests.acceptance.statistics FILE\n")
        return MALFORMED
    try:
        cases, problems = read(Path(given[0]))
    except Malformed as problem:
        err.write(f"malformed: {problem}\n")
        return MALFORMED
    status = OK
    for case in cases:
        try:
            line = judge(case)
        except Malformed as problem:
            problems.append(str(problem))
            continue
        out.write(line + "\n")
        if line.startswith(f"{case.id} differs"):
            status = DIFFERS
    err.writelines(f"malformed: {text}\n" for text in problems)
    return MALFORMED if problems else status


if __name__ == "__main__":
    sys.exit(main())
