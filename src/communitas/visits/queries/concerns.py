"""Serious concerns, and the people who answer them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.members.actors import Actor
from communitas.members.models import Network, RoleGrant
from communitas.members.rules.roles import Duty
from communitas.people.models import Account
from communitas.visits import policy
from communitas.visits.models import Concern, SafeguardingSettings, Visit

MOST = 50  # visits to choose from


def concerns() -> QuerySet[Concern]:
    """Concerns with what their pages show."""
    return Concern.objects.select_related("network__tenant", "visit__enrolment__cycle", "raised_by")


def steps_of(concern: Concern) -> list[dict[str, Any]]:
    """What was done about a concern, the newest first: one query."""
    done = {
        "raise": _("Concern raised"),
        "acknowledge": _("Taken in hand"),
        "escalate": _("Passed on to the second person"),
        "add_step": _("A step was written down"),
        "close": _("Closed"),
        "reopen": _("Opened again"),
    }
    return [
        {
            "what": done[step.verb],
            "by": step.by.display_name if step.by else _("the end of the day"),
            "when": date_format(timezone.localtime(step.at), "j F Y, H:i"),
            "reason": step.words,
        }
        for step in concern.steps.select_related("by")
    ]


def visits_to_name(actor: Actor, network: Network, wanted: str) -> list[Visit]:
    """The visits that somebody may read and that a concern may belong to, the one they came from among them."""
    found = policy.read.visible(Visit.objects.filter(enrolment__cycle__network=network), actor)
    found = found.select_related("enrolment__cycle").order_by("-on", "-pk")
    newest = list(found[:MOST])
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 and not any(str(v.pk) == wanted for v in newest):
        newest += list(found.filter(pk=wanted))
    return newest


def safeguarding_of(network: Network) -> SafeguardingSettings:
    """The network's settings, or the usual ones, unsaved: one query."""
    found = SafeguardingSettings.objects.select_related("named", "second").filter(network=network).first()
    return found or SafeguardingSettings(network=network)


def holders(network: Network, *, now: datetime) -> list[Account]:
    """The people of the office who hold the duty of safeguarding: one query."""
    grants = RoleGrant.objects.filter(network=network, role="office", since_at__lte=now).exclude(until_at__lte=now)
    found = grants.filter(account__is_active=True).select_related("account").order_by("account__display_name", "pk")
    return [grant.account for grant in found if Duty.SAFEGUARDING.value in grant.duties]


def people_named(network: Network, *, now: datetime) -> tuple[list[Account], list[Account]]:
    """Who is told first and who is told when nobody answers.

    Only people who hold the duty are told: a setting that names somebody who left it counts as empty. Then everybody
    with the duty is told, so that no concern is ever told to nobody while one of them is there.
    """
    settings, able = safeguarding_of(network), holders(network, now=now)
    named = [one for one in able if one.pk == settings.named_id] or able
    second = [one for one in able if one.pk == settings.second_id]
    return named, second or [one for one in able if one not in named] or able


def concerns_about(visit: Visit, actor: Actor) -> list[Concern]:
    """The concerns of a visit that this actor may read: one query, and none for people who never may."""
    if not actor.roles & {"lead_reviewer", "office"}:
        return []
    return list(policy.read_concern.visible(Concern.objects.filter(visit=visit), actor))
