"""The fixed cast: the same people in every test, and a twin network that must see nothing.

`world` gives them all: `world.lena` and the others are accounts, `world.lark` and `world.oak` communities, `world.twin`
is the same again in the other network.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client

from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Access, Community, Network
from communitas.people.models import Account
from communitas.standards.models import Edition
from communitas.visits.models import Visit
from communitas.workbooks.models import Workbook
from tests import factories

NOW = datetime(2027, 1, 20, 14, 2, tzinfo=UTC)


@dataclass
class Part:
    """One network with two communities in an open cycle: Lark House in its self-review, Oak Court after its visit."""

    network: Network
    lark: Community
    oak: Community
    elm: Community
    edition: Edition
    cycle: Cycle
    enrolment: Enrolment
    oak_enrolment: Enrolment
    visit: Visit
    workbook: Workbook
    peer_workbook: Workbook


@dataclass
class World(Part):
    """The first network with its cast, and the twin."""

    mina: Account
    stefan: Account
    lena: Account
    rafi: Account
    ludo: Account
    nadia: Account
    cora: Account
    cyrus: Account
    dee: Account
    kit: Account
    otto: Account
    ada: Account
    twin: Part
    tess: Account  # the office of the twin network
    theo: Account  # the community lead of the twin's Lark House

    def sign_in(self, client: Client, account: Account) -> Client:
        """Sign the account in on the client."""
        client.force_login(account)
        return client


def _part(slug: str, name: str) -> Part:
    network = factories.make_network(slug, name)
    edition = factories.make_edition(network)
    lark = factories.make_community(network, "LARK", f"{name} Lark House", region="North")
    oak = factories.make_community(network, "OAK", f"{name} Oak Court", service_type="addiction", region="South")
    elm = factories.make_community(network, "ELM", f"{name} Elm Row", region="North")
    cycle = factories.make_cycle(network, edition)
    enrolment = factories.make_enrolment(cycle, lark, stage="self_review")
    oak_enrolment = factories.make_enrolment(cycle, oak, stage="visit")
    visit = factories.make_visit(enrolment)
    workbook = factories.make_review(enrolment)
    peer_workbook = factories.make_review(enrolment, "peer", state="not_started")
    factories.make_review(oak_enrolment, state="sent")
    return Part(network, lark, oak, elm, edition, cycle, enrolment, oak_enrolment, visit, workbook, peer_workbook)


@pytest.fixture
def world(db: None) -> World:
    """Both networks with their people."""
    return make_world()


def make_world() -> World:
    """Both networks with their people. Rafi, Ludo and Nadia visit Lark House; Otto has nothing to do with it."""
    here, twin = _part("hearth", "Hearth"), _part("harbour", "Harbour")
    make = factories.make_account
    accounts = {
        name: make(name, name.capitalize())
        for name in (
            "mina",
            "stefan",
            "lena",
            "rafi",
            "ludo",
            "nadia",
            "cora",
            "cyrus",
            "dee",
            "kit",
            "otto",
            "tess",
            "theo",
        )
    }
    ada = make("ada", "Ada", is_administrator=True)
    grants = [
        ("mina", "client_member", here.lark, ()),
        ("stefan", "staff", here.lark, ()),
        ("lena", "community_lead", here.lark, ()),
        ("rafi", "reviewer", here.oak, ()),
        ("rafi", "staff", here.oak, ()),
        ("ludo", "lead_reviewer", here.oak, ()),
        ("nadia", "reviewer", here.oak, ()),
        ("nadia", "client_member", here.oak, ()),
        ("otto", "staff", here.elm, ()),
        ("cora", "office", None, ()),
        ("cyrus", "office", None, ("sec", "ana")),
        ("dee", "office", None, ("dpo", "mod", "safe")),
        ("kit", "committee", None, ()),
    ]
    for name, role, community, duties in grants:
        factories.grant(accounts[name], here.network, role, community=community, duties=duties)
    factories.grant(accounts["tess"], twin.network, "office")
    factories.grant(accounts["theo"], twin.network, "community_lead", community=twin.lark)
    for name in ("mina", "stefan"):
        Access.objects.create(
            account=accounts[name],
            community=here.lark,
            relation=Access.Relation.CONTRIBUTOR,
            source=f"enrolment:{here.enrolment.pk}",
            scope=here.enrolment.pk,
            since_at=factories.networks.LONG_AGO,
        )
    for name, seat in (("rafi", "staff"), ("ludo", "lead"), ("nadia", "client_member")):
        factories.on_team(here.visit, accounts[name], seat, community=here.oak)
    return World(**vars(here), **accounts, ada=ada, twin=twin)  # type: ignore[arg-type]  # names and types as in World
