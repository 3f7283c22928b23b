"""How this year's local reports look, and a private link to last year's report of Lark House."""

from datetime import timedelta

from communitas.demo.network.calendar import YEARS, moment
from communitas.demo.network.founding import Hearth
from communitas.demo.network.years import LAST
from communitas.reports.actions.designs import keep_design, use_design
from communitas.reports.actions.sharing import share
from communitas.reports.models import LocalReport
from communitas.reports.rules.report import FINAL

MAIN, ACCENT = "#1f4f63", "#8a3b12"
WELCOME = "This report belongs to everybody in your community: to those who live there and those who work there."
HOW_TO_READ = (
    "Read the first page together. It is the short version, and there is one in large print.\n"
    "Each share is told with its likely range: the smaller the number of criteria, the wider it is."
)
CONTACT = (
    "Ask your community lead first. The office of the Hearth Network is glad to explain anything that is not clear."
)


def design_reports(hearth: Hearth) -> None:
    """Cora writes a first version that nobody used, and Cyrus takes the second one up."""
    at = moment(hearth.calendar.opens(YEARS) + timedelta(days=2), 10)
    keep_design(network=hearth.network, main=MAIN, accent=ACCENT, welcome=WELCOME, by=hearth.cora, at=at)
    design = keep_design(
        network=hearth.network,
        main=MAIN,
        accent=ACCENT,
        welcome=WELCOME,
        how_to_read=HOW_TO_READ,
        contact=CONTACT,
        by=hearth.cora,
        at=at + timedelta(hours=1),
    )
    use_design(design=design, by=hearth.cyrus, at=at + timedelta(hours=3))


def share_a_report(hearth: Hearth) -> None:
    """Those who pay for Lark House may read its report for two months, and its neighbours a reduced edition."""
    found = LocalReport.objects.select_related("enrolment__cycle__network__tenant", "enrolment__community")
    report = found.filter(
        enrolment__cycle=hearth.cycles[LAST], enrolment__community_name="Lark House", state=FINAL
    ).first()
    if report is not None:
        share(
            report=report,
            recipient="Commissioners of the Calder Vale service",
            reason="They asked for the report before the yearly meeting on the contract.",
            days=60,
            by=hearth.cora,
            at=hearth.now - timedelta(days=12),
        )
        share(
            report=report,
            recipient="Town council of Calder Vale",
            reason="The council asked how the house is doing.",
            days=30,
            reduced=True,
            by=hearth.cora,
            at=hearth.now - timedelta(days=3),
        )
