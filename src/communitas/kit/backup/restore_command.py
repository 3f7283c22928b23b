"""`communitas restore DIR`: check a backup, then put it in the place of this installation's data."""

import argparse
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from communitas.kit.backup.backup_command import say, tell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, and how far to go."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a backup made by 'communitas backup'")
    parser.add_argument("--replace", action="store_true", help="put it in the place of what this installation holds")
    parser.add_argument("--check", action="store_true", help="restore to scratch, check, and change nothing")


def run(options: argparse.Namespace) -> int:
    """0 when restored (or found good), 2 when it was refused, 1 when it failed; then nothing was changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.prod")
    import django

    django.setup()
    from django.db import DatabaseError  # Django reads its settings when these are imported

    from communitas.kit.backup.problems import Refused
    from communitas.kit.backup.restoring import restore, verify

    try:
        if options.check:
            with tempfile.TemporaryDirectory(prefix="communitas-check-") as room:
                made = verify(options.folder, room=Path(room), say=say)
        else:
            made = restore(options.folder, replace=options.replace, at=datetime.now(UTC), say=say)
    except Refused as refused:
        return tell(f"{refused}\nNothing was changed.", 2)
    except (OSError, EOFError, ValueError, DatabaseError) as problem:
        return tell(f"{problem}. The database was not changed.", 1)
    rows = sum(made.tables.values())
    done = "Good" if options.check else "Restored"
    say(f"{done}: {rows:,} rows in {len(made.tables)} tables and {made.files:,} files, as of {made.made_at}")
    return 0
