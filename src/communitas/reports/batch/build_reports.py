"""The command as a function, for tests and for other programs."""

import argparse
from collections.abc import Sequence

from communitas.reports.batch.command import add_arguments, run


def main(argv: Sequence[str]) -> int:
    """Build reports as the command line does: its exit status."""
    parser = argparse.ArgumentParser(prog="communitas build-reports")
    add_arguments(parser)
    return run(parser.parse_args(argv))
