"""Devices tell what waits on them; their owners, or the office, stop them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.workbooks.models import Device, Event, Quarantined, Unsent, Workbook
from communitas.workbooks.rules.sync import twice_used


@transaction.atomic
def touch_device(*, network: Network, device_id: str, name: str = "", by: Account, at: datetime) -> Device:
    """Note that a device was here, and what it is called where it says so. Two queries."""
    Device.objects.bulk_create(
        [Device(network=network, account=by, device_id=device_id, name=name, first_seen_at=at, last_seen_at=at)],
        update_conflicts=True,
        unique_fields=["network", "account", "device_id"],
        update_fields=["last_seen_at", *(["name"] if name else [])],
    )
    return Device.objects.get(network=network, account=by, device_id=device_id)


@transaction.atomic
def say_unsent(
    *, device: Device, workbook: Workbook, count: int, since: datetime | None = None, by: Account, at: datetime
) -> None:
    """Note how many answers for a workbook wait on a device. One query; a batch that says no `since` leaves it."""
    if device.account_id != by.pk:
        raise NotAllowed(_("Only the person whose device it is tells what waits on it."))
    known_since = [] if count and since is None else ["since"]
    Unsent.objects.bulk_create(
        [Unsent(device=device, workbook=workbook, count=count, since=since if count else None, said_at=at)],
        update_conflicts=True,
        unique_fields=["device", "workbook"],
        update_fields=["count", "said_at", *known_since],
    )


def flag_clones(
    *, device: Device, numbers: Collection[tuple[str, int, str]], by: Account, at: datetime
) -> set[tuple[str, int]]:
    """The numbers, of these that were stored now, that this person's device had used before: (device, number) each.

    Nothing is refused for it: both answers count. It shows that a device's store was copied or put back. Two queries.
    """
    mine = [number for number in numbers if number[0] and number[1]]
    if not mine:
        return set()
    ids, used = {device_id for device_id, _, _ in mine}, {number for _, number, _ in mine}
    wanted = Q(device_id__gt="", device_id__in=ids, device_seq__in=used, author=by)  # > "" as the index of events says
    before = [
        *Event.objects.filter(wanted).order_by().values_list("device_id", "device_seq", "event_id"),
        *Quarantined.objects.filter(wanted).order_by().values_list("device_id", "device_seq", "event_id"),
    ]
    known = {(device_id, number or 0, str(event_id)) for device_id, number, event_id in before}
    twice = twice_used(sorted(known | set(mine))) & {(device_id, number) for device_id, number, _ in mine}
    if twice:
        Device.objects.filter(pk=device.pk).update(cloned_at=at)
    return twice


@transaction.atomic
def stop_device(*, device: Device, by: Account, at: datetime) -> None:
    """Stop a device: when it speaks to us next, it erases what can be read on it. What it still sends is looked at."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at):
        audit.record(
            tenant=device.network.tenant, verb="device.stop", obj=device, by=by, at=at, detail={"of": device.account_id}
        )
