"""What the calendars of people wait for; run by `communitas tick` and when a fact is heard."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from communitas.cycles.events import VisitDateSet
from communitas.visits.events import TeamChanged
from communitas.visits.models import Visit
from communitas.web.feeds.inviting import SENT_IN, invite
from communitas.web.models import Invited

LATELY = timedelta(days=1)


def send_invitations(at: datetime) -> str:
    """Bring every calendar up to date whose visit has changed since we wrote, and that of new people."""
    rows = Invited.objects.filter(visit=OuterRef("pk"), cancelled=False)
    behind = Exists(rows.exclude(revision=OuterRef("revision"))) | (Q(state="cancelled") & Exists(rows))
    never = Q(state__in=SENT_IN, on__gte=(at - LATELY).date()) & ~Exists(rows)
    visits = Visit.objects.filter(behind | never, enrolment__cycle__state="open").order_by("pk")
    sent = sum(invite(visit_id=pk, by=None, at=at) for pk in visits.values_list("pk", flat=True))
    return f"{sent} sent" if sent else ""


def team_changed(fact: TeamChanged) -> None:
    """Whoever came onto the team gets the visit; whoever left it gets it taken out."""
    invite(visit_id=fact.visit_id, by=None, at=fact.at)


def date_set(fact: VisitDateSet) -> None:
    """A visit has another date, or none."""
    for pk in Visit.objects.filter(enrolment=fact.enrolment_id).values_list("pk", flat=True):
        invite(visit_id=pk, by=None, at=fact.at)
