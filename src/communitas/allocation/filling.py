"""What the navigation asks of allocation."""

from typing import Any


def is_office(request: Any) -> bool:
    """Whether the person belongs to the office of the network, who alone plans who reviews whom."""
    return bool(request.actor.holds("office", request.network.pk))


def is_reviewer(request: Any) -> bool:
    """Whether the person reviews in the network."""
    return any(request.actor.holds(role, request.network.pk) for role in ("reviewer", "lead_reviewer"))
