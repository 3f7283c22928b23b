"""What waits for the moderator: free text, apart from all other answers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from communitas.members.models import Network
from communitas.questionnaires.models import Comment, Opening
from communitas.questionnaires.queries.openings import openings
from communitas.questionnaires.rules.privacy import warnings


@dataclass(frozen=True, slots=True)
class CommentToRead:
    """One comment with what was asked, and what in it could tell who somebody is."""

    pk: UUID
    asked: str
    text: str
    state: str
    warnings: tuple[str, ...]


def waiting_openings(network: Network) -> list[Opening]:
    """Released openings with comments, those that wait first: one query."""
    counted = openings().filter(enrolment__cycle__network=network, state=Opening.State.RELEASED)
    counted = counted.annotate(
        waiting=Count("comments", filter=Q(comments__state=Comment.State.WAITING)), written=Count("comments")
    )
    return list(counted.filter(written__gt=0).order_by("-waiting", "enrolment__community_name", "pk"))


def comments_of(opening: Opening) -> list[CommentToRead]:
    """The comments of an opening, in no order that would tell anything: one query."""
    rows = Comment.objects.filter(opening=opening).exclude(text="", state=Comment.State.WAITING)
    return [
        CommentToRead(
            row.pk, row.item.text, row.shown_text or row.text, row.state, tuple(warnings(row.shown_text or row.text))
        )
        for row in rows.select_related("item").order_by("item__part__position", "item__position", "pk")
    ]
