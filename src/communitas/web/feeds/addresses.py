"""The secret address of a feed: signed, so that nobody who reads the database can open a calendar."""

from django.core import signing

from communitas.kit.addresses import address_of
from communitas.web.models import Feed

_signer = signing.Signer(sep=".", salt="communitas.web.feed")


def address(feed: Feed) -> str:
    """The whole address of a feed that has not ended."""
    return address_of(feed.network.slug, "web:feed", _signer.sign(f"{feed.pk}-{feed.secret}"))


def feed_at(token: str) -> Feed | None:
    """The feed of an address, while neither it nor its person's account has ended."""
    try:
        pk, _, secret = _signer.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    found = Feed.objects.filter(pk=int(pk), secret=secret, ended_at=None, account__is_active=True)
    return found.select_related("account", "network__tenant").first()
