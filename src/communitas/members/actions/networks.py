"""Networks: their words, calendar and settings, which the office keeps."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Tenant
from communitas.members.models import Holiday, Network, Organisation, ServiceType
from communitas.members.rules import thresholds
from communitas.people.models import Account

SETTINGS: Final = (
    *("name", "strapline", "welcome", "office_name", "office_email", "office_address", "time_zone", "language"),
    *("listed", "weekend", "regions", "windows", "thresholds", "wording", "evidence_megabytes"),
)


@transaction.atomic
def create_network(
    *, slug: str, name: str, settings: Mapping[str, Any] | None = None, by: Account | None, at: datetime
) -> Network:
    """Make a network with its tenant. `slug` is the first step of the address of all its pages."""
    if Tenant.objects.filter(slug=slug).exists():
        raise NotAllowed(_("Another network has this address."))
    values = {key: value for key, value in (settings or {}).items() if key in SETTINGS and key != "name"}
    network = Network.objects.create(tenant=Tenant.objects.create(slug=slug), name=name, **values)
    audit.record(tenant=network.tenant, verb="network.create", obj=network, by=by, at=at)
    return network


@transaction.atomic
def configure_network(*, network: Network, settings: Mapping[str, Any], by: Account, at: datetime) -> Network:
    """Change settings; what is not named stays. Thresholds are never laxer than their floors."""
    thresholds.refuse_lax(settings.get("thresholds", {}))
    changed = [key for key in SETTINGS if key in settings and getattr(network, key) != settings[key]]
    for key in changed:
        setattr(network, key, settings[key])
    if changed:
        network.save(update_fields=changed)
        detail = {"fields": changed}
        audit.record(tenant=network.tenant, verb="network.configure", obj=network, by=by, at=at, detail=detail)
    return network


@transaction.atomic
def add_holiday(*, network: Network, on: date, name: str, by: Account | None, at: datetime) -> Holiday:
    """Add a day on which the office does not work; due dates that are still to be set go round it."""
    if network.holidays.filter(on=on).exists():
        raise NotAllowed(_("This day is in the list already."))
    holiday = Holiday.objects.create(network=network, on=on, name=name)
    audit.record(tenant=network.tenant, verb="network.add_holiday", obj=holiday, by=by, at=at)
    return holiday


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: Account, at: datetime) -> None:
    """Take a day off the list."""
    audit.record(tenant=holiday.network.tenant, verb="network.remove_holiday", obj=holiday, by=by, at=at)
    holiday.delete()


@transaction.atomic
def save_service_type(
    *,
    network: Network,
    name: str,
    plural: str = "",
    code: str = "",
    service_type: ServiceType | None = None,
    by: Account | None,
    at: datetime,
) -> ServiceType:
    """Add a service type, or rename one. Its code, which editions use, stays as it was made."""
    if service_type is None:
        if network.service_types.filter(code__iexact=code).exists():
            raise NotAllowed(_("Another type has this code."))
        service_type = ServiceType(network=network, code=code, position=network.service_types.count())
    service_type.name, service_type.plural = name, plural
    service_type.save()
    audit.record(tenant=network.tenant, verb="network.save_service_type", obj=service_type, by=by, at=at)
    return service_type


@transaction.atomic
def save_organisation(
    *, network: Network, name: str, organisation: Organisation | None = None, by: Account | None, at: datetime
) -> Organisation:
    """Add an organisation, or rename one."""
    others = network.organisations.exclude(pk=organisation.pk) if organisation else network.organisations.all()
    if others.filter(name__iexact=name).exists():
        raise NotAllowed(_("Another organisation has this name."))
    organisation = organisation or Organisation(network=network)
    organisation.name = name
    organisation.save()
    audit.record(tenant=network.tenant, verb="network.save_organisation", obj=organisation, by=by, at=at)
    return organisation
