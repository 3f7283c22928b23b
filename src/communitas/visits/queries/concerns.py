"""Serious concerns, and the people who answer them."""

from datetime import datetime

from django.db.models import QuerySet

from communitas.members.models import Network, RoleGrant
from communitas.members.rules.roles import Duty
from communitas.people.models import Account
from communitas.visits.models import Concern, SafeguardingSettings


def concerns() -> QuerySet[Concern]:
    """Concerns with what their pages show."""
    return Concern.objects.select_related("network__tenant", "visit__enrolment__cycle", "raised_by")


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
