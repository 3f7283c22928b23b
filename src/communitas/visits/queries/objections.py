"""Objections of hosts, and the people whom a declared interest or an upheld objection keeps off a community."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from communitas.kit.prepared import Finder
from communitas.members.models import Access
from communitas.visits.models import Objection, Visit


def objections() -> QuerySet[Objection]:
    """Objections with what their pages show."""
    return Objection.objects.select_related("place__account", "raised_by", "decided_by")


objection = Finder(objections)


def objections_of(visit: Visit) -> list[Objection]:
    """All objections to people on the team of a visit, the newest first: one query."""
    return list(objections().filter(place__visit=visit))


def objected_pairs(network_id: int) -> dict[int, frozenset[int]]:
    """The communities whose objection was upheld, by account: one query. These pairs stay apart."""
    return _sets(_upheld(network_id))


def kept_apart(network_id: int, *, at: datetime, account: int | None = None) -> dict[int, frozenset[int]]:
    """Likewise, with the communities where somebody declared an interest, of one person alone: one query for both."""
    interests = Access.objects.filter(relation="interest", community__network=network_id).exclude(until_at__lte=at)
    upheld = _upheld(network_id)
    if account is not None:
        interests, upheld = interests.filter(account=account), upheld.filter(place__account=account)
    return _sets(interests.order_by().values_list("account_id", "community_id").union(upheld))


def _upheld(network_id: int) -> QuerySet[Objection, Any]:
    found = Objection.objects.filter(decision="upheld", place__visit__enrolment__cycle__network=network_id)
    return found.order_by().values_list("place__account_id", "place__visit__enrolment__community_id")


def _sets(rows: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found = defaultdict[int, set[int]](set)
    for account, community in rows:
        found[account].add(community)
    return {account: frozenset(communities) for account, communities in found.items()}
