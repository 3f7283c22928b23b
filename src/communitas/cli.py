"""The `communitas` command. Each command's code is imported only when it is called, so that help is quick."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "demo": ("communitas.demo.command", "serve a fictional network that is in the middle of its year"),
    "build-reports": (
        "communitas.reports.batch.command",
        "make local and national reports from files, without a database",
    ),
    "allocate": ("communitas.allocation.command", "propose who reviews whom, and when, from a file to a file"),
    "new-network": ("communitas.config.opening", "make a network and the first people of its office"),
    "backup": ("communitas.kit.backup.backup_command", "copy the database and the files, and check the copy"),
    "restore": ("communitas.kit.backup.restore_command", "check a backup, and put it in place"),
    "tick": ("communitas.kit.tick_command", "do what is due now: open self-reviews, send reminders and digests"),
    "facts": ("communitas.benchmarking.facts_command", "write the facts of all cycles as Parquet files"),
    "rules": ("communitas.kit.rulebook", "write the documents that are generated from the code"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. `communitas manage ...` is Django's own command line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["manage"]:
        return _manage(words)
    parser = argparse.ArgumentParser(prog="communitas", description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if words[:1] == [name]:
            importlib.import_module(module).add_arguments(command)
    commands.add_parser("manage", help="Django's own commands: migrate, collectstatic, db_worker and others")
    options = parser.parse_args(words)
    return int(importlib.import_module(COMMANDS[options.command][0]).run(options))


def _manage(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.dev")
    management = importlib.import_module("django.core.management")
    management.execute_from_command_line(["communitas manage", *words[1:]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
