"""What hosts said of the days of their visits, and who has not."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from communitas.cycles.queries import today_in
from communitas.visits.models import HostAnswer, Visit
from communitas.visits.queries.settings import asking_of, settings_of
from communitas.visits.rules.hosting import host_answers_by
from communitas.visits.rules.visit import WITH_A_DAY


def host_answer(visit: Visit) -> HostAnswer | None:
    """What the host said last of the day that the visit has now. One query."""
    if visit.on is None:
        return None
    return HostAnswer.objects.filter(visit=visit, on=visit.on).select_related("by").first()


def host_last_day(visit: Visit) -> date | None:
    """Until when the host answers; None where nobody asked or there is no day. One query."""
    if visit.on is None or visit.host_asked_at is None:
        return None
    network = visit.enrolment.cycle.network
    return host_answers_by(today_in(network, visit.host_asked_at), visit.on, asking_of(settings_of(network)))


def unanswered(found: QuerySet[Visit], today: date) -> QuerySet[Visit]:
    """Those still to come whose host was asked about the day and has not said anything of it."""
    said = HostAnswer.objects.filter(visit=OuterRef("pk"), on=OuterRef("on"))
    asked = found.filter(state__in=sorted(WITH_A_DAY), on__gt=today, host_asked_at__isnull=False)
    return asked.filter(~Exists(said))


def declined(found: QuerySet[Visit], today: date) -> QuerySet[Visit]:
    """Those still to come on a day that does not do: the host said so."""
    said = HostAnswer.objects.filter(visit=OuterRef("pk"), on=OuterRef("on")).order_by("-at", "-pk")
    ahead = found.filter(state__in=sorted(WITH_A_DAY), on__gt=today)
    return ahead.alias(accepted=Subquery(said.values("accepts")[:1])).filter(accepted=False)
