"""What questionnaires do by themselves when its time has come; run by `communitas tick`."""

from datetime import datetime

from communitas.members.models import Network
from communitas.questionnaires import actions


def erase(at: datetime) -> str:
    """Remove the answers themselves a year after their release, in every network. The figures stay."""
    networks = Network.objects.select_related("tenant").order_by("pk")
    erased = sum(actions.erase_old(network=network, by=None, at=at) for network in networks)
    return f"the answers to {erased} questionnaires removed" if erased else ""
