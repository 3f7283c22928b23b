"""What lies on the office's desk: proposals, reminders, interests, invitations, national figures."""

from datetime import timedelta

from communitas.cycles import actions as cycles
from communitas.demo.network.calendar import YEARS
from communitas.demo.network.current import Year
from communitas.demo.network.founding import Hearth
from communitas.members import actions as members
from communitas.visits import actions as visits
from communitas.workbooks import actions as workbooks

REMINDER = (
    "A friendly reminder for {community}. {next}\n\n"
    "If the days are too full, ring us: we would rather move a date than have a community sit up all night.\n\n"
    "Cora"
)


def fill_the_desk(hearth: Hearth, year: Year) -> None:
    """Everything that waits for somebody in the office."""
    at = hearth.now - timedelta(days=2)
    _remind(hearth, year)
    members.propose_invitation(
        network=hearth.network,
        email="ines.bakare@hearth.example",
        display_name="Ines Bakare",
        role="committee",
        by=hearth.dee,
        at=at,
    )
    if "LARK" in hearth.communities:
        members.invite(
            network=hearth.network,
            email="harriet.cook@lark-house.example",
            display_name="Harriet Cook",
            role="staff",
            community=hearth.communities["LARK"],
            by=hearth.accounts["lena"],
            at=at + timedelta(hours=1),
        )
    if "CORT" in year.rounds:
        workbooks.propose_reopening(
            workbook=year.rounds["CORT"].workbook("peer"),
            reason="The lead reviewer found a page of the evidence that belongs to criterion 3.2.",
            by=hearth.dee,
            at=at + timedelta(hours=2),
        )
    _interests(hearth)


def _remind(hearth: Hearth, year: Year) -> None:
    late = [code for code in ("QUAY", "ORCH", "AURO", "FELL") if code in year.rounds]
    if late:
        cycles.remind(
            cycle=hearth.cycles[YEARS],
            enrolment_ids=[year.rounds[code].enrolment.pk for code in late],
            subject="A friendly reminder",
            message=REMINDER,
            by=hearth.cora,
            at=hearth.now - timedelta(days=4),
        )


def _interests(hearth: Hearth) -> None:
    at = hearth.now - timedelta(days=40)
    for username, code, kind, nature in (
        ("kit", "GATE", "family", "My sister works there."),
        ("ludo", "SALT", "worked", "I was on its staff until two years ago."),
        ("rafi", "CLEA", "worked", "I lived there as a member."),
        ("kit", "SALT", "friendship", "Its lead is an old friend of mine."),
        ("dee", "GATE", "other", "I teach there once a month."),
    ):
        if username in hearth.accounts and code in hearth.communities:
            visits.declare_interest(
                community=hearth.communities[code], kind=kind, nature=nature, by=hearth.accounts[username], at=at
            )
    if "kit" in hearth.accounts and "CLEA" in hearth.communities:
        visits.declare_interest(
            organisation=hearth.communities["CLEA"].organisation,
            kind="appointment",
            nature="I am one of its trustees.",
            by=hearth.accounts["kit"],
            at=at,
        )
