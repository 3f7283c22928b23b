"""What may be published of this year, and the figures of years gone by, with which communities compare themselves."""

from datetime import timedelta

from communitas.benchmarking import actions as benchmarking
from communitas.benchmarking import policy as cells
from communitas.benchmarking.rules.disclosure.declared import Breakdown, Declaration
from communitas.demo.network.calendar import YEARS, moment
from communitas.demo.network.founding import Hearth
from communitas.kit import confirmations
from communitas.reports import policy
from communitas.reports.actions import national as reports

RELEASED = (2, 3)  # imported years; last year follows with its own reports
WORDS = "These figures were counted from the scores that the office kept in its old files."
DECLARED = Declaration((Breakdown(("type",), criteria=True), Breakdown(("region",))))


def declare_cells(hearth: Hearth) -> None:
    """Two analysts lock what may be published of the running cycle, in the week in which it opens."""
    at = moment(hearth.calendar.opens(YEARS) + timedelta(days=2), 10)
    found = benchmarking.declare_cells(cycle=hearth.cycles[YEARS], declaration=DECLARED, by=hearth.cyrus, at=at)
    benchmarking.propose_lock(lattice=found, by=hearth.cyrus, at=at + timedelta(hours=1))
    waiting = confirmations.waiting(found, cells.lock_lattice)
    if waiting is not None:
        confirmations.confirm(proposal=waiting, by=hearth.dee, at=at + timedelta(days=1))


def report_years_before(hearth: Hearth) -> None:
    """The figures of two imported years, so that change over the cycles can be seen."""
    for year in RELEASED:
        at = moment(hearth.calendar.opens(4) + timedelta(days=30 + year), 11)
        report = reports.freeze_national(
            cycle=hearth.cycles[year], introduction=WORDS, by=hearth.cyrus, at=at, say=lambda step: None
        )
        reports.propose_release(report=report, by=hearth.cyrus, at=at + timedelta(hours=2))
        waiting = confirmations.waiting(report, policy.release_national)
        if waiting is not None:
            confirmations.confirm(proposal=waiting, by=hearth.cora, at=at + timedelta(days=2))
