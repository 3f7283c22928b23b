"""Conflicts that nobody declares: they follow from the roles that people hold and held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from communitas.members.models import Community, Network, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import VisitSettings
from communitas.visits.queries.settings import settings_of
from communitas.visits.rules.former import rests_since, rests_until

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Derived:
    """A community that somebody does not review because of a role there, and others of its organisation with it."""

    community: Community
    role: str
    ended_on: date | None  # None while the role is held
    free_on: date | None

    @property
    def is_former(self) -> bool:
        return self.ended_on is not None


def counting(settings: VisitSettings, now: datetime) -> Q:
    """The roles that count for conflicts: held now, or ended within the years that the network has set."""
    return Q(until_at=None) | Q(until_at__gt=_since(settings, now))


def has_ended(grant: RoleGrant, now: datetime) -> bool:
    """Whether the role is no longer held."""
    return grant.until_at is not None and grant.until_at <= now


def former_places(grants: Iterable[RoleGrant]) -> tuple[frozenset[str], frozenset[str]]:
    """The communities and organisations, as text, of roles that ended; also what a community merged into."""
    homes = [grant.community for grant in grants if grant.community]
    communities = {str(home.pk) for home in homes} | {str(home.merged_into_id) for home in homes if home.merged_into_id}
    return frozenset(communities), frozenset(str(home.organisation_id) for home in homes if home.organisation_id)


def derived_of(network: Network, account: Account, *, now: datetime) -> list[Derived]:
    """What follows from somebody's roles, those they hold now first, then by name. Two queries."""
    settings = settings_of(network)
    grants = RoleGrant.objects.filter(counting(settings, now), network=network, account=account, since_at__lte=now)
    grants = grants.filter(community__isnull=False).select_related("community__organisation")
    last = dict[Community, RoleGrant]()
    for grant in sorted(grants, key=lambda one: (one.until_at or FOREVER, one.pk)):
        if grant.community:
            last[grant.community] = grant
    found = [_derived(home, grant, settings, now) for home, grant in last.items()]
    return sorted(found, key=lambda one: (one.is_former, one.community.name.casefold(), one.community.pk))


def derived_rows(network: Network, *, now: datetime) -> QuerySet[RoleGrant]:
    """For everybody who may review or decides, the roles that keep them off communities: the last of each community."""
    settings = settings_of(network)
    kept = RoleGrant.objects.filter(counting(settings, now), network=network, since_at__lte=now)
    kept = kept.filter(community__isnull=False).annotate(
        ends=Coalesce("until_at", Value(FOREVER), output_field=DateTimeField())
    )
    later = kept.filter(account=OuterRef("account"), community=OuterRef("community")).filter(
        Q(ends__gt=OuterRef("ends")) | Q(ends=OuterRef("ends"), pk__gt=OuterRef("pk"))
    )
    judging = RoleGrant.objects.filter(network=network, role__in=["reviewer", "lead_reviewer", "committee"])
    judging = judging.exclude(until_at__lte=now).filter(account=OuterRef("account"), since_at__lte=now)
    rows = kept.filter(~Exists(later), Exists(judging), account__is_active=True)
    return rows.select_related("account", "community__organisation", "network__visit_settings")


def free_on(grant: RoleGrant, years: int) -> date | None:
    """From when on somebody whose role ended may review the community; None while the role is held."""
    return rests_until(grant.until_at.date(), years) if grant.until_at else None


def _derived(home: Community, grant: RoleGrant, settings: VisitSettings, now: datetime) -> Derived:
    if grant.until_at is None or not has_ended(grant, now):
        return Derived(home, grant.role, None, None)
    return Derived(home, grant.role, grant.until_at.date(), free_on(grant, settings.former_years))


def _since(settings: VisitSettings, now: datetime) -> datetime:
    if not settings.former_years:
        return now
    return datetime.combine(rests_since(now.date(), settings.former_years), time(23, 59, 59), tzinfo=UTC)
