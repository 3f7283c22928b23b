"""Three communities, their people and a published edition: a network before its year begins."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.queries import today_in
from communitas.members.models import Community, Network
from communitas.people.models import Account
from communitas.reports.models import LocalReport
from communitas.standards.models import Edition
from communitas.visits.models import Visit
from communitas.workbooks.models import Workbook
from tests import factories
from tests.e2e.pages import WatchedPage
from tests.e2e.persons import Person, Seen, let_in

# Each line: a name, the roles, the community. Oak Court's people visit Lark House, Elm Row's visit Oak Court.
PEOPLE = (
    ("mina", ("client_member",), "LARK"),
    ("stefan", ("staff",), "LARK"),
    ("lena", ("community_lead",), "LARK"),
    ("oona", ("community_lead",), "OAK"),
    ("ludo", ("lead_reviewer", "staff"), "OAK"),
    ("rafi", ("reviewer", "staff"), "OAK"),
    ("nadia", ("reviewer", "client_member"), "OAK"),
    ("erin", ("lead_reviewer", "staff"), "ELM"),
    ("ines", ("reviewer", "staff"), "ELM"),
    ("pip", ("reviewer", "client_member"), "ELM"),
    ("cora", ("office",), ""),
    ("cyrus", ("office",), ""),
)
TEAMS = {
    "LARK": (("ludo", "lead reviewer"), ("rafi", "staff reviewer"), ("nadia", "client member")),
    "OAK": (("erin", "lead reviewer"), ("ines", "staff reviewer"), ("pip", "client member")),
}
LEADS = {"LARK": "lena", "OAK": "oona"}


@dataclass
class Year:
    """The network, and its people as they come to their browsers: `year["lena"]` is a Person who is signed in."""

    network: Network
    edition: Edition
    communities: dict[str, Community]
    accounts: dict[str, Account]
    visitor: Callable[[], WatchedPage]
    seen: Seen = field(default_factory=set)
    there: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        if name not in self.there:
            person = self.anybody()
            let_in(person.watched, self.accounts[name])
            self.there[name] = person
        return self.there[name]

    def anybody(self) -> Person:
        """Somebody who is not signed in."""
        return Person(self.visitor(), seen=self.seen)

    @property
    def today(self) -> date:
        """The day in the network's time zone."""
        return today_in(self.network, timezone.now())

    @property
    def cycle(self) -> Cycle:
        """The cycle that the office has begun."""
        return Cycle.objects.get(network=self.network)

    def enrolment(self, code: str) -> Enrolment:
        """The enrolment of a community."""
        return Enrolment.objects.get(community=self.communities[code])

    def visit(self, code: str) -> Visit:
        """The visit of a community."""
        return Visit.objects.get(enrolment__community=self.communities[code])

    def workbook(self, code: str, kind: str) -> Workbook:
        """Its self-review ('self') or peer-review ('peer')."""
        return Workbook.objects.get(review__enrolment__community=self.communities[code], review__kind=kind)

    def report(self, code: str) -> LocalReport:
        """Its local report."""
        return LocalReport.objects.get(enrolment__community=self.communities[code])


def make_year(visitor: Callable[[], WatchedPage]) -> Year:
    """The network on the day before its year begins."""
    network = factories.make_network("hearth", "Hearth")
    edition = factories.make_edition(network, sections=2, criteria=4)
    communities = {
        "LARK": factories.make_community(network, "LARK", "Lark House", region="North"),
        "OAK": factories.make_community(network, "OAK", "Oak Court", service_type="addiction", region="South"),
        "ELM": factories.make_community(network, "ELM", "Elm Row", region="North"),
    }
    accounts = {}
    for name, roles, code in PEOPLE:
        accounts[name] = factories.make_account(name, name.capitalize())
        for role in roles:
            factories.grant(accounts[name], network, role, community=communities.get(code))
    return Year(network, edition, communities, accounts, visitor)
