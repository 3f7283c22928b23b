"""What every network does by itself when its time has come; run by `communitas tick`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from communitas.kit import mailing
from communitas.kit.mail_kinds import HELD
from communitas.members.models import Network
from communitas.members.rules.digests import last_digest


def send_digests(at: datetime) -> str:
    """Send each person's held mail in one message, when the hour of their network has come."""
    sent = 0
    for network in Network.objects.select_related("tenant").order_by("pk"):
        for how in HELD:
            before = last_digest(how, at, ZoneInfo(network.time_zone))
            sent += mailing.send_digests(tenant=network.tenant, how=how, before=before, at=at)
    return f"{sent} sent" if sent else ""
