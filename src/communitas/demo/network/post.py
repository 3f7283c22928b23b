"""How people want their mail, what left by itself, and whose calendar reads their dates."""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from communitas.cycles import actions as cycles
from communitas.demo.network.founding import Hearth
from communitas.kit import mailing
from communitas.members.rules.digests import last_digest
from communitas.reports import actions as reports
from communitas.web import actions as web

OFTEN: Final = ("at_once", "daily", "daily", "weekly")
WITH_CALENDAR: Final = ("lena", "rafi", "ludo", "cora")


def deliver(hearth: Hearth) -> None:
    """Leads choose how reminders come; what the clock did yesterday; and the calendars of the cast."""
    for number, code in enumerate(sorted(hearth.households)):
        choices = {"reminders": OFTEN[number % len(OFTEN)]}
        lead, at = hearth.households[code].lead, hearth.now - timedelta(days=30)
        mailing.choose(tenant=hearth.network.tenant, account_id=lead.pk, choices=choices, at=at)
    cycles.send_due_reminders(network=hearth.network, by=None, at=hearth.now - timedelta(days=1))
    reports.remind_of_actions(network=hearth.network, by=None, at=hearth.now - timedelta(days=1))
    zone = ZoneInfo(hearth.network.time_zone)
    for how in ("daily", "weekly"):
        before = last_digest(how, hearth.now, zone)
        mailing.send_digests(tenant=hearth.network.tenant, how=how, before=before, at=before)
    for username in WITH_CALENDAR:
        person = hearth.accounts.get(username) or hearth.office.get(username)
        if person:
            web.make_feed(network=hearth.network, by=person, at=hearth.now)
