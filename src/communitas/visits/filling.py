"""What visits tell the cockpit and the home page, through the slots of cycles."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.cycles.slots import Link, Note, Step
from communitas.members.actors import Actor
from communitas.members.rules.roles import Duty
from communitas.visits import policy
from communitas.visits.models import Feedback, HostAnswer, Objection, OfferedDate, TeamPlace, Visit
from communitas.visits.rules.visit import WITH_A_DAY

OFFICE, LEAD = frozenset({"office"}), frozenset({"community_lead"})
HOST_AND_TEAM = frozenset({"community_lead", "reviewer", "lead_reviewer"})


def is_office(request: Any) -> bool:
    """Whether the person belongs to the office of the network."""
    return bool(request.actor.holds("office", request.network.pk))


def is_reviewer(request: Any) -> bool:
    """Whether the person reviews in the network."""
    return any(request.actor.holds(role, request.network.pk) for role in ("reviewer", "lead_reviewer"))


def is_visited(request: Any, shown: Mapping[str, Any]) -> bool:
    """Whether a page is about a community that the person visits on a team."""
    enrolment = shown.get("enrolment")
    return isinstance(enrolment, Enrolment) and enrolment.pk in request.actor.scopes("team")


def takes_part(request: Any) -> bool:
    """Whether the person holds any role in the network, and so may raise a concern."""
    network = getattr(request, "network", None)
    return network is not None and policy.raise_concern.allows(request.actor, network)


def answers_concerns(request: Any) -> bool:
    """Whether the person holds the duty of safeguarding in the network."""
    return bool(request.network.pk in request.actor.networks_with_duty(Duty.SAFEGUARDING.value))


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
    found = list(_visits(ids))
    answered = _answered(ids) if any(visit.state == Visit.State.HELD for visit in found) else set()
    for visit in found:
        href = reverse("visits:visit", args=[visit.pk])
        if visit.on is None and visit.state in {Visit.State.PLANNED, Visit.State.POSTPONED}:
            steps[visit.enrolment_id] = _date_steps(visit)
        elif visit.state == Visit.State.PLANNED:
            title = _("The visit team is to be appointed")
            steps[visit.enrolment_id] = [Step(title, _("Appoint the team"), href, OFFICE, due_on=visit.on, order=40)]
        elif visit.state == Visit.State.HELD:
            give = reverse("visits:give_feedback", args=[visit.pk])
            may = partial(_still_to_answer, visit, answered)
            title = _("How was the visit?")
            steps[visit.enrolment_id] = [Step(title, _("Give feedback"), give, HOST_AND_TEAM, order=80, may=may)]
        if visit.on and visit.host_asked_at and visit.state in WITH_A_DAY and visit.day_does is not True:
            steps.setdefault(visit.enrolment_id, []).append(_day_step(visit, href))
        if visit.objecting:
            objection = Step(_("An objection to somebody on the team waits"), _("Decide"), href, OFFICE, order=35)
            steps.setdefault(visit.enrolment_id, []).append(objection)
    return steps


def _day_step(visit: Any, href: str) -> Step:
    """The host has not said whether the day will do, or it said that it will not."""
    if visit.day_does is None:
        return Step(_("Will the day of your visit do?"), _("Answer"), href, LEAD, order=45)
    return Step(_("The community says that the day of its visit will not do"), _("See why"), href, OFFICE, order=34)


def _answered(ids: list[int]) -> set[tuple[int, int]]:
    """Who has given feedback on which visit: one query."""
    rows = Feedback.objects.filter(visit__enrolment__in=ids)
    return set(rows.values_list("visit_id", "account_id"))


def _still_to_answer(visit: Visit, answered: set[tuple[int, int]], actor: Actor) -> bool:
    """Whether the person may give feedback and has not."""
    return policy.write_feedback.allows(actor, visit) and (visit.pk, actor.account_id) not in answered


def _date_steps(visit: Any) -> list[Step]:
    """Before there is a date: the host offers some, the office locks one of them."""
    dates = reverse("visits:dates", args=[visit.pk])
    if visit.offering:
        return [Step(_("The community offers dates for its visit"), _("Choose a date"), dates, OFFICE, order=38)]
    if visit.state == Visit.State.POSTPONED:
        title = _("The visit is postponed and needs a new date")
        href = reverse("visits:visit", args=[visit.pk])
        office = Step(title, _("Set the date"), href, OFFICE, order=40)
    else:
        office = Step(_("The visit needs a date"), _("Set the date"), dates, OFFICE, order=40)
    return [office, Step(_("Offer dates for your visit"), _("Offer dates"), dates, LEAD, order=12)]


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
    offered = OfferedDate.objects.filter(visit=OuterRef("pk"), state=OfferedDate.State.OFFERED)
    found = Visit.objects.filter(enrolment__in=ids).select_related("enrolment__cycle")
    objections = Objection.objects.filter(place__visit=OuterRef("pk"), decision="")
    said = HostAnswer.objects.filter(visit=OuterRef("pk"), on=OuterRef("on")).order_by("-at", "-pk").values("accepts")
    found = found.annotate(offering=Exists(offered), objecting=Exists(objections), day_does=Subquery(said[:1]))
    return found.order_by("pk")


def _team_note(visit: Any) -> Note:
    href = reverse("visits:visit", args=[visit.pk])
    if visit.state in {Visit.State.HELD, Visit.State.CLOSED}:
        return Note(_("took place"), "m2", href)
    words = _("%(taken)d on the team") % {"taken": visit.taken}
    if visit.waiting:
        words += ", " + _("%(waiting)d to answer") % {"waiting": visit.waiting}
    return Note(words, "m1" if visit.taken else "m0", href, needs_somebody=visit.taken < 4)
