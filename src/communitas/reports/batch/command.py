"""`communitas build-reports`: what it is told on the command line."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

DESCRIPTION = (
    "Read an edition, communities and their scores from workbooks, CSV or YAML, and write local reports, "
    "a national report for the office and one for the public. Nothing is written unless everything can be read."
)
PROCESSES = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.description = DESCRIPTION
    parser.add_argument("--edition", required=True, metavar="FILE", help="the standards: XLSX, ODS, XLS, CSV or YAML")
    parser.add_argument("--communities", required=True, metavar="FILE", help="one row a community: code, name, type")
    parser.add_argument(
        "--scores",
        required=True,
        action="append",
        metavar="FILE|DIR",
        help="scores, in one table or in a file or sheet for each community; may be given several times",
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="a folder that is absent or empty")
    parser.add_argument("--network", default="Network", metavar="NAME", help="as it stands on the reports")
    parser.add_argument("--cycle", default="", metavar="NAME", help="as it stands on the reports; else the year")
    parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="the date of the reports; else today")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FILE.FIELD=HEADER",
        help="the header of a column that is not recognised; FILE is a file's name, or edition, communities, scores",
    )
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="FILE=NAME",
        help="the sheet to read; else the first that has the columns that are needed",
    )
    parser.add_argument("--no-pdf", action="store_true", help="write the data files alone")
    parser.add_argument("--processes", type=int, default=PROCESSES, metavar="N", help="set N reports at a time")


def run(options: argparse.Namespace) -> int:
    """Build the reports: 0 when all was written, 2 when something was refused, 1 when the disk failed."""
    from communitas.reports.batch.building import Job, build  # slow to import, and not needed for --help

    today = datetime.now(UTC).date()
    on: date = options.date or today
    job = Job(
        edition=options.edition,
        communities=options.communities,
        scores=tuple(options.scores),
        out=options.out,
        network=options.network,
        cycle=options.cycle or str(on.year),
        dated_on=on,
        headers=tuple(options.map),
        sheets=tuple(options.sheet),
        pdf=not options.no_pdf,
        processes=max(1, options.processes),
    )
    return build(job, say=_say)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-07-31") from None
