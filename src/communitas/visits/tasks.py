"""Background work of visits."""

from django.utils import timezone

from communitas.kit import tasks
from communitas.visits import actions
from communitas.visits.models import Concern


@tasks.task("visits.escalate_concern")
def escalate_concern(concern_id: int, *, progress: tasks.Progress) -> None:
    """Pass a concern on when its day is over and nobody has acknowledged it."""
    concern = Concern.objects.select_related("network__tenant").get(pk=concern_id)
    actions.escalate_concern(concern=concern, at=timezone.now())
