"""What allocation keeps about people, for their page of what is kept (fills people.slots.kept)."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from communitas.allocation.models import Availability, AvailableDay, HomeBase, Willing
from communitas.people.slots import Kept

Row = dict[str, str]


def kept_of(account_ids: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """Home bases, days, what was said of cycles, and offers to come. Four queries."""
    bases, days, words, offers = (defaultdict[int, list[Row]](list) for _kind in range(4))
    for base in HomeBase.objects.filter(account__in=account_ids):
        bases[base.account_id].append({_("Latitude"): str(base.latitude), _("Longitude"): str(base.longitude)})
    for day in AvailableDay.objects.filter(account__in=account_ids):
        days[day.account_id].append({_("Day"): day.on.isoformat()})
    for word in Availability.objects.filter(account__in=account_ids).select_related("cycle"):
        words[word.account_id].append(
            {
                _("Cycle"): word.cycle.name,
                _("Not in this cycle"): word.reason if word.none else "",
                _("Visits at most"): str(word.most_visits or ""),
                _("Note"): word.note,
            }
        )
    for offer in Willing.objects.filter(account__in=account_ids):
        back = offer.taken_back_at.date().isoformat() if offer.taken_back_at else ""
        offers[offer.account_id].append({_("Day"): offer.on.isoformat(), _("Taken back"): back})
    return {
        pk: tuple(
            Kept(what, tuple(rows[pk]))
            for what, rows in (
                (_("Where you set out from"), bases),
                (_("Days on which you could visit"), days),
                (_("What you said of a cycle"), words),
                (_("Offers to come to a visit"), offers),
            )
            if rows[pk]
        )
        for pk in account_ids
    }
