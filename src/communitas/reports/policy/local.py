"""Who may do what with local reports."""

from functools import partial
from typing import Any

from django.db.models import Q

from communitas.kit.permissions import ANYBODY, NOBODY, Condition, Permission, every, some, where
from communitas.members.policy import NEVER, allow
from communitas.reports.rules.report import DECIDING, DRAFTING, FINAL, SUPERSEDED, WITH_HOST

SIGNED: Condition = where(state__in=[FINAL, SUPERSEDED])
DELIVERED: Condition = where(delivered_at__isnull=False)
OWN: Condition = lambda actor, role: Q(enrolment__community__in=actor.communities_as(role))  # noqa: E731
ON_TEAM: Condition = lambda actor, role: Q(enrolment__in=actor.scopes("team"))  # noqa: E731
ON_PANEL: Condition = lambda actor, role: Q(enrolment__in=actor.scopes("panel"))  # noqa: E731


def _not_author(actor: Any, role: str) -> Q:
    """Whoever wrote in the draft has an entry among its edits."""
    return ~Q(edits__by=actor.account_id) if actor.account_id else NOBODY


of_report = partial(allow, network="enrolment__cycle__network", community="enrolment__community", scope="enrolment")
read_draft = of_report(
    "report.read_draft",
    why="A draft is read by the office and the review team, and by the community lead once it was delivered.",
    atoms={"F": DELIVERED},
)
# A local report is not published yet, so P holds for none.
read_final = of_report(
    "report.read_final",
    why="A final report is read by its community, its review team and the office.",
    atoms={"O": every(OWN, SIGNED), "T": every(ON_TEAM, SIGNED), "C": every(ON_PANEL, SIGNED), "P": NEVER},
)
read = Permission(
    "report.read",
    "A report is read by the office and the review team; by its community once it is final.",
    {
        role: some(*(each.cells[role] for each in (read_draft, read_final) if role in each.cells))
        for role in {**read_draft.cells, **read_final.cells}
    },
)
edit = of_report(
    "report.edit_draft",
    why="The summary is written by the team's lead reviewer and the office, until the report is signed.",
    atoms={"W": where(state__in=[DRAFTING, DECIDING])},
    sees=read,
)
check_facts = of_report(
    "report.check_facts",
    why="Facts are checked by the community lead, while the draft is with the community.",
    atoms={"W": where(state=WITH_HOST)},
    sees=read,
)
comment = of_report(
    "report.comment_team",
    why="The review team comments while the draft is with the community.",
    atoms={"W": where(state=WITH_HOST)},
    sees=read,
)
decide = of_report(
    "report.decide_point",
    why="Points are decided by somebody of the office who did not write the report.",
    atoms={"not-author": _not_author},
    sees=read,
)
sign = of_report(
    "report.sign",
    why="A report is signed by two people of the office who did not write it.",
    atoms={"not-author": _not_author},
    sees=read,
)
# Objectless: the office's own way to begin a draft, and its list of every report.
oversee = allow(
    "report.read_draft",
    why="Only the office reads the reports of all communities.",
    network="pk",
    atoms={"O": NEVER, "F": lambda actor, role: ANYBODY, "T": NEVER},
)
begin = allow(
    "report.edit_draft",
    why="Only the office begins a draft.",
    network="cycle__network",
    community="community",
    scope="pk",
    atoms={"W": where(stage__in=["drafting", "fact_check", "final"])},
)
