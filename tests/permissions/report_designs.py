from communitas.members.models import Network
from communitas.reports.actions import sharing as acts
from communitas.reports.models import LocalReport, ReportDesign, ReportLink
from communitas.reports.policy import sharing
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, Case, Target
from tests.permissions.reports import BOTH, POST, READ_DRAFT, READ_FINAL, drafting, final
from tests.reports.local.test_designs import PNG


def design(world: World, part: Part) -> Target:
    """A version of the design with a logo."""
    from communitas.reports.actions.designs import keep_design

    made = keep_design(
        network=part.network, main="#1d5148", accent="#98420c", logo=PNG, logo_words="Us", by=world.cora, at=NOW
    )
    return Target(made.pk)


def with_logo(world: World, part: Part) -> Target:
    """A final report whose design has a logo."""
    from communitas.reports.actions.designs import use_design

    use_design(design=ReportDesign.objects.get(pk=design(world, part).args[0]), by=world.cora, at=NOW)
    return final(world, part)


def link(world: World, part: Part) -> Target:
    """A private link to a final report."""
    found = final(world, part)
    report = LocalReport.objects.get(pk=found.args[0])
    acts.share(report=report, recipient="A", reason="B", days=30, by=world.cora, at=NOW)
    made = ReportLink.objects.get(report=report)
    return Target(report.pk, made.pk, community=part.lark, scope=part.enrolment.pk, true="F")


def secret(world: World, part: Part) -> Target:
    """The secret of a link, and the report with its PDF and logo."""
    found = with_logo(world, part)
    report = LocalReport.objects.get(pk=found.args[0])
    address = acts.share(report=report, recipient="A", reason="B", days=30, by=world.cora, at=NOW)
    return Target(address.rstrip("/").rsplit("/", 1)[1])


def secret_of_reduced(world: World, part: Part) -> Target:
    """The secret of a link to a reduced edition."""
    found = with_logo(world, part)
    report = LocalReport.objects.get(pk=found.args[0])
    address = acts.share(report=report, recipient="A", reason="B", days=30, reduced=True, by=world.cora, at=NOW)
    return Target(address.rstrip("/").rsplit("/", 1)[1])


def pair(world: World, part: Part) -> Target:
    """Two colours that can be read."""
    return Target("1d5148-98420c")


SHARED = ("shared", "shared_pdf", "shared_logo")
DESIGN, SHARE = "report.design", "report.share_link"
CASES = [
    Case("reports:designs", row=DESIGN, methods=BOTH),
    Case("reports:design", row=DESIGN, of=[design]),
    Case("reports:design_pdf", row=DESIGN, of=[design]),
    Case("reports:design_logo", row=DESIGN, of=[design]),
    Case("reports:use_design", row=DESIGN, of=[design], methods=POST),
    Case("reports:colours", row=ANYBODY, of=[pair], public=True),
    Case("reports:logo", row=READ_FINAL, of=[with_logo]),
    *(Case(name, row=READ_DRAFT, of=[drafting]) for name in ("reports:large", "reports:large_pdf")),
    *(Case(name, row=READ_FINAL, of=[final]) for name in ("reports:large", "reports:large_pdf")),
    Case("reports:links", row=SHARE, sees=READ_FINAL, of=[final], methods=BOTH),
    Case("reports:end_link", row=SHARE, sees=READ_FINAL, of=[link], methods=POST),
    *(Case(f"reports:{name}", row=ANYBODY, of=[secret], public=True) for name in SHARED),
    *(Case(f"reports:{name}", row=ANYBODY, of=[secret_of_reduced], public=True) for name in SHARED),
]
PERMISSIONS = [(sharing.share, LocalReport), (sharing.design, Network), (sharing.design_version, ReportDesign)]
