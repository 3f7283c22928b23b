"""The rows of visits, a file for each noun."""

from communitas.visits.models.visits import Interest, TeamPlace, Visit, VisitMove, VisitSettings

__all__ = ["Interest", "TeamPlace", "Visit", "VisitMove", "VisitSettings"]
