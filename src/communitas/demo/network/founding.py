"""The network is founded: its office, its calendar, its communities and the people who live and work in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from communitas.demo.cast import PASSWORD, cast
from communitas.demo.network import gaps
from communitas.demo.network.calendar import Calendar, moment
from communitas.demo.network.data import Data, Place, load, places
from communitas.demo.network.luck import luck
from communitas.members import actions as members
from communitas.members.models import Community, Network, Organisation, ServiceType
from communitas.people import actions as people
from communitas.people.models import Account

Say = Callable[[str], None]
STAFF, CLIENTS = 3, 2  # people in a community besides its lead; the cast comes on top
LED_BY = 0.7  # communities of at least this strength have a lead reviewer


@dataclass
class Household:
    """The people of one community."""

    lead: Account
    staff: list[Account] = field(default_factory=list)
    clients: list[Account] = field(default_factory=list)
    lead_reviewers: list[Account] = field(default_factory=list)
    staff_reviewers: list[Account] = field(default_factory=list)
    client_reviewers: list[Account] = field(default_factory=list)

    @property
    def everyone(self) -> list[tuple[Account, str]]:
        """Everybody with the role in which they answer: the lead, then a client member and a staff member in turn."""
        found = [(self.lead, "community_lead")]
        for client, member in zip_longest(self.clients, self.staff):
            found += [(client, "client_member")] if client else []
            found += [(member, "staff")] if member else []
        return found


@dataclass
class Hearth:
    """The network while it is being made."""

    calendar: Calendar
    seed: int
    say: Say
    network: Network
    office: dict[str, Account]
    chosen: list[Place]
    communities: dict[str, Community] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    editions: dict[int, Any] = field(default_factory=dict)
    cycles: dict[int, Any] = field(default_factory=dict)

    @property
    def cora(self) -> Account:
        return self.office["cora"]

    @property
    def cyrus(self) -> Account:
        return self.office["cyrus"]

    @property
    def dee(self) -> Account:
        return self.office["dee"]

    @property
    def now(self) -> datetime:
        return self.calendar.now

    def place(self, code: str) -> Place:
        """The story of a community."""
        return next(place for place in self.chosen if place.code == code)


def found(*, today: date, seed: int, say: Say, codes: frozenset[str] | None) -> Hearth:
    """The network with its people. `codes` makes fewer communities, for tests."""
    calendar = Calendar(today)
    data = load("network.yaml")
    at = moment(calendar.opens(1) - timedelta(days=120))
    network = members.create_network(slug=data["slug"], name=data["name"], settings=settings_of(data), by=None, at=at)
    office = {person["username"]: account(person, at=at) for person in cast() if not person["community"]}
    chosen = [place for place in places() if codes is None or place.code in codes]
    hearth = Hearth(calendar, seed, say, network, office, chosen, accounts=dict(office))
    for person in cast():
        if not person["community"]:
            _office_role(hearth, person, at)
    for holiday in data["calendar"]["holidays"]:
        members.add_holiday(network=network, on=holiday["date"], name=holiday["name"], by=hearth.cora, at=at)
    _communities(hearth, data, at)
    names = Names(seed)
    for place in chosen:
        hearth.households[place.code] = _household(hearth, place, names, at)
    return hearth


def settings_of(data: Data) -> Data:
    """A network's settings as the data file writes them."""
    plain = ("strapline", "office_name", "office_email", "office_address", "time_zone")
    given = {name: data[name] for name in plain} | {"regions": data["regions"]}
    for name in ("language", "windows", "thresholds"):
        if name in data:
            given[name] = data[name]
    if "calendar" in data:
        given["weekend"] = data["calendar"]["weekend"]
    given["welcome"] = "\n\n".join(" ".join(part.split()) for part in data["welcome"].split("\n\n"))
    return given | {"wording": {kind["code"]: kind["certificate"] for kind in data["membership_types"]}}


def account(person: Data, *, at: datetime) -> Account:
    """An account of the cast; whoever has no address signs in with the username alone."""
    return people.create_account(
        username=person["username"],
        display_name=person["display_name"],
        email=person["email"] or "",
        password=PASSWORD,
        by=None,
        at=at,
    )


def _office_role(hearth: Hearth, person: Data, at: datetime) -> None:
    who = hearth.office[person["username"]]
    if "admin" in person["roles"]:
        gaps.make_administrator(who)
    for role in set(person["roles"]) - {"admin"}:
        members.grant_role(account=who, network=hearth.network, role=role, duties=person["duties"], by=None, at=at)


def _communities(hearth: Hearth, data: Data, at: datetime) -> None:
    said, by = load("communities.yaml"), hearth.cora
    fees = {kind["code"]: Decimal(str(kind["yearly_fee"])) for kind in data["membership_types"]}
    types, organisations = kinds_of(hearth.network, said, by=by, at=at)
    for place in hearth.chosen:
        one = place.data
        community = members.add_community(
            network=hearth.network,
            code=place.code,
            name=place.former_name,
            service_type=types[place.former_type],
            organisation=organisations[one["organisation"]],
            profile=profile_of(one),
            by=by,
            at=at,
        )
        members.change_membership(
            community=community,
            type=one["membership"],
            since=one["joined_on"],
            fee=fees[one["membership"]],
            by=by,
            at=at,
        )
        hearth.communities[place.code] = community


def kinds_of(
    network: Network, said: Data, *, by: Account, at: datetime
) -> tuple[dict[str, ServiceType], dict[str, Organisation]]:
    """The service types and organisations of a data file, by their codes."""
    types = {
        kind["code"]: members.save_service_type(
            network=network, name=kind["title"], plural=kind["plural"], code=kind["code"], by=by, at=at
        )
        for kind in said["service_types"]
    }
    organisations = {
        one["code"]: members.save_organisation(network=network, name=one["name"], by=by, at=at)
        for one in said["organisations"]
    }
    return types, organisations


def profile_of(one: Data) -> Data:
    """The fields of a community's profile."""
    names = ("region", "town", "country", "latitude", "longitude", "hidden_address")
    return {name: one[name] for name in names} | {"about": one["story"]}


@dataclass
class Names:
    """Invented names, each used once; client members show a first name and an initial."""

    seed: int
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        data = load("people.yaml")
        self.first, self.last = data["first_names"], data["surnames"]
        self.chance = luck(self.seed, "names")
        self.used |= {person["display_name"] for person in data["cast"]}

    def next(self, *, client: bool) -> str:
        """One more name."""
        while True:
            first, last = self.chance.choice(self.first), self.chance.choice(self.last)
            name = f"{first} {last[0].upper()}." if client else f"{first} {last}"
            if name not in self.used:
                self.used.add(name)
                return name


@dataclass
class _Mover:
    """Moves people into one community."""

    hearth: Hearth
    place: Place
    at: datetime
    number: int = 0

    def one(self, name: str, *roles: str, email: bool = True, username: str = "") -> Account:
        """An account with its roles. The lead gets an address, as most staff do; most client members have none."""
        self.number += 1
        code = self.place.code.lower()
        username = username or f"{code}.{self.number}"
        made = people.create_account(
            username=username,
            display_name=name,
            email=f"{username}@{code}.example" if email else "",
            password=PASSWORD,
            by=self.hearth.cora,
            at=self.at,
        )
        self.grant(made, *roles)
        return made

    def grant(self, who: Account, *roles: str) -> None:
        """Roles in the community."""
        for role in roles:
            members.grant_role(
                account=who,
                network=self.hearth.network,
                community=self.hearth.communities[self.place.code],
                role=role,
                by=self.hearth.cora,
                at=self.at,
            )


def _household(hearth: Hearth, place: Place, names: Names, at: datetime) -> Household:
    mover = _Mover(hearth, place, at)
    known = [person for person in cast() if person["community"] == place.code]
    for person in known:
        hearth.accounts[person["username"]] = who = account(person, at=at)
        mover.grant(who, *person["roles"])
    lead = next((hearth.accounts[one["username"]] for one in known if "community_lead" in one["roles"]), None)
    house = Household(
        lead or mover.one(place.data["coordinator"], "community_lead", "staff", username=place.code.lower())
    )
    reviews = place.data["membership"] in {"full", "accredited"}
    if reviews and place.data["strength"] >= LED_BY:
        leader = mover.one(names.next(client=False), "staff", "lead_reviewer")
        house.staff.append(leader)
        house.lead_reviewers.append(leader)
    for number in range(STAFF):
        reviewer = reviews and number < STAFF - 1
        who = mover.one(names.next(client=False), "staff", *(["reviewer"] if reviewer else []))
        house.staff.append(who)
        house.staff_reviewers += [who] if reviewer else []
    for number in range(CLIENTS):
        reviewer = reviews and number == 0
        who = mover.one(names.next(client=True), "client_member", *(["reviewer"] if reviewer else []), email=reviewer)
        house.clients.append(who)
        house.client_reviewers += [who] if reviewer else []
    for person in known:
        _sort_in(house, hearth.accounts[person["username"]], person["roles"])
    return house


def _sort_in(house: Household, who: Account, roles: list[str]) -> None:
    if "client_member" in roles:
        house.clients.insert(0, who)
    elif who != house.lead:
        house.staff.insert(0, who)
    if "lead_reviewer" in roles:
        house.lead_reviewers.insert(0, who)
    elif "reviewer" in roles:
        (house.client_reviewers if "client_member" in roles else house.staff_reviewers).insert(0, who)
