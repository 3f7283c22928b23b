"""What allocation keeps about people, for their page of what is kept (fills people.slots.kept)."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from communitas.allocation.models import Availability, AvailableDay, HomeBase, Journey, Reserve, Willing
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


def kept_of_visits(account_ids: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """The days that a person was asked to keep free, and how they travelled (fills people.slots.kept). Two queries."""
    days: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    journeys: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    visit, day, how = _("Visit"), _("Day"), _("How")
    for one in Reserve.objects.filter(account__in=account_ids).select_related("visit__enrolment").order_by("pk"):
        told = {day: one.on.isoformat(), _("Answer"): str(one.get_state_display())}
        days[one.account_id].append({visit: one.visit.enrolment.community_name, **told})
    found = Journey.objects.filter(place__account__in=account_ids).select_related("place__visit__enrolment")
    for way in found.order_by("pk"):
        cost = "" if way.actual is None else f"{way.actual / 100:.2f}"
        told = {how: str(way.get_mode_display()), _("What it cost"): cost}
        journeys[way.place.account_id].append({visit: way.place.visit.enrolment.community_name, **told})
    return {
        pk: (Kept(_("Days to keep free"), tuple(days[pk])), Kept(_("Journeys to visits"), tuple(journeys[pk])))
        for pk in account_ids
    }
