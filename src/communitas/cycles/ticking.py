"""What cycles do by themselves when its time has come; run by `communitas tick`."""

from datetime import datetime

from communitas.cycles import actions
from communitas.cycles.models import Cycle
from communitas.members.models import Network


def open_self_reviews(at: datetime) -> str:
    """Open each self-review whose day has come, in every network."""
    running = Cycle.objects.filter(state=Cycle.State.OPEN).select_related("network__tenant").order_by("pk")
    opened = sum(actions.open_due_self_reviews(cycle=cycle, by=None, at=at) for cycle in running)
    return f"{opened} opened" if opened else ""


def remind(at: datetime) -> str:
    """Remind people of due dates, as each network has decided."""
    networks = Network.objects.select_related("tenant").order_by("pk")
    reminded = sum(actions.send_due_reminders(network=network, by=None, at=at) for network in networks)
    return f"{reminded} people reminded" if reminded else ""
