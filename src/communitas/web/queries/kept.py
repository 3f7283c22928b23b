"""What is kept about a person's mail and calendars, for their own page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from communitas.kit.mail_kinds import named
from communitas.kit.models import MailChoice
from communitas.people.slots import Kept
from communitas.web.models import Feed


def kept_of(account_ids: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """The person's choices about mail, and their calendar addresses without the secret (fills people.slots.kept)."""
    choices: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    for choice in MailChoice.objects.filter(account__in=account_ids).select_related("tenant").order_by("pk"):
        kind = named(choice.kind)
        words = {_("Kind"): str(kind.title) if kind else choice.kind, _("How"): str(choice.get_how_display())}
        choices[choice.account_id].append({_("Network"): choice.tenant.slug, **words})
    feeds: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    for feed in Feed.objects.filter(account__in=account_ids).select_related("network").order_by("pk"):
        ended = feed.ended_at.date().isoformat() if feed.ended_at else ""
        made = {_("Made"): feed.made_at.date().isoformat(), _("Ended"): ended}
        feeds[feed.account_id].append({_("Network"): feed.network.name, **made})
    return {
        pk: (Kept(_("Choices about mail"), tuple(choices[pk])), Kept(_("Calendar addresses"), tuple(feeds[pk])))
        for pk in account_ids
    }
