"""Who may give a final report to somebody outside, and who keeps the design of reports."""

from communitas.kit.permissions import every
from communitas.members.policy import allow
from communitas.reports.policy.local import OWN, SIGNED, of_report, read

share = of_report(
    "report.share_link",
    why="A private link to a final report is made by its community lead or the office.",
    atoms={"O": every(OWN, SIGNED)},
    sees=read,
)
design = allow("report.design", why="Only the office keeps the design of local reports.", network="pk")
design_version = allow("report.design", why="Only the office keeps the design of local reports.", network="network")
