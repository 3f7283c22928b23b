"""A network of any size in the middle of its year, written in bulk. Import it inside an installation only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from communitas.cycles.models import Cycle, DueDate, Enrolment
from communitas.members.models import Access, Community, Membership, Network, Organisation, RoleGrant, ServiceType
from communitas.people.models import Account
from communitas.recognition.models import Certificate
from communitas.standards.models import Edition
from communitas.standards.queries import edition_data
from communitas.standards.rules.identity import hash_of
from communitas.visits.models import TeamPlace, Visit
from communitas.workbooks.models import Review, Workbook
from tests import factories

STAGES = ("enrolled", "self_review", "visit", "drafting", "fact_check", "final", "action_plan", "completed")
OPENS_ON = date(2026, 9, 1)
AT = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LargeNetwork:
    """The network, its office, its cycle, and one community that answers its self-review."""

    network: Network
    office: Account
    lead: Account
    edition: Edition
    cycle: Cycle
    enrolment: Enrolment
    workbook: Workbook
    criteria: int  # in each of ten sections


def make(slug: str, *, communities: int, criteria: int = 12) -> LargeNetwork:
    """So many communities, all enrolled, spread over the stages, each with a visit, its team and a certificate."""
    network = factories.make_network(slug, slug.capitalize())
    edition = _edition(network, criteria)
    cycle = factories.make_cycle(network, edition, opens_on=OPENS_ON)
    made = _communities(network, communities)
    accounts = _people(network, made)
    enrolments = _enrolments(cycle, made)
    workbooks = _reviews(enrolments)
    _visits(enrolments, accounts)
    _certificates(network, enrolments, accounts[:2])
    office = factories.make_account(f"{slug}.office", "Office", email=f"office@{slug}.example")
    factories.grant(office, network, "office")
    return LargeNetwork(network, office, accounts[1], edition, cycle, enrolments[1], workbooks[1], criteria)


def score(made: LargeNetwork) -> None:
    """Frozen facts for every enrolment of the cycle: mostly met, in a pattern that differs between communities."""
    keys = list(made.edition.criteria.order_by("position").values_list("key", flat=True))
    for row, enrolment in enumerate(made.cycle.enrolments.order_by("pk")):
        scores: dict[tuple[str, str], int | None] = {}
        for column, key in enumerate(keys):
            scores[key, "self"] = (2, 2, 1, 2)[(row + column) % 4]
            scores[key, "agreed"] = (2, 1, 2, 0, 2)[(3 * row + column) % 5]
        factories.make_facts(enrolment, scores)


def _edition(network: Network, criteria: int) -> Edition:
    """Ten sections of so many criteria, published under the hash of its content, as reading it wants."""
    edition = factories.make_edition(network, sections=10, criteria=criteria, published=False)
    content_hash = hash_of(edition_data(edition))
    Edition.objects.filter(pk=edition.pk).update(state="published", content_hash=content_hash, published_at=AT)
    edition.refresh_from_db()
    return edition


def _communities(network: Network, count: int) -> list[Community]:
    types = list(ServiceType.objects.filter(network=network))
    organisations = Organisation.objects.bulk_create(
        Organisation(network=network, name=f"Trust {number}") for number in range(1 + count // 5)
    )
    made = Community.objects.bulk_create(
        Community(
            network=network,
            organisation=organisations[number // 5],
            service_type=types[number % len(types)],
            code=f"TC{number:05}",
            name=f"House {number:05}",
            region=("North", "South", "East", "West")[number % 4],
        )
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(community=each, type="full", since=date(2020, 1, 1)) for each in made)
    return made


def _people(network: Network, communities: list[Community]) -> list[Account]:
    """One community lead a community, who is a reviewer elsewhere."""
    accounts = Account.objects.bulk_create(
        Account(
            username=f"{network.slug}.{each.code.lower()}",
            email=f"{each.code.lower()}@{network.slug}.example",
            display_name=f"Lead of {each.name}",
            password="!",  # noqa: S106  # nobody signs in with it
            joined_at=factories.networks.LONG_AGO,
        )
        for each in communities
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(account=account, network=network, community=community, role=role, since_at=AT)
        for account, community in zip(accounts, communities, strict=True)
        for role in ("community_lead", "reviewer")
    )
    return accounts


def _enrolments(cycle: Cycle, communities: list[Community]) -> list[Enrolment]:
    made = Enrolment.objects.bulk_create(
        Enrolment(
            cycle=cycle,
            community=each,
            edition=cycle.edition,
            service_type=each.service_type,
            organisation=each.organisation,
            community_name=each.name,
            region=each.region,
            stage=STAGES[number % len(STAGES)],
            anchor_on=_due_on(number, STAGES.index("visit")),
            enrolled_at=AT,
        )
        for number, each in enumerate(communities)
    )
    DueDate.objects.bulk_create(
        DueDate(enrolment=each, what=stage, due_on=_due_on(number, step), first_due_on=_due_on(number, step))
        for number, each in enumerate(made)
        for step, stage in enumerate(STAGES[:-1])
    )
    return made


def _due_on(number: int, step: int) -> date:
    """Three weeks from stage to stage; the visits spread over five months."""
    return OPENS_ON + timedelta(days=100 + number % 150 + 21 * (step - STAGES.index("visit")))


def _reviews(enrolments: list[Enrolment]) -> list[Workbook]:
    """Self-reviews that are open while the enrolment waits for them, and sent afterwards."""
    states = {stage: "open" if stage in {"enrolled", "self_review"} else "sent" for stage in STAGES}
    reviews = Review.objects.bulk_create(
        Review(enrolment=each, kind="self", state=states[each.stage], opened_at=AT) for each in enrolments
    )
    counts = {str(place): [4, 1] for place in range(1, 11)}
    return Workbook.objects.bulk_create(
        Workbook(review=each, edition_hash=enrolments[0].edition.content_hash, counts=counts) for each in reviews
    )


def _visits(enrolments: list[Enrolment], accounts: list[Account]) -> None:
    visits = Visit.objects.bulk_create(
        Visit(enrolment=each, on=each.anchor_on, state="team_appointed") for each in enrolments
    )
    seats = ("lead", "staff", "staff", "client_member")
    places = [
        TeamPlace(
            visit=visit,
            account=accounts[(number + offset) % len(accounts)],
            from_community=enrolments[(number + offset) % len(accounts)].community,
            seat=seat,
            state="accepted",
            appointed_at=AT,
        )
        for number, visit in enumerate(visits)
        for offset, seat in enumerate(seats, start=1)
    ]
    TeamPlace.objects.bulk_create(places)
    Access.objects.bulk_create(
        Access(
            account=place.account,
            community=place.visit.enrolment.community,
            relation="team",
            source=f"visit:{place.visit.pk}",
            scope=place.visit.enrolment.pk,
            since_at=AT,
        )
        for place in places
    )


def _certificates(network: Network, enrolments: list[Enrolment], signers: list[Account]) -> None:
    first, second = signers
    Certificate.objects.bulk_create(
        Certificate(
            network=network,
            community=each.community,
            community_name=each.community_name,
            reference=f"enrolment:{each.pk}",
            code=f"{network.slug[:2].upper()}{each.pk:08}",
            state="issued",
            issued_on=date(2027, 7, 1),
            issued_by=first,
            confirmed_by=second,
            prepared_at=AT,
        )
        for each in enrolments
    )
