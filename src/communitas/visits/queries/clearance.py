"""What secure sites ask for, and how far somebody's papers are."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from communitas.members.models import Community
from communitas.visits.models import Clearance, SiteClearance, Visit
from communitas.visits.rules.clearance import GIVEN


def site_clearance_of(community: Community) -> SiteClearance | None:
    """What the site asks for: one query where it was not read with the community."""
    found: SiteClearance | None = getattr(community, "site_clearance", None)
    return found


def weeks_of(visit: Visit) -> int:
    """How many weeks before the visit papers must be in; 0 where none are asked for."""
    found = site_clearance_of(visit.enrolment.community)
    return found.weeks if found else 0


def cleared_at(account_id: int) -> dict[int, date]:
    """Until when one person is cleared, by community: one query."""
    given = Clearance.objects.filter(place__account=account_id, state=GIVEN).exclude(valid_until=None)
    return dict(given.values_list("place__visit__enrolment__community").annotate(Max("valid_until")))


def cleared_until(community_id: int, account_ids: Iterable[int]) -> dict[int, date]:
    """Until when people are cleared for a site, by account, from their earlier places: one query."""
    given = Clearance.objects.filter(
        place__visit__enrolment__community=community_id, place__account__in=list(account_ids), state=GIVEN
    )
    rows = given.exclude(valid_until=None).values_list("place__account_id").annotate(Max("valid_until"))
    return dict(rows)
