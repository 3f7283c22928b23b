from datetime import UTC, date, datetime
from typing import Any

from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Access, Community, Network
from communitas.people.models import Account
from communitas.standards.models import Edition
from communitas.visits.models import TeamPlace, Visit
from communitas.workbooks.models import Review, Workbook
from tests.factories.networks import LONG_AGO


def make_cycle(network: Network, edition: Edition, *, name: str = "2027", **fields: Any) -> Cycle:
    return Cycle.objects.create(
        network=network,
        edition=edition,
        name=name,
        state=Cycle.State.OPEN,
        opens_on=fields.pop("opens_on", date(2026, 9, 1)),
        closes_on=fields.pop("closes_on", date(2027, 8, 31)),
        **fields,
    )


def make_enrolment(cycle: Cycle, community: Community, **fields: Any) -> Enrolment:
    return Enrolment.objects.create(
        cycle=cycle,
        community=community,
        edition=cycle.edition,
        service_type=community.service_type,
        organisation=community.organisation,
        community_name=community.name,
        region=community.region,
        enrolled_at=datetime(2026, 10, 6, 9, 0, tzinfo=UTC),
        **fields,
    )


def make_review(enrolment: Enrolment, kind: str = "self", *, state: str = "open") -> Workbook:
    review = Review.objects.create(enrolment=enrolment, kind=kind, state=state, opened_at=LONG_AGO)
    return Workbook.objects.create(review=review, edition_hash=enrolment.edition.content_hash)


def make_visit(enrolment: Enrolment, **fields: Any) -> Visit:
    return Visit.objects.create(enrolment=enrolment, on=fields.pop("on", date(2027, 3, 11)), **fields)


def on_team(visit: Visit, account: Account, seat: str, *, community: Community | None = None) -> TeamPlace:
    """A place that was accepted, with the access that goes with it."""
    Access.objects.create(
        account=account,
        community=visit.enrolment.community,
        relation=Access.Relation.TEAM,
        source=f"visit:{visit.pk}",
        scope=visit.enrolment_id,
        since_at=LONG_AGO,
    )
    return TeamPlace.objects.create(
        visit=visit,
        account=account,
        seat=seat,
        from_community=community,
        state=TeamPlace.State.ACCEPTED,
        appointed_at=LONG_AGO,
    )
