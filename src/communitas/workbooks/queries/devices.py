"""Devices: what waits on them, which numbers never came, and what somebody else brought back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from communitas.kit.loading import LONGEST
from communitas.members.actors import Actor
from communitas.members.models import Network, RoleGrant
from communitas.people.models import Account
from communitas.workbooks import policy
from communitas.workbooks.models import Device, Event, Quarantined, SealedOutbox, Unsent, Workbook
from communitas.workbooks.queries.former import took_part
from communitas.workbooks.queries.offline import in_network
from communitas.workbooks.rules.sealed import Envelope

Numbers = dict[tuple[str, int], set[int]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Answers that wait on somebody's device, as it said last."""

    who: str
    device: str
    community: str
    workbook: Workbook
    count: int
    since: datetime | None
    said_at: datetime
    missing: int
    cloned: bool


def devices_of(network: Network, account: int) -> list[Device]:
    """Somebody's devices in a network, the last one seen first, with what waits on them: two queries."""
    return list(Device.objects.filter(network=network, account=account).prefetch_related("unsent"))


def devices() -> QuerySet[Device]:
    """Devices with what stopping them asks."""
    return Device.objects.select_related("network__tenant", "account")


def unsent(network: Network, actor: Actor) -> list[Waiting]:
    """Who has answers that did not arrive, as far as this person may know, most of them first: three queries."""
    rows = Unsent.objects.filter(workbook__review__enrolment__cycle__network=network).filter(
        Q(count__gt=0) | Q(device__cloned_at__isnull=False)
    )
    rows = rows.select_related("device__account", "workbook__review__enrolment__community")
    found = list(policy.read_unsent.visible(rows, actor).order_by("-count", "pk"))
    numbers = _numbers([row.device for row in found])
    return [
        Waiting(
            row.device.account.display_name,
            row.device.name,
            row.workbook.review.enrolment.community_name,
            row.workbook,
            row.count,
            row.since,
            row.said_at,
            len(gaps(numbers.get((row.device.device_id, row.device.account_id), set()))),
            row.device.cloned_at is not None,
        )
        for row in found
    ]


def unsent_in(workbook: Workbook) -> int:
    """How many answers for a workbook wait on devices: one query."""
    return sum(Unsent.objects.filter(workbook=workbook).values_list("count", flat=True))


def gaps(numbers: Collection[int]) -> list[int]:
    """The numbers below the highest that never came from a device: it counts every answer from 1."""
    return sorted(set(range(1, max(numbers, default=0))) - set(numbers))


def sealed_for(network: Network, account: int) -> list[SealedOutbox]:
    """Copies of somebody's answers that wait for them: one query."""
    return list(_sealed().filter(_in(network), author=account, state=SealedOutbox.State.WAITING))


def sealed_of_closed(network: Network, actor: Actor) -> list[SealedOutbox]:
    """Copies whose authors' accounts are closed, for whoever may hand them in: one query."""
    rows = sealed().filter(_in(network), author__is_active=False, state=SealedOutbox.State.WAITING)
    return list(policy.hand_in_outbox.visible(rows, actor))


@dataclass(frozen=True, slots=True)
class Brought:
    """Where a sealed outbox belongs. `is_last` when its writer hands it over and has no access any more."""

    workbook: Workbook
    author: Account
    is_last: bool


def place_of_outbox(network: Network, actor: Actor, envelope: Envelope) -> Brought:
    """The workbook and the author that an envelope names; Http404 unless both are known to whoever brings it.

    The team and the office bring copies back, and in a self-review everybody who is named for it. Who took part once
    and may not open the workbook now still hands over their own.
    """
    workbook = in_network(network, envelope.workbook)
    if workbook is None:
        raise Http404
    contributes = workbook.review.kind == "self" and policy.read_self.allows(actor, workbook)
    if contributes or policy.upload_outbox.allows(actor, workbook):
        author = _author(network, envelope.account)
        if author is None:
            raise Http404
        return Brought(workbook, author, is_last=False)
    person = actor.account
    if person is None or envelope.account != str(person.pk) or not took_part(workbook, person):
        raise Http404
    return Brought(workbook, person, is_last=True)


def _author(network: Network, named: str) -> Account | None:
    """The account of that number, when it ever had a part in the network: one query."""
    if not (named.isascii() and named.isdecimal() and len(named) <= LONGEST):
        return None
    known = RoleGrant.objects.filter(network=network, account=int(named)).select_related("account").first()
    return known.account if known else None


def sealed() -> QuerySet[SealedOutbox]:
    """Sealed outboxes with what adding them asks."""
    return _sealed()


def sealed_by_enrolment(ids: Collection[int]) -> list[SealedOutbox]:
    """Copies that wait for their authors, of these enrolments: one query."""
    return list(_sealed().filter(workbook__review__enrolment__in=list(ids), state=SealedOutbox.State.WAITING))


def _sealed() -> QuerySet[SealedOutbox]:
    return SealedOutbox.objects.select_related("workbook__review__enrolment__community", "author", "brought_by")


def _in(network: Network) -> Q:
    return Q(workbook__review__enrolment__cycle__network=network)


def _numbers(found: Collection[Device]) -> Numbers:
    """The numbers that came from each device, whether stored or quarantined: two queries."""
    wanted = Q(device_id__gt="", device_id__in={device.device_id for device in found})  # > "" as events' index says
    wanted &= Q(author__in={one.account_id for one in found})
    rows = [
        *Event.objects.filter(wanted).order_by().values_list("device_id", "author", "device_seq"),
        *Quarantined.objects.filter(wanted).order_by().values_list("device_id", "author", "device_seq"),
    ]
    numbers: Numbers = {}
    for device_id, author, number in rows:
        numbers.setdefault((device_id, author), set()).add(number or 0)
    return numbers
