"""What the navigation and visits ask of allocation."""

from collections.abc import Mapping
from typing import Any

from communitas.allocation.queries import set_aside_at
from communitas.visits.rules.overriding import SetAside


def is_office(request: Any) -> bool:
    """Whether the person belongs to the office of the network, who alone plans who reviews whom."""
    return bool(request.actor.holds("office", request.network.pk))


def is_reviewer(request: Any) -> bool:
    """Whether the person reviews in the network."""
    return any(request.actor.holds(role, request.network.pk) for role in ("reviewer", "lead_reviewer"))


def set_aside(visits: list[int]) -> dict[int, Mapping[int, SetAside]]:
    """Which rules two people set aside at each of these visits, by account."""
    return {**set_aside_at(visits)}
