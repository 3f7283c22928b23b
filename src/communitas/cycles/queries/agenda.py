"""Due dates in people's calendars."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from communitas.cycles.models import DueDate, Enrolment
from communitas.cycles.rules.reminders import OFFICE_STAGES, REMINDED
from communitas.cycles.rules.stages import ENDED, Stage
from communitas.kit.addresses import address_of
from communitas.kit.agenda import KEPT, Item
from communitas.members.actors import Actor
from communitas.members.models import Network

HOSTS = ("client_member", "staff", "community_lead")
SINCE = timedelta(days=60)


def deadlines(actor: Actor, network: Network, now: datetime) -> Iterator[Item]:
    """What the actor's own communities and their office must end by when, and what was called off lately: one query."""
    rows = (
        DueDate.objects.filter(_theirs(actor, network), enrolment__cycle__network=network, done_at=None)
        .filter(due_on__gte=(now - SINCE).date())
        .exclude(enrolment__cycle__state="closed")
        .select_related("enrolment__community")
        .annotate(changes=Count("enrolment__moves"), changed_at=Max("enrolment__moves__at"))
        .order_by("due_on", "pk")
    )
    for row in rows:
        enrolment = row.enrolment
        over = enrolment.stage in ENDED and enrolment.stage != Stage.COMPLETED
        changed_at = row.changed_at or enrolment.enrolled_at
        if row.due_on is None or (over and changed_at < now - KEPT):
            continue
        what = Enrolment.Stage(row.what).label
        named = _("%(what)s due: %(community)s") % {"what": what, "community": enrolment.community_name}
        yield Item(
            name=f"due-{row.pk}",
            title=_("%(what)s due") % {"what": what} if enrolment.community.hidden_address else named,
            on=row.due_on,
            changed_at=changed_at,
            revision=row.changes,
            cancelled=over,
            href=address_of(network.slug, "cycles:enrolment", enrolment.pk),
        )


def _theirs(actor: Actor, network: Network) -> Q:
    own = set().union(*(actor.communities_as(role) for role in HOSTS))
    theirs = Q(enrolment__community__in=own, what__in=[stage for stage in REMINDED if stage != Stage.VISIT])
    if actor.holds("office", network.pk):
        theirs |= Q(what__in=OFFICE_STAGES)
    return theirs
