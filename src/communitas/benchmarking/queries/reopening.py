"""Marks that may no longer be what they were when figures were counted: reviews open again, and corrections since."""

from django.db.models import Max, QuerySet

from communitas.benchmarking.models import FactSet, Release
from communitas.benchmarking.rules.releasing import refuse_overtaken, refuse_while_reopened
from communitas.cycles.models import Cycle, Enrolment
from communitas.workbooks.models import Review


def reopened_in(cycle: Cycle) -> list[str]:
    """The names of the communities of a cycle with a reopened review; those that withdrew do not count. One query."""
    reviews = Review.objects.filter(enrolment__cycle=cycle, state=Review.State.REOPENED)
    still_here = reviews.exclude(enrolment__stage=Enrolment.Stage.WITHDRAWN)
    names = still_here.order_by("enrolment__community_name").values_list("enrolment__community_name", flat=True)
    return list(dict.fromkeys(names))


def refuse_unsettled(release: Release) -> None:
    """Refuse to release figures while a review of the cycle is open again, or marks that they count have changed."""
    refuse_while_reopened(reopened_in(release.cycle))
    refuse_overtaken(corrected=corrected_since(release), taken_back=taken_back_since(release))


def corrected_since(release: Release) -> list[str]:
    """The names of the communities whose marks were counted and have been corrected since. One query.

    Who was not counted yet and has signed since is not among them: the figures stand without.
    """
    counted = _counted(release).values("enrolment")
    newer = FactSet.objects.filter(current=True, pk__gt=_last_set(release), enrolment__in=counted)
    names = newer.order_by("enrolment__community_name").values_list("enrolment__community_name", flat=True)
    return list(dict.fromkeys(names))


def taken_back_since(release: Release) -> int:
    """How many communities were counted and have no marks any more, as when an import is undone. One query."""
    if release.facts is None:  # figures that were frozen before facts were files
        return 0
    return max(release.facts.enrolments - _counted(release).values("enrolment").distinct().count(), 0)


def last_set_of(cycle: Cycle) -> int:
    """The number of the last marks signed or imported in a cycle: those after it were not counted. One query."""
    return FactSet.objects.filter(enrolment__cycle=cycle).aggregate(last=Max("pk"))["last"] or 0


def _counted(release: Release) -> QuerySet[FactSet]:
    return FactSet.objects.filter(enrolment__cycle=release.cycle_id, pk__lte=_last_set(release))


def _last_set(release: Release) -> int:
    """As it was kept with the figures; the newest of all for those that were frozen before it was kept."""
    kept: int | None = release.audit.get("last_set")
    return last_set_of(release.cycle) if kept is None else kept
