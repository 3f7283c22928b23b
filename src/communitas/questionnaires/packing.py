"""What questionnaires put into the reviewers' pack: the released figures, and nothing that was not released."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.members.actors import Actor
from communitas.questionnaires import policy
from communitas.questionnaires.models import Opening
from communitas.questionnaires.queries.results import ShownItem, results_of
from communitas.visits.slots import PackPart


def pack(ids: list[int]) -> dict[int, list[PackPart]]:
    """The released questionnaires of each enrolment: one query, and two for each of the few that were released."""
    released = Opening.objects.filter(enrolment__in=ids, state=Opening.State.RELEASED)
    found: dict[int, list[PackPart]] = {}
    for opening in released.select_related("questionnaire", "enrolment__cycle").order_by("pk"):
        part = PackPart(
            _("What people said: %(name)s") % {"name": opening.questionnaire.title},
            tuple(_line(item) for item in results_of(opening) if item.bars or item.sentence),
            reverse("questionnaires:results", args=[opening.pk]),
            _("Open the figures"),
            order=15,
            may=partial(_may_read, opening),
        )
        found.setdefault(opening.enrolment_id, []).append(part)
    return found


def _line(item: ShownItem) -> str:
    figures = " · ".join(f"{bar.words}: {bar.count}" for bar in item.bars)
    return f"{item.text}\n{figures or item.sentence}"


def _may_read(opening: Opening, actor: Actor) -> bool:
    return policy.read_aggregate.allows(actor, opening)
