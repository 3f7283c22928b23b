"""The Harbour Network: another tenant with its own words, scale and people, small but alive."""

from datetime import date, timedelta
from typing import Any

from communitas.cycles import actions as cycles
from communitas.demo.network.calendar import Calendar, moment
from communitas.demo.network.data import Place, edition_of, load
from communitas.demo.network.founding import (
    Hearth,
    Household,
    Names,
    Say,
    account,
    kinds_of,
    profile_of,
    settings_of,
)
from communitas.demo.network.reviews import Round, answer_self, open_self_review, plan_visit
from communitas.demo.network.teams import Pool
from communitas.kit import confirmations
from communitas.members import actions as members
from communitas.people import actions as people
from communitas.people.models import Account
from communitas.standards import actions as standards
from communitas.standards.models import StandardSet

SHARES = {"LARK": 0.7, "BUOY": 0.35, "LAMP": 1.0}  # how far the self-reviews are


def make(*, today: date, seed: int, say: Say) -> Hearth:
    """The twin in the middle of its own first cycle."""
    data, calendar = load("twin-network.yaml"), Calendar(today)
    said = data["network"]
    at = moment(calendar.opens(5) - timedelta(days=60))
    network = members.create_network(slug=said["slug"], name=said["name"], settings=settings_of(said), by=None, at=at)
    cast = {person["username"]: account(person, at=at) for person in data["cast"]}
    pearl = cast["pearl"]
    chosen = [Place(one) for one in data["communities"]]
    hearth = Hearth(calendar, seed, say, network, {"cora": pearl, "cyrus": pearl, "dee": pearl}, chosen, accounts=cast)
    members.grant_role(account=pearl, network=network, role="office", duties=["sec", "dpo"], by=None, at=at)
    second = _colleague(hearth, at)
    types, organisations = kinds_of(network, data, by=pearl, at=at)
    names = Names(seed + 1)
    for place in chosen:
        one = place.data
        community = members.add_community(
            network=network,
            code=place.code,
            name=one["name"],
            service_type=types[one["service_type"]],
            organisation=organisations[one["organisation"]],
            profile=profile_of(one),
            by=pearl,
            at=at,
        )
        members.change_membership(community=community, type=one["membership"], since=one["joined_on"], by=pearl, at=at)
        hearth.communities[place.code] = community
        hearth.households[place.code] = _household(hearth, place, names, data, at)
    _edition(hearth, data, second, at)
    _cycle(hearth)
    return hearth


def _colleague(hearth: Hearth, at: Any) -> Account:
    made = people.create_account(
        username="harbour.two", display_name="Idris Tallis", email="idris@harbour.example", by=None, at=at
    )
    members.grant_role(account=made, network=hearth.network, role="office", duties=[], by=None, at=at)
    return made


def _household(hearth: Hearth, place: Place, names: Names, data: Any, at: Any) -> Household:
    known = [person for person in data["cast"] if person["community"] == place.code]
    community, network = hearth.communities[place.code], hearth.network

    def grant(who: Account, role: str) -> Account:
        members.grant_role(account=who, network=network, community=community, role=role, by=hearth.cora, at=at)
        return who

    def one(name: str, role: str, number: int) -> Account:
        username = f"harbour.{place.code.lower()}.{number}"
        return grant(people.create_account(username=username, display_name=name, by=hearth.cora, at=at), role)

    lead = next((hearth.accounts[each["username"]] for each in known if "community_lead" in each["roles"]), None)
    house = Household(grant(lead, "community_lead") if lead else one(place.data["coordinator"], "community_lead", 1))
    house.staff.append(one(names.next(client=False), "staff", 2))
    guest = next((hearth.accounts[each["username"]] for each in known if "client_member" in each["roles"]), None)
    house.clients.append(grant(guest, "client_member") if guest else one(names.next(client=True), "client_member", 3))
    return house


def _edition(hearth: Hearth, data: Any, second: Account, at: Any) -> None:
    standard_set: StandardSet = standards.add_set(
        network=hearth.network, name=data["edition"]["title"], slug="keeping-a-light-on", by=hearth.cora, at=at
    )
    edition = standards.create_edition_from(
        data=edition_of(data["edition"]), standard_set=standard_set, by=hearth.cora, at=at
    )
    proposal = standards.propose_publication(edition=edition, by=hearth.cora, at=at + timedelta(days=3))
    confirmations.confirm(proposal=proposal, by=second, at=at + timedelta(days=4))
    edition.refresh_from_db()
    hearth.editions[1] = edition


def _cycle(hearth: Hearth) -> None:
    calendar = hearth.calendar
    opened = moment(calendar.opens(5), 9)
    cycle = cycles.open_cycle(
        network=hearth.network,
        name=calendar.name(5),
        opens_on=calendar.opens(5),
        closes_on=calendar.closes(5),
        edition=hearth.editions[1],
        by=hearth.cora,
        at=opened,
    )
    hearth.cycles[5] = cycle
    pool = Pool(hearth)
    for number, place in enumerate(hearth.chosen):
        if place.data["membership"] != "full" or place.data["joined_on"] > calendar.opens(5):
            continue
        enrolment = cycles.enrol(
            cycle=cycle,
            community=hearth.communities[place.code],
            pathway="peer_review",
            by=hearth.cora,
            at=opened + timedelta(days=2),
        )
        round_ = Round(hearth, pool, place, enrolment, 5, calendar.visit(35 + 6 * number))
        if place.code in SHARES:
            plan_visit(round_)
            open_self_review(round_)
            answer_self(round_, share=SHARES[place.code])
