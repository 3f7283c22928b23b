"""Reviews, their workbooks, and the answers as events that are never changed. A file for each noun."""

from communitas.workbooks.models.delegation import Delegation
from communitas.workbooks.models.events import Event, Head, Payload
from communitas.workbooks.models.reviews import Presence, Review, ReviewMove, Workbook

__all__ = ["Delegation", "Event", "Head", "Payload", "Presence", "Review", "ReviewMove", "Workbook"]
