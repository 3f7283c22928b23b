"""Reviews that are open again although their scores may count already."""

from communitas.cycles.models import Cycle, Enrolment
from communitas.workbooks.models import Review


def reopened_in(cycle: Cycle) -> list[str]:
    """The names of the communities of a cycle with a reopened review; those that withdrew do not count. One query."""
    reviews = Review.objects.filter(enrolment__cycle=cycle, state=Review.State.REOPENED)
    still_here = reviews.exclude(enrolment__stage=Enrolment.Stage.WITHDRAWN)
    names = still_here.order_by("enrolment__community_name").values_list("enrolment__community_name", flat=True)
    return list(dict.fromkeys(names))
