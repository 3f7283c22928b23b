"""The data files of the demo network are complete, agree with each other and name no real person."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.cycles.rules.calendar import WorkingCalendar
from communitas.cycles.rules.changes import Change
from communitas.cycles.rules.due import Windows
from communitas.members.rules.membership import MembershipType
from communitas.members.rules.roles import Duty, Role
from tests.demo.files import FOLDER, by_key, edition_of, hearth_edition, load, texts

CAST = ["mina", "stefan", "lena", "rafi", "ludo", "nadia", "cora", "cyrus", "dee", "kit", "otto", "ada"]


@pytest.mark.parametrize("file", ["communities.yaml", "twin-network.yaml"])
def test_communities_are_named_once_and_every_reference_resolves(file: str) -> None:
    data = load(file)
    settings = load("network.yaml") if file == "communities.yaml" else data["network"]
    types = {kind["code"]: kind["hidden_address"] for kind in data["service_types"]}
    communities = data["communities"]
    codes = [community["code"] for community in communities]

    assert len({code.casefold() for code in codes}) == len(codes)
    assert len({community["name"] for community in communities}) == len(codes)
    assert {c["organisation"] for c in communities} == {o["code"] for o in data["organisations"]}
    assert {c["membership"] for c in communities} == {m["code"] for m in settings["membership_types"]}
    assert {c["region"] for c in communities} <= set(settings["regions"])
    for community in communities:
        event = community.get("event", {})
        assert re.fullmatch(r"[A-Z]{4}", community["code"])
        assert community["hidden_address"] is types[community["service_type"]]
        assert 0 <= community["strength"] <= 1
        assert -1 <= community["candour"] <= 1
        assert isinstance(community["joined_on"], date)
        assert 35 < community["latitude"] < 60
        assert -10 < community["longitude"] < 15
        assert community["story"].endswith(".")
        assert event.get("into", codes[0]) in codes
        assert event.get("former_service_type", community["service_type"]) in types


def test_the_network_has_forty_communities_with_the_events_of_a_real_year() -> None:
    data = load("communities.yaml")
    communities = data["communities"]
    events = {c["event"]["kind"]: c["code"] for c in communities if "event" in c}
    per_organisation = Counter(c["organisation"] for c in communities)
    candour = sum(c["candour"] for c in communities) / len(communities)

    assert (len(communities), len(data["organisations"])) == (40, 25)
    assert events == {Change.RENAME: "HOPE", Change.WITHDRAW: "ELMS", Change.MERGE: "WEIR", Change.CHANGE_TYPE: "ORCH"}
    assert Counter(per_organisation.values()) == {1: 12, 2: 11, 3: 2}
    assert {"Italy", "Netherlands", "Ireland", "United Kingdom"} == {c["country"] for c in communities}
    assert {MembershipType(c["membership"]) for c in communities} == set(MembershipType)
    assert sum(c["modules"] == ["outreach"] for c in communities) == 7
    assert 0.05 < candour < 0.2


def test_the_twin_network_is_small_and_marks_with_two_words() -> None:
    twin = load("twin-network.yaml")
    edition = edition_of(twin["edition"])
    hearth = {community["code"]: community["name"] for community in load("communities.yaml")["communities"]}
    both = [c for c in twin["communities"] if c["code"] in hearth]

    assert len(twin["communities"]) == 6
    assert len(list(edition.criteria())) == 20
    assert edition.scale.levels == 2
    assert [c["name"] == hearth[c["code"]] for c in both] == [False]


@pytest.mark.parametrize(
    ("people", "places"), [("people.yaml", "communities.yaml"), ("twin-network.yaml", "twin-network.yaml")]
)
def test_the_cast_hold_known_roles_in_known_communities(people: str, places: str) -> None:
    codes = {community["code"] for community in load(places)["communities"]}
    cast = load(people)["cast"]

    assert len({person["display_name"] for person in cast}) == len(cast)
    for person in cast:
        roles = {Role(role) for role in person["roles"]}
        assert {Duty(duty).value for duty in person["duties"]} == set(person["duties"])
        assert (person["community"] in codes) is not roles.issubset({Role.OFFICE, Role.COMMITTEE, Role.ADMIN})
        assert bool(re.search(r" \w\.$", person["display_name"])) is (Role.CLIENT_MEMBER in roles)


def test_the_cast_are_those_of_the_tests_and_names_suffice_for_everyone_else() -> None:
    people = load("people.yaml")
    home = {person["username"]: person["community"] for person in people["cast"]}
    first_names, surnames = people["first_names"], people["surnames"]
    coordinators = [c["coordinator"] for c in load("communities.yaml")["communities"]]

    assert list(home) == CAST
    assert home["mina"] == home["stefan"] == home["lena"] == "LARK"
    assert len({home[name] for name in ("lena", "rafi", "ludo", "nadia", "otto")}) == 5
    assert len(set(first_names)) == len(first_names) == 80
    assert len(set(surnames)) == len(surnames) == 80
    assert len(set(coordinators)) == len(coordinators)
    assert not re.search(r"\b(Dr|Mr|Mrs|Ms|Miss|Prof)\b", " ".join(texts(people)))


def test_comments_fit_every_section_and_known_criteria() -> None:
    comments = load("comments.yaml")
    edition = hearth_edition(3)
    smallest = {"self": 25, "reviewer": 20}

    assert {s["section"]: s["title"] for s in comments["sections"]} == {s.code: s.title for s in edition.sections}
    for section in comments["sections"]:
        for who, least in smallest.items():
            assert set(section[who]) == {"met", "partly", "not"}
            assert sum(map(len, section[who].values())) >= least
    assert {(who, mark): len(found) for who in smallest for mark, found in comments["endings"][who].items()} == {
        (who, mark): 12 for who in smallest for mark in ("met", "partly", "not")
    }
    keys = [criterion["key"] for criterion in comments["criteria"]]
    assert len(keys) == len(set(keys)) >= 40
    assert set(keys) <= set(by_key(edition))
    assert all(set(c["self"]) >= {"met", "partly"} <= set(c["reviewer"]) for c in comments["criteria"])


def test_the_other_texts_are_as_many_as_a_demo_needs_and_never_repeat() -> None:
    comments = load("comments.yaml")
    sections = {section.code for section in hearth_edition(3).sections}
    counted = {
        "achievements": 40, "improvements": 40, "actions": 40, "not_applicable": 15,
        "factual_accuracy": 20, "team_feedback": 20, "agreed_differs": 30,
    }  # fmt: skip
    titles = {section["title"] for section in comments["sections"]}
    owners = {action["owner"] for action in comments["actions"]}
    long_texts = [text for text in texts(comments) if " " in text and text not in titles | owners]

    assert {name: len(comments[name]) for name in counted} == counted
    for name in ("achievements", "improvements", "actions"):
        assert {entry["section"] for entry in comments[name]} == sections
    assert all(1 <= action["month"] <= 12 and action["owner"] for action in comments["actions"])
    assert {point["decision"] for point in comments["factual_accuracy"]} == {"accepted", "declined", "noted"}
    assert [text for text, times in Counter(long_texts).items() if times > 1] == []


def test_comments_hold_the_characters_that_break_careless_code() -> None:
    everything = list(texts(load("comments.yaml")))

    for awkward in ("'", '"', "&", "é", "\n", "\N{HEBREW LETTER NUN}"):
        assert any(awkward in text for text in everything), awkward


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: path.name)
def test_nothing_looks_like_a_real_persons_data(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert all(address.endswith(".example") for address in re.findall(r"[\w.+-]+@[\w.-]+\w", text))
    assert re.findall(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", text) == []  # postcodes
    assert re.findall(r"\+?\d[\d ]{8,}\d", text) == []  # telephone and health-service numbers
    assert re.findall(r"https?://", text) == []
    assert max(map(len, text.splitlines())) <= 140


def test_days_off_are_the_bank_holidays_of_england_and_wales() -> None:
    calendar = load("network.yaml")["calendar"]
    found = {entry["date"]: entry["name"] for entry in calendar["holidays"]}
    once = {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}

    expected = {day for year in range(2022, 2028) for day in bank_holidays(year)} - {date(2022, 5, 30)} | once

    assert sorted(found) == sorted(expected)
    assert len(found) == len(calendar["holidays"])
    assert WorkingCalendar(frozenset(calendar["weekend"]), frozenset(found)).add_working_days(
        date(2026, 12, 24), 1
    ) == date(2026, 12, 29)


def bank_holidays(year: int) -> Iterator[date]:
    """The usual eight days of a year: a day at the weekend moves to the next weekday that is free."""
    easter = easter_sunday(year)
    may, june = date(year, 5, 1), date(year, 6, 1)
    yield from (easter - timedelta(days=2), easter + timedelta(days=1))
    yield may + timedelta(days=-may.weekday() % 7)
    yield june - timedelta(days=(june.weekday() + 6) % 7 + 1)
    yield date(year, 8, 31) - timedelta(days=date(year, 8, 31).weekday())
    taken: set[date] = set()
    for day in (date(year, 1, 1), date(year, 12, 26), date(year, 12, 25)):
        while day.weekday() >= 5 or day in taken:
            day += timedelta(days=1)
        taken.add(day)
    yield from taken


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month, day = divmod(epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def test_settings_are_within_what_the_rules_allow() -> None:
    network = load("network.yaml")

    assert Parameters(**network["thresholds"]) == Parameters()
    assert Windows(**network["windows"]) == Windows()
    assert network["accreditation"]["essential"] == 100
    assert network["office_email"] == "office@hearth.example"
