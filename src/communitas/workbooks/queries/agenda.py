"""What was given to a person, in their calendar: one entry for each act that gave it."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.kit.addresses import address_of
from communitas.kit.agenda import KEPT, Item
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.workbooks.models import Delegation


def calendar_items(actor: Actor, network: Network, now: datetime) -> Iterator[Item]:
    """The criteria of self-reviews that were given to the actor, by the day until which: one query."""
    rows = (
        Delegation.objects.filter(account=actor.account_id, workbook__review__enrolment__cycle__network=network)
        .filter(Q(ended_at=None) | Q(ended_at__gte=now - KEPT))
        .order_by()
        .values("giving", "workbook", "due_on")
        .annotate(
            left=Count("pk", filter=Q(ended_at=None)),
            given=Min("given_at"),
            ended=Max("ended_at"),
            gone=Count("ended_at"),
        )
    )
    for row in rows:
        count = row["left"]
        words = ngettext("%(count)s criterion to answer", "%(count)s criteria to answer", count)
        yield Item(
            name=f"given-{row['giving']}",
            title=words % {"count": count} if count else _("Standards to answer"),
            on=row["due_on"],
            changed_at=row["ended"] or row["given"],
            revision=row["gone"],
            cancelled=not count,
            href=address_of(network.slug, "workbooks:self_review", row["workbook"]),
        )
