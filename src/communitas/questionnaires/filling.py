"""What questionnaires tell the cockpit and the home page, through the slots of cycles."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.cycles.slots import Link, Step
from communitas.members.actors import Actor
from communitas.people.slots import Kept
from communitas.questionnaires import policy
from communitas.questionnaires.models import Opening, Participation, Questionnaire

COUNTING = frozenset({"client_member", "staff", "community_lead", "lead_reviewer", "office"})
ASKED = {"staff": ("as_staff", "staff"), "client_member": ("as_client_member", "client_member")}
MODERATION = "mod"


def is_office(request: Any) -> bool:
    """Whether the person belongs to the office of the network."""
    return bool(request.actor.holds("office", request.network.pk))


def is_asked(request: Any) -> bool:
    """Whether the person may be asked: staff and client members."""
    network = getattr(request, "network", None)
    return network is not None and any(request.actor.holds(role, network.pk) for role in ASKED)


def moderates(request: Any) -> bool:
    """Whether the person reads comments before they are shown."""
    network = getattr(request, "network", None)
    return network is not None and network.pk in request.actor.networks_with_duty(MODERATION)


def links(ids: list[int]) -> dict[int, list[Link]]:
    """The way to the counters of each enrolment that was asked, with how many answers came back: one query."""
    asked = Enrolment.objects.filter(pk__in=ids, openings__isnull=False).select_related("cycle")
    counted = asked.annotate(came_back=Count("openings__replies"))
    return {enrolment.pk: [_link(enrolment)] for enrolment in counted.order_by("pk")}


def _link(enrolment: Any) -> Link:
    href = reverse("questionnaires:counters", args=[enrolment.pk])
    text = _("%(count)d answers came back") % {"count": enrolment.came_back}
    return Link(_("Questionnaires"), href, text, order=25, roles=COUNTING, may=partial(_may_count, enrolment))


def _may_count(enrolment: Enrolment, actor: Actor) -> bool:
    return policy.counters_of_enrolment.allows(actor, enrolment)


def next_steps(ids: list[int]) -> dict[int, list[Step]]:
    """What people who are asked do next, and the community lead before them: one query."""
    steps: dict[int, list[Step]] = {}
    running = Opening.objects.filter(enrolment__in=ids, state=Opening.State.OPEN).select_related(
        "questionnaire", "enrolment__cycle"
    )
    for opening in running.order_by("closes_on", "pk"):
        steps.setdefault(opening.enrolment_id, []).extend(_steps(opening))
    return steps


def _steps(opening: Opening) -> list[Step]:
    found = []
    audience, words = opening.questionnaire.audience, {"name": opening.questionnaire.title}
    if audience in ASKED:
        name, role = ASKED[audience]
        may = policy.answer_staff if role == "staff" else policy.answer_client_member
        href = reverse(f"questionnaires:{name}", args=[opening.pk])
        title = _("The questionnaire “%(name)s” is open for you") % words
        roles = frozenset({role})
        found.append(
            Step(title, _("Answer"), href, roles, opening.closes_on, order=60, may=partial(_may, may, opening))
        )
    if audience != Questionnaire.Audience.CASE_NOTE and opening.asks_code and not opening.codes_made:
        title = _("Slips for the questionnaire “%(name)s” are to be printed") % words
        lead = frozenset({"community_lead"})
        href = opening.get_absolute_url()
        found.append(Step(title, _("Print slips"), href, lead, opening.closes_on, order=55))
    return found


def _may(permission: Any, opening: Opening, actor: Actor) -> bool:
    return bool(permission.allows(actor, opening))


def kept_of(account_ids: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """What is kept about people: in which month they answered which questionnaire, and nothing of what they said."""
    rows: dict[int, list[dict[str, str]]] = {pk: [] for pk in account_ids}
    found = Participation.objects.filter(account__in=account_ids).select_related("opening__questionnaire")
    for row in found.order_by("month", "pk"):
        rows[row.account_id].append(
            {_("Questionnaire"): row.opening.questionnaire.title, _("Month"): f"{row.month:%Y-%m}"}
        )
    return {pk: (Kept(_("Questionnaires answered"), tuple(rows[pk])),) for pk in account_ids}
