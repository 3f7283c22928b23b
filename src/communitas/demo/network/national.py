"""The national reports: last year's is public, this year's is being written."""

from collections.abc import Callable
from datetime import timedelta

from communitas.demo.network.calendar import YEARS, moment
from communitas.demo.network.founding import Hearth
from communitas.demo.network.themes import begin_this_report, build_last_report
from communitas.demo.network.years import LAST
from communitas.kit import confirmations
from communitas.reports import policy
from communitas.reports.actions import national as reports
from communitas.reports.actions.errata import propose_erratum

LAST_WORDS = (
    "Communities all over the network looked at themselves last year and then asked others to look. "
    "They agreed on most of what they saw.\n\n"
    "Welcomes were warm nearly everywhere. What members found hardest was leaving well: goodbyes were planned with "
    "care, and what came after them was often left to chance. The network has made that its theme for the coming year."
)
CORRECTED = (
    "The introduction says that the network has made leaving well its theme already. Members decide that at their "
    "meeting in spring."
)
THIS_WORDS = "The first half of the year is in. These figures will change as more reports are signed."


def report_last_year(hearth: Hearth) -> None:
    """The report is built and its comments are coded; Cyrus freezes the figures and proposes them; Cora releases."""
    at = moment(hearth.calendar.opens(YEARS) + timedelta(days=20), 11)
    build_last_report(hearth, hearth.cycles[LAST], at - timedelta(days=6))
    report = reports.freeze_national(
        cycle=hearth.cycles[LAST], introduction=LAST_WORDS, by=hearth.cyrus, at=at, say=_quietly
    )
    reports.propose_release(report=report, by=hearth.cyrus, at=at + timedelta(hours=2))
    waiting = confirmations.waiting(report, policy.release_national)
    if waiting is not None:
        confirmations.confirm(proposal=waiting, by=hearth.cora, at=at + timedelta(days=3))
        found = propose_erratum(report=report, text=CORRECTED, by=hearth.cora, at=at + timedelta(days=12))
        confirmations.confirm(proposal=found, by=hearth.cyrus, at=at + timedelta(days=13))


def begin_this_year(hearth: Hearth) -> None:
    """A first look at the running cycle, for the office alone, with its report begun."""
    begin_this_report(hearth, hearth.cycles[YEARS], hearth.now - timedelta(days=3))
    reports.freeze_national(
        cycle=hearth.cycles[YEARS],
        introduction=THIS_WORDS,
        by=hearth.cyrus,
        at=hearth.now - timedelta(days=1),
        say=_quietly,
    )


_quietly: Callable[[str], None] = lambda text: None  # noqa: E731  # the steps are for a person who waits
