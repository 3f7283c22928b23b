"""`communitas tick`: do what is due now. For cron, every five minutes; or with `--every`, as a service of its own."""

import argparse
import os
import sys
import time
from datetime import UTC, datetime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Once, or again and again."""
    parser.add_argument("--every", type=int, metavar="SECONDS", default=0, help="go on until stopped")


def run(options: argparse.Namespace) -> int:
    """0 when every job ran, 1 when one could not; with `--every` it ends only when it is stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.prod")
    import django

    django.setup()
    from django.db import close_old_connections  # Django reads its settings when these are imported

    from communitas.kit import ticks

    while True:
        failed = False
        for ran in ticks.run(datetime.now(UTC)):
            failed |= bool(ran.problem)
            if ran.problem or ran.said:
                sys.stderr.write(f"{ran.name}: {ran.problem or ran.said}\n")
        sys.stderr.flush()
        if not options.every:
            return int(failed)
        close_old_connections()
        time.sleep(options.every)
