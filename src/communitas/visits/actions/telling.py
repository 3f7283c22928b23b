"""Who is told what about a visit by mail: its team, its host, the office."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from communitas.cycles.queries.leads import leads_of
from communitas.kit import mail
from communitas.kit.addresses import address_of
from communitas.members.models import RoleGrant
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.rules.team import LEAD


def tell_everybody(*, visit: Visit, subject: str, template: str, by: Account, at: datetime, **context: Any) -> None:
    """Tell the host's community leads and everybody who was asked onto the team, each in their own letter."""
    tell_host(visit=visit, subject=subject, template=template, by=by, at=at, **context)
    places = visit.places.filter(state__in=[TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED]).select_related("account")
    _send(visit, [place.account for place in places], subject, template, at, {"by": by, **context})


def tell_host(*, visit: Visit, subject: str, template: str, by: Account | None, at: datetime, **context: Any) -> None:
    """Tell the community leads of the host."""
    community = visit.enrolment.community_id
    _send(visit, leads_of([community], at).get(community, []), subject, template, at, {"by": by, **context})


def tell_lead_reviewer(
    *, visit: Visit, subject: str, template: str, by: Account | None, at: datetime, **context: Any
) -> None:
    """Tell whoever accepted the lead reviewer's seat."""
    places = visit.places.filter(state=TeamPlace.State.ACCEPTED, seat=LEAD).select_related("account")
    _send(visit, [place.account for place in places], subject, template, at, {"by": by, **context})


def tell_office(*, visit: Visit, subject: str, template: str, by: Account | None, at: datetime, **context: Any) -> None:
    """Tell the office at its own address, or each member of it where it has none."""
    network = visit.enrolment.cycle.network
    if network.office_email:
        _letter(visit, None, network.office_email, subject, template, at, {"by": by, **context})
        return
    grants = RoleGrant.objects.filter(network=network, role="office", since_at__lte=at).exclude(until_at__lte=at)
    accounts = Account.objects.filter(pk__in=grants.values("account"), is_active=True).order_by("pk")
    _send(visit, accounts, subject, template, at, {"by": by, **context})


def _send(
    visit: Visit, accounts: Iterable[Account], subject: str, template: str, at: datetime, context: dict[str, Any]
) -> None:
    for account in accounts:
        _letter(visit, account, account.email or "", subject, template, at, context)


def _letter(
    visit: Visit, account: Account | None, to: str, subject: str, template: str, at: datetime, context: dict[str, Any]
) -> None:
    network = visit.enrolment.cycle.network
    name = account.display_name if account else network.office_name or network.name
    words = {
        "name": name,
        "visit": visit,
        "community": visit.enrolment.community_name,
        "network": network,
        "address": address_of(network.slug, "visits:visit", visit.pk),
        **context,
    }
    mail.queue(
        tenant=network.tenant,
        to=to,
        subject=subject % {"community": visit.enrolment.community_name},
        template=template,
        context=words,
        at=at,
        account_id=account.pk if account else None,
    )
