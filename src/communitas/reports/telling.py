"""Who hears by mail what happened to a report."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from communitas.cycles.models import Enrolment
from communitas.kit import mail
from communitas.kit.addresses import address_of
from communitas.members.models import RoleGrant
from communitas.people.models import Account


def leads_of(enrolment: Enrolment, at: datetime) -> list[Account]:
    """The community leads who hold their role now."""
    grants = RoleGrant.objects.filter(
        community=enrolment.community, role=RoleGrant.Role.COMMUNITY_LEAD, since_at__lte=at, account__is_active=True
    ).exclude(until_at__lte=at)
    return list(Account.objects.filter(pk__in=grants.values("account")).order_by("pk"))


def second_signers_of(enrolment: Enrolment, at: datetime, *, but: Collection[int]) -> list[Account]:
    """The people of the office who may sign second: everybody `but` the first person and those who wrote."""
    grants = RoleGrant.objects.filter(network=enrolment.cycle.network_id, role=RoleGrant.Role.OFFICE, since_at__lte=at)
    found = Account.objects.filter(pk__in=grants.exclude(until_at__lte=at).values("account"), is_active=True)
    return list(found.exclude(pk__in=but).order_by("pk"))


def tell(
    accounts: Iterable[Account],
    enrolment: Enrolment,
    *,
    subject: str,
    template: str,
    url_name: str,
    pk: int,
    at: datetime,
    **context: Any,
) -> None:
    """One message to each account that has an address; the others find it on their home page."""
    network = enrolment.cycle.network
    link = address_of(network.slug, url_name, pk)
    for account in accounts:
        mail.queue(
            tenant=network.tenant,
            to=account.email or "",
            subject=subject,
            template=template,
            context=_words(enrolment) | {"name": account.display_name, "link": link} | context,
            at=at,
            account_id=account.pk,
        )


def tell_office(
    enrolment: Enrolment, *, subject: str, template: str, url_name: str, pk: int, at: datetime, **context: Any
) -> None:
    """One message to the office's own address, when the network has set one."""
    network = enrolment.cycle.network
    mail.queue(
        tenant=network.tenant,
        to=network.office_email,
        subject=subject,
        template=template,
        context={**_words(enrolment), "name": "", "link": address_of(network.slug, url_name, pk), **context},
        at=at,
    )


def _words(enrolment: Enrolment) -> dict[str, Any]:
    network = enrolment.cycle.network
    return {"community": enrolment.community_name, "cycle": enrolment.cycle.name, "network": network.name}
