"""Lineage is proposed from the words, the same way each time, and covers both editions."""

import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import communitas.demo
from communitas.kit.exceptions import NotAllowed
from communitas.standards.rules import lineage
from communitas.standards.rules.edition import Criterion, Edition, Level, Section
from communitas.standards.rules.lineage import Kind, Link

DATA = Path(communitas.demo.__file__).parent / "data" / "standards"


def edition(*criteria: Criterion) -> Edition:
    return Edition("Standards", 1, (Section("All", criteria),))


def criterion(key: str, statement: str, level: Level = Level.EXPECTED) -> Criterion:
    return Criterion(key.upper(), statement, level, key=key)


def shapes(links: tuple[Link, ...]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(link.kind.value, link.from_keys, link.to_keys) for link in links]


def demo_edition(number: int, *, keys: bool) -> Edition:
    """A demo edition; without keys its criteria are named by number and code only."""
    data = yaml.safe_load((DATA / f"edition-{number}.yaml").read_text("utf-8"))
    return Edition(
        data["title"],
        number,
        tuple(
            Section(
                section["title"],
                tuple(
                    Criterion(
                        item["code"],
                        item["statement"],
                        Level(item["level"]),
                        key=item["key"] if keys else "",
                        standard=standard["title"],
                        guidance=item["guidance"],
                        evidence=item["evidence"],
                        plain_text=item["plain_text"],
                    )
                    for standard in section["standards"]
                    for item in standard["criteria"]
                ),
            )
            for section in data["sections"]
        ),
    )


def confirmed(old: int, new: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / f"lineage-{old}-{new}.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("keys", [True, False], ids=["keys", "codes"])
@pytest.mark.parametrize("first", [1, 2])
def test_most_of_the_demo_lineage_is_proposed_as_the_office_confirmed_it(first: int, keys: bool) -> None:
    names = [
        {item.key: item.key if keys else item.code for item in demo_edition(number, keys=True).criteria()}
        for number in (first, first + 1)
    ]
    wanted = {
        (
            link["kind"],
            frozenset(names[0][key] for key in link["from"]),
            frozenset(names[1][key] for key in link["to"]),
        )
        for link in confirmed(first, first + 1)
    }

    links = lineage.propose(demo_edition(first, keys=keys), demo_edition(first + 1, keys=keys))

    right = wanted & {(link.kind.value, frozenset(link.from_keys), frozenset(link.to_keys)) for link in links}
    changed = {link for link in wanted if link[0] not in {"unchanged", "level_changed"}}
    assert len(right) / len(wanted) >= 0.95
    assert len(right & changed) / len(changed) >= 0.85


def test_the_confirmed_demo_lineages_cover_both_editions() -> None:
    for first in (1, 2):
        links = [
            Link(Kind(link["kind"]), tuple(link["from"]), tuple(link["to"]), link["same_meaning"])
            for link in confirmed(first, first + 1)
        ]

        found = lineage.problems(demo_edition(first, keys=True), demo_edition(first + 1, keys=True), links)

        assert found == ()


def test_each_kind_is_recognised() -> None:
    fire = criterion("fire", "Fire drills are held twice a year with every client member.")
    aid = criterion("aid", "First aid is practised, and the equipment is checked each month.")
    old = edition(
        criterion("voice", "Everyone has a voice in the community meeting."),
        criterion("meals", "Staff and members share meals."),
        criterion("plan", "Each client member has a leaving plan, begun early."),
        criterion("meet", "The whole community meets daily, and its decisions are written down for everyone."),
        fire,
        aid,
        criterion("book", "Visitors sign a guest register at reception."),
    )
    new = edition(
        criterion("voice", "Everyone has a voice in the  community meeting"),
        criterion("meals", "Staff and members share meals.", Level.DESIRABLE),
        criterion("plan", "Each client member has a leaving plan, begun in the first half of the stay."),
        criterion("meet-daily", "The whole community meets daily."),
        criterion("meet-notes", "The decisions of the community are written down for everyone."),
        criterion("safe", "Fire drills and first aid are practised twice a year with every client member."),
        criterion("bees", "Bees and hedgehogs find shelter."),
    )

    links = lineage.propose(old, new)

    assert shapes(links) == [
        ("unchanged", ("voice",), ("voice",)),
        ("level_changed", ("meals",), ("meals",)),
        ("reworded", ("plan",), ("plan",)),
        ("split", ("meet",), ("meet-daily", "meet-notes")),
        ("merged", ("fire", "aid"), ("safe",)),
        ("new", (), ("bees",)),
        ("withdrawn", ("book",), ()),
    ]
    assert [link.same_meaning for link in links] == [True, True, None, False, False, False, False]
    assert links[1].why == "The words are the same. The level changes from 2 to 3."


def test_equal_words_are_told_apart_by_key_then_code_then_order() -> None:
    text = "Records are kept."
    old = edition(*(criterion(key, text) for key in "abc"))
    new = edition(*(criterion(key, text) for key in "cxa"))

    assert shapes(lineage.propose(old, new)) == [
        ("unchanged", ("c",), ("c",)),
        ("unchanged", ("b",), ("x",)),
        ("unchanged", ("a",), ("a",)),
    ]


def test_an_empty_edition_makes_everything_new_or_withdrawn() -> None:
    one = edition(criterion("a", "Records are kept."))

    assert shapes(lineage.propose(edition(), one)) == [("new", (), ("a",))]
    assert shapes(lineage.propose(one, edition())) == [("withdrawn", ("a",), ())]
    assert lineage.propose(edition(), edition()) == ()


VOCABULARY = [
    "staff",
    "members",
    "meet",
    "plan",
    "safe",
    "food",
    "voice",
    "night",
    "drill",
    "review",
    "visit",
]
texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)


@settings(deadline=None)
@given(old=st.lists(texts, max_size=8), new=st.lists(texts, max_size=8))
def test_a_proposal_covers_both_editions_and_repeats(old: list[str], new: list[str]) -> None:
    before, after = (
        edition(*(criterion(f"{name}{number}", text) for number, text in enumerate(side)))
        for name, side in (("o", old), ("n", new))
    )

    links = lineage.propose(before, after)

    decided = [replace(link, same_meaning=bool(link.same_meaning)) for link in links]
    assert lineage.problems(before, after, decided) == ()
    assert lineage.propose(before, after) == links


def test_two_editions_of_250_criteria_take_less_than_a_second() -> None:
    random = Random(7)
    vocabulary = [f"word{number}" for number in range(900)]
    statements = [random.choices(vocabulary, k=20) for _ in range(250)]
    changed = [[word if random.random() < 0.8 else random.choice(vocabulary) for word in text] for text in statements]
    old, new = (
        edition(*(criterion(f"{name}{number}", " ".join(text)) for number, text in enumerate(side)))
        for name, side in (("o", statements), ("n", changed))
    )

    start = time.perf_counter()
    links = lineage.propose(old, new)

    assert time.perf_counter() - start < 1
    assert sum(link.kind == Kind.REWORDED and link.from_keys[0][1:] == link.to_keys[0][1:] for link in links) >= 240


OLD = edition(criterion("a", "Alpha."), criterion("b", "Beta."))
NEW = edition(criterion("a", "Alpha."), criterion("b", "Beta, too.", Level.ESSENTIAL))
GOOD = (Link(Kind.UNCHANGED, ("a",), ("a",), True), Link(Kind.REWORDED, ("b",), ("b",), False))


@pytest.mark.parametrize(
    ("links", "found"),
    [
        (GOOD, ()),
        (GOOD[:1], ("B of the earlier edition is missing.", "B of the new edition is missing.")),
        (
            (*GOOD, GOOD[0]),
            ("A of the earlier edition stands 2 times.", "A of the new edition stands 2 times."),
        ),
        ((*GOOD, Link(Kind.NEW, (), ("z",))), ("z is no criterion of the new edition.",)),
        ((GOOD[0], replace(GOOD[1], same_meaning=None)), ("B: say whether the meaning is the same.",)),
        ((replace(GOOD[0], kind=Kind.SPLIT), GOOD[1]), ("A: 'split' does not join 1 and 1 criteria.",)),
        ((replace(GOOD[0], kind=Kind.LEVEL_CHANGED), GOOD[1]), ("A: the level is the same.",)),
        ((GOOD[0], replace(GOOD[1], kind=Kind.UNCHANGED)), ("B: the level has changed.",)),
    ],
)
def test_a_lineage_that_does_not_fit_is_described(links: tuple[Link, ...], found: tuple[str, ...]) -> None:
    assert lineage.problems(OLD, NEW, links) == found


def test_an_incomplete_lineage_is_refused_with_the_rule_and_the_reasons() -> None:
    with pytest.raises(NotAllowed) as caught:
        lineage.refuse_incomplete_lineage(OLD, NEW, (GOOD[0], replace(GOOD[1], same_meaning=None)))

    assert caught.value.why == (
        "Every criterion of both editions stands in exactly one statement of lineage that fits its kind. "
        "B: say whether the meaning is the same."
    )
