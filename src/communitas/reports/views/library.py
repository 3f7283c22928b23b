"""What the pages of the library show, and the list itself, declared once for screen and download."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.members.http import MemberRequest
from communitas.members.models import ServiceType
from communitas.reports import policy
from communitas.reports.models import Practice, PracticeStep
from communitas.reports.rules.practice import LIBRARY, OFFERED, RETURNED, SHARED, WITHDRAWN

TONES = {OFFERED: "warn", RETURNED: "warn", SHARED: "ok", WITHDRAWN: "plain"}
VERBS = {
    "offer": gettext_lazy("Offered"),
    "accept": gettext_lazy("Taken into the library"),
    "return": gettext_lazy("Given back"),
    "withdraw": gettext_lazy("Withdrawn"),
}


def _sections(request: HttpRequest) -> list[tuple[str, str]]:
    network = request.network  # type: ignore[attr-defined]  # set by NetworkMiddleware
    rows = Practice.objects.filter(network=network, state=SHARED).exclude(section="")
    return [(name, name) for name in rows.order_by("section").values_list("section", flat=True).distinct()]


def _types(request: HttpRequest) -> list[tuple[str, str]]:
    network = request.network  # type: ignore[attr-defined]  # likewise
    return list(ServiceType.objects.filter(network=network).values_list("code", "name"))


PRACTICES = ListSpec(
    name=gettext_lazy("Good practice"),
    columns=(
        Column("text", gettext_lazy("What a community does"), lambda p: p.text),
        Column("section", gettext_lazy("Section"), lambda p: p.section, ("section",)),
        Column("code", gettext_lazy("Criterion"), lambda p: p.criterion_code),
        Column("type", gettext_lazy("Type"), lambda p: p.service_type.name if p.service_type else ""),
        Column("state", gettext_lazy("State"), lambda p: p.get_state_display()),
    ),
    search=("text", "section"),
    filters=(
        Filter("section", gettext_lazy("Section"), _sections, lambda rows, value: rows.filter(section=value)),
        Filter("type", gettext_lazy("Type"), _types, lambda rows, value: rows.filter(service_type__code=value)),
        choice_filter("state", gettext_lazy("State"), "state", Practice.State.choices),
    ),
    order_by=("-offered_at", "-pk"),
    per_page=24,
    empty=gettext_lazy("Nothing here fits. Communities share here what goes well with them."),
)


def card(practice: Practice) -> dict[str, Any]:
    """One good practice as the library shows it: never whose it is."""
    return {
        "pk": practice.pk,
        "text": practice.text,
        "section": practice.section,
        "code": practice.criterion_code,
        "type": practice.service_type.name if practice.service_type else "",
        "state": "" if practice.state == SHARED else practice.get_state_display(),
        "tone": TONES[practice.state],
        "href": reverse("reports:practice", args=[practice.pk]),
    }


def practice_page(request: MemberRequest, practice: Practice) -> dict[str, Any]:
    """One good practice with what this person may do; its history for those who decide or offer."""
    actor = request.actor
    open_verbs = {move.verb for move in LIBRARY.allowed(practice.state)}
    offers = policy.offer_practice.allows(actor, practice)
    knows = offers or policy.oversee_practices.allows(actor, request.network)
    steps = list(practice.steps.select_related("by")) if knows else []
    return {
        "practice": card(practice),
        "community": practice.enrolment.community_name if knows else "",
        "achievement": practice.achievement if knows else "",
        "decides": "accept" in open_verbs and policy.decide_practice.allows(actor, practice),
        "offers": "offer" in open_verbs and offers,
        "withdraws": "withdraw" in open_verbs and policy.withdraw_practice.allows(actor, practice),
        "knows": knows,
        "history": [_entry(step) for step in steps],
        "crumbs": [{"label": _("Good practice"), "href": reverse("reports:practices")}, {"label": str(practice)}],
    }


def _entry(step: PracticeStep) -> dict[str, Any]:
    when = date_format(step.at, "j F Y, H:i")
    return {"what": VERBS[step.verb], "reason": step.reason, "by": step.by.display_name, "when": when}
