"""`communitas backup DIR`: copy the database and the files of one moment, and check the copy."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and an earlier backup on the same disk."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is absent or empty")
    parser.add_argument(
        "--like",
        type=Path,
        metavar="EARLIER",
        help="an earlier backup on the same disk: files that it holds are linked, not copied again",
    )


def run(options: argparse.Namespace) -> int:
    """0 when a good backup was made, 2 when it was refused, 1 when it failed or is not good."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.prod")
    import django

    django.setup()
    from django.db import DatabaseError  # Django reads its settings when these are imported

    from communitas import __version__
    from communitas.kit.backup.making import NOT_GOOD, make
    from communitas.kit.backup.problems import NotGood, Refused

    try:
        made = make(options.folder, like=options.like, version=__version__, at=datetime.now(UTC), say=say)
    except Refused as refused:
        return tell(f"{refused} Nothing was made.", 2)
    except NotGood as problem:
        where = f"It is kept as {options.folder}.{NOT_GOOD} and must not be relied on."
        return tell("The copy is not good:\n  " + "\n  ".join(problem.problems) + f"\n{where}", 1)
    except (OSError, DatabaseError) as problem:
        return tell(f"{problem}. Nothing was made.", 1)
    rows = sum(made.tables.values())
    say(f"Good: {rows:,} rows in {len(made.tables)} tables and {made.files:,} files, in {options.folder}")
    return 0


def say(line: str) -> None:
    """A line of progress."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def tell(problem: str, status: int) -> int:
    """What went wrong, and the exit status that says so."""
    say(f"error: {problem}")
    return status
