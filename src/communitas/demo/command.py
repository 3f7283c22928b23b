"""`communitas demo`: make the fictional network if it is not there, serve it, and say how to sign in."""

import argparse
import os
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The port, and the arguments that make the same network again: a day and a seed."""
    parser.add_argument("--port", type=_port, default=8000, help="where to serve (default 8000)")
    parser.add_argument("--today", type=date.fromisoformat, default=None, help="the day in the network's year")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other answers")
    parser.add_argument("--fresh", action="store_true", help="throw the demo network away and make it anew")
    parser.add_argument("--build-only", action="store_true", help="make the network and stop")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted. Everything lies in var/demo/ and nothing else is touched."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "communitas.config.settings.demo"
    os.environ["PORT"] = str(options.port)
    from communitas.demo import making, serving  # Django reads its settings when these are imported

    today = options.today or datetime.now(ZoneInfo("Europe/London")).date()
    making.make_unless_made(today=today, seed=options.seed, fresh=options.fresh, say=_say)
    return 0 if options.build_only else serving.serve(port=options.port, say=_say)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port: give a number from 1 to 65535")
    return int(text)
