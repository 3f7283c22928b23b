"""What reports do by themselves when its time has come; run by `communitas tick`."""

from datetime import datetime

from communitas.members.models import Network
from communitas.reports import actions


def remind_of_actions(at: datetime) -> str:
    """Remind of actions whose day comes up or has passed, in every network."""
    networks = Network.objects.select_related("tenant").order_by("pk")
    reminded = sum(actions.remind_of_actions(network=network, by=None, at=at) for network in networks)
    return f"{reminded} people reminded" if reminded else ""
