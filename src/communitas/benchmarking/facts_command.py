"""`communitas facts`: write the newest facts file of every cycle to a folder, for one's own Spark or warehouse."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and of which networks."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is absent or empty")
    parser.add_argument("--network", metavar="SLUG", help="of this network alone")


def run(options: argparse.Namespace) -> int:
    """0 when every file was written; 2 when something was refused, and then nothing more is written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.prod")
    import django

    django.setup()
    from communitas.benchmarking import actions  # Django reads its settings when these are imported
    from communitas.kit.exceptions import NotAllowed

    try:
        written = actions.write_facts(folder=options.out, network=options.network, by=None, at=datetime.now(UTC))
    except NotAllowed as refused:
        sys.stderr.write(f"{refused.why}\n")
        return 2
    for path, rows in written:
        sys.stderr.write(f"{path}: {rows:,} rows\n")
    sys.stderr.write(f"{len(written)} files. They hold exact results of communities: keep them as you keep a backup.\n")
    return 0
