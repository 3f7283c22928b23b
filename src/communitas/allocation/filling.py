"""What allocation tells the navigation and the pages of visits."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.allocation import policy
from communitas.allocation.models import Reserve
from communitas.allocation.queries import set_aside_at
from communitas.allocation.queries.following import KEEPING, latest_offers
from communitas.members.actors import Actor
from communitas.visits.models import Visit
from communitas.visits.rules.overriding import SetAside
from communitas.visits.rules.visit import EDITABLE_STATES
from communitas.visits.slots import PackPart


def is_office(request: Any) -> bool:
    """Whether the person belongs to the office of the network, who alone plans who reviews whom."""
    return bool(request.actor.holds("office", request.network.pk))


def is_reviewer(request: Any) -> bool:
    """Whether the person reviews in the network."""
    return any(request.actor.holds(role, request.network.pk) for role in ("reviewer", "lead_reviewer"))


def set_aside(visits: list[int]) -> dict[int, Mapping[int, SetAside]]:
    """Which rules two people set aside at each of these visits, by account."""
    return {**set_aside_at(visits)}


def empty_seats(ids: list[int]) -> dict[int, list[PackPart]]:
    """For each enrolment whose visit is ahead: who was asked next, and who keeps the day free. Three queries."""
    visits = Visit.objects.filter(enrolment__in=ids, state__in=EDITABLE_STATES, on__isnull=False)
    found = dict(visits.values_list("pk", "enrolment_id"))
    ready = Reserve.objects.filter(visit__in=found, state=Reserve.State.READY)
    counts = defaultdict[int, int](int)
    for visit_id in ready.values_list("visit_id", flat=True):
        counts[visit_id] += 1
    offers = latest_offers(found)
    return {enrolment: [_seats(visit, offers.get(visit, []), counts[visit])] for visit, enrolment in found.items()}


def _seats(visit_id: int, offers: list[str], ready: int) -> PackPart:
    count = ngettext("%(count)s reserve keeps the day free.", "%(count)s reserves keep the day free.", ready)
    lines = (*offers, count % {"count": ready} if ready else _("Nobody keeps the day free as a reserve."))
    href = reverse("allocation:seats", args=[visit_id])
    return PackPart(_("When a seat falls empty"), lines, href, _("Empty seats and reserves"))


def ways(ids: list[int]) -> dict[int, list[PackPart]]:
    """The way to the travel sheet of each visit. No query."""
    title = _("Who travels how")
    return {pk: [PackPart(title, (), reverse("allocation:travel", args=[pk]), title)] for pk in ids}


def reserved_days(ids: list[int]) -> dict[int, list[PackPart]]:
    """The days that people keep free, or were asked to. One query."""
    found = defaultdict[int, list[PackPart]](list)
    kept = Reserve.objects.filter(account__in=ids, state__in=KEEPING).select_related(
        "visit__enrolment__cycle", "visit__enrolment__community"
    )
    for one in kept.order_by("on", "pk"):
        day = {"day": date_format(one.on, "j F Y")}
        asked = one.state == Reserve.State.ASKED
        title = _("Could you keep %(day)s free?") % day if asked else _("You keep %(day)s free") % day
        lines = (f"{one.visit.enrolment.community_name}, {one.visit.get_form_display()}",)
        href, link = reverse("allocation:reserve", args=[one.pk]), _("Answer") if asked else _("Look, or change it")
        found[one.account_id].append(PackPart(title, lines, href, link, may=partial(_may_answer, one)))
    return dict(found)


def _may_answer(reserve: Reserve, actor: Actor) -> bool:
    return policy.answer_reserve.allows(actor, reserve)
