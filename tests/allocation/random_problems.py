"""Problems that Hypothesis draws: small, crowded, and full of rules that meet."""

from collections.abc import Callable

from hypothesis import strategies as st

from tests.allocation.problems import DAYS, Json, problem

WORDS = st.sampled_from(["adult", "prison"])
DAY_LISTS = st.lists(st.sampled_from(DAYS), max_size=3, unique=True)
ORGANISATIONS = st.sampled_from([None, "Trust 1", "Trust 2"])
PLACES = {"lat": st.sampled_from([51.5, 52.5, 54.9]), "lon": st.sampled_from([0.0, -1.5])}
OVERRIDABLE = ["own organisation", "conflict", "no_repeat_cycles", "max_distance_km"]
SEATS = ["lead", "specialist", "staff", "client_member"]


def _host(name: str) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "id": st.just(name),
            "organisation": ORGANISATIONS,
            "type": WORDS,
            "pathway": st.sampled_from(["peer_review", "accreditation"]),
            "dates": DAY_LISTS,
            **PLACES,
        }
    )


def _reviewer(name: str, hosts: list[str]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "id": st.just(name),
            "community": st.sampled_from([None, "gone", *hosts]),
            "organisation": ORGANISATIONS,
            "kind": st.sampled_from(["staff", "client_member"]),
            "levels": st.lists(st.sampled_from(["reviewer", "lead", "specialist"]), unique=True),
            "types": st.lists(WORDS, unique=True),
            "experience": st.integers(0, 4),
            "available": DAY_LISTS,
            "max_visits": st.integers(0, 2),
            **PLACES,
        }
    )


def _settings() -> st.SearchStrategy[Json]:
    seats = st.fixed_dictionaries({"lead": st.just(1), "staff": st.integers(0, 2), "client_member": st.integers(0, 1)})
    weights = st.fixed_dictionaries(
        {},
        optional={
            "km": st.sampled_from([0, 0.5]),
            "ledger": st.sampled_from([0, 400]),
            "unfilled_seat": st.sampled_from([0, 50, 100_000]),
            "unplaced_host": st.sampled_from([0, 300]),
        },
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "seats": st.fixed_dictionaries({}, optional={"peer_review": seats}),
            "no_swap": st.booleans(),
            "no_repeat_cycles": st.integers(0, 2),
            "max_distance_km": st.sampled_from([0, 120, 400]),
            "max_same_community": st.integers(0, 2),
            "weights": weights,
        },
    )


def _named(key: str) -> Callable[[Json], str]:
    return lambda item: str(item[key])


def _pair(item: Json) -> tuple[str, str]:
    return str(item["reviewer"]), str(item["host"])


@st.composite
def problems(draw: st.DrawFn, *, most_hosts: int = 4, most_reviewers: int = 9, pins: bool = True) -> Json:
    """A problem that can be read but for its pins, which may break rules."""
    hosts = [f"H{number}" for number in range(draw(st.integers(1, most_hosts)))]
    people = [f"R{number}" for number in range(draw(st.integers(0, most_reviewers)))]
    some_host = st.sampled_from(hosts)
    some_person = st.sampled_from([*people, "left"])
    member: st.SearchStrategy[Json] = st.fixed_dictionaries({"reviewer": some_person, "as": st.sampled_from(SEATS)})
    before: st.SearchStrategy[Json] = st.fixed_dictionaries(
        {
            "host": some_host,
            "date": st.sampled_from(DAYS),
            "team": st.lists(member, max_size=4, unique_by=_named("reviewer")),
        }
    )
    who = {"reviewer": st.sampled_from(people)} if people else {}
    pin = st.fixed_dictionaries({"host": some_host, "date": st.sampled_from(DAYS)}, optional=who)
    community = st.sampled_from(["gone", *hosts])
    past = st.fixed_dictionaries({"community": community, "host": community, "cycle": st.integers(2023, 2027)})
    conflict = st.fixed_dictionaries({"reviewer": st.sampled_from(people or [""]), "host": some_host})
    aside = st.fixed_dictionaries(
        {
            "reviewer": st.sampled_from(people or [""]),
            "host": some_host,
            "rules": st.lists(st.sampled_from(OVERRIDABLE), min_size=1, unique=True),
        }
    )
    return problem(
        [draw(_host(name)) for name in hosts],
        [draw(_reviewer(name, hosts)) for name in people],
        settings=draw(_settings()),
        conflicts=draw(st.lists(conflict, max_size=2)) if people else [],
        history=draw(st.lists(past, max_size=3)),
        ledger=draw(st.dictionaries(community, st.integers(-3, 3), max_size=3)),
        pinned=draw(st.lists(pin, max_size=2)) if pins else [],
        overridden=draw(st.lists(aside, max_size=2, unique_by=_pair)) if people else [],
        previous=draw(st.lists(before, max_size=2, unique_by=_named("host"))),
    )
