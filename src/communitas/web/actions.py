"""What a visit to the site leaves behind: when somebody was last here. And the address of a person's calendar."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from communitas.kit import audit
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.web.models import Feed

PAUSE = timedelta(minutes=30)  # who comes back sooner was not away
OFTEN = timedelta(minutes=2)


def note_presence(*, by: Account, at: datetime) -> datetime | None:
    """Remember that the person is here. The moment of the visit before, when this one begins now; else None."""
    before = by.last_seen_at
    if before is None or at - before > OFTEN:
        Account.objects.filter(pk=by.pk).update(last_seen_at=at)
    began = before is not None and at - before > PAUSE
    return before if began else None


@transaction.atomic
def make_feed(*, network: Network, by: Account, at: datetime) -> Feed:
    """Make the person's calendar address in the network, or a new one: then the one before is dead at once."""
    values = {"secret": secrets.token_urlsafe(18), "made_at": at, "ended_at": None}
    feed, is_new = Feed.objects.update_or_create(account=by, network=network, defaults=values)
    verb = "calendar.make_feed" if is_new else "calendar.renew_feed"
    audit.record(tenant=network.tenant, verb=verb, obj=feed, by=by, at=at)
    return feed


@transaction.atomic
def end_feed(*, network: Network, by: Account, at: datetime) -> None:
    """End the person's calendar address. Ending it again changes nothing."""
    feed = Feed.objects.filter(account=by, network=network, ended_at=None).first()
    if feed is None:
        return
    feed.ended_at = at
    feed.save(update_fields=["ended_at"])
    audit.record(tenant=network.tenant, verb="calendar.end_feed", obj=feed, by=by, at=at)
