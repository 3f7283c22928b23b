"""What visits tell the cockpit and the home page, through the slots of cycles."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.cycles.slots import Link, Note, Step
from communitas.visits.models import TeamPlace, Visit

OFFICE = frozenset({"office"})


def is_office(request: Any) -> bool:
    """Whether the person belongs to the office of the network."""
    return bool(request.actor.holds("office", request.network.pk))


def is_reviewer(request: Any) -> bool:
    """Whether the person reviews in the network."""
    return any(request.actor.holds(role, request.network.pk) for role in ("reviewer", "lead_reviewer"))


def team_state(ids: list[int]) -> dict[int, Note]:
    """How many people are on each team and how many have not answered."""
    found = _visits(ids).annotate(
        taken=Count("places", filter=Q(places__state__in=["asked", "accepted"])),
        waiting=Count("places", filter=Q(places__state="asked")),
    )
    return {visit.enrolment_id: _team_note(visit) for visit in found}


def links(ids: list[int]) -> dict[int, list[Link]]:
    """The way to each visit, and for the office the way to arrange one."""
    found = {
        visit.enrolment_id: [
            Link(_("Visit"), reverse("visits:visit", args=[visit.pk]), str(visit.get_state_display()), order=30)
        ]
        for visit in _visits(ids)
    }
    for pk in set(ids) - set(found):
        plan = reverse("visits:plan", args=[pk])
        found[pk] = [Link(_("Arrange the visit"), plan, _("no date yet"), order=30, roles=OFFICE)]
    return found


def next_steps(ids: list[int]) -> dict[int, list[Step]]:
    """What the office does next for a visit."""
    steps: dict[int, list[Step]] = {}
    for visit in _visits(ids):
        if visit.state == Visit.State.PLANNED:
            title, action = _("The visit team is to be appointed"), _("Appoint the team")
        elif visit.state == Visit.State.POSTPONED:
            title, action = _("The visit is postponed and needs a new date"), _("Set the date")
        else:
            continue
        href = reverse("visits:visit", args=[visit.pk])
        steps[visit.enrolment_id] = [Step(title, action, href, OFFICE, due_on=visit.on, order=40)]
    return steps


def gives(ids: list[int]) -> dict[int, list[Note]]:
    """How many places on visit teams the people of each community take in open cycles."""
    counted = (
        TeamPlace.objects.filter(from_community__in=ids, state="accepted", visit__enrolment__cycle__state="open")
        .values("from_community")
        .annotate(places=Count("pk"))
        .order_by("from_community")
    )
    return {
        row["from_community"]: [Note(_("%(count)d places on visit teams this year") % {"count": row["places"]})]
        for row in counted
    }


def _visits(ids: list[int]) -> Any:
    return Visit.objects.filter(enrolment__in=ids).order_by("pk")


def _team_note(visit: Any) -> Note:
    href = reverse("visits:visit", args=[visit.pk])
    if visit.state in {Visit.State.HELD, Visit.State.CLOSED}:
        return Note(_("took place"), "m2", href)
    words = _("%(taken)d on the team") % {"taken": visit.taken}
    if visit.waiting:
        words += ", " + _("%(waiting)d to answer") % {"waiting": visit.waiting}
    return Note(words, "m1" if visit.taken else "m0", href, needs_somebody=visit.taken < 4)
