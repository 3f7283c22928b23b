"""Whatever set of events, in whatever order: the same bytes. The long form is `disagreeing(sets=10_000, orders=20)`."""

from random import Random

from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.fold import fold
from tests.workbooks.rules.builders import event, uuid


def random_set(chance: Random) -> list[Event]:
    """Up to thirty events of a few people: edits, strangers' edits, rings, retractions, redactions, many clocks."""
    made = []
    for number in range(chance.randint(1, 30)):
        register = chance.choice(["self", "self", "reviewer:rafi", "agreed", "comment:self", "private_note"])
        scored = register in {"self", "reviewer:rafi", "agreed"}
        value = {"score": chance.choice([0, 1, 2, "NA"])} if scored else {"text": chance.choice(["a", "b", "ü"])}
        seen = chance.sample(range(30), chance.choice([0, 0, 1, 1, 2, 3]))
        kind = chance.choice([("score" if scored else "comment")] * 4 + ["retract", "resolve"])
        made.append(
            event(
                number,
                register=register,
                criterion_key=chance.choice(["meeting", "cook", None]),
                kind=kind,
                value={} if kind == "retract" else value,
                supersedes=[uuid(one) for one in seen],
                author=chance.choice(["mina", "stefan", "lena"]),
                made_at=chance.choice(["2017-01-01T00:00:00Z", "2027-01-20T14:02:00Z", "2037-12-31T00:00:00Z"]),
                redacted=chance.random() < 0.05,
            )
        )
    return made


def disagreeing(*, sets: int, orders: int, seed: int) -> list[int]:
    """The sets, by their number, that gave other bytes in another order or with repetitions. It should be none."""
    chance, wrong = Random(seed), []
    for number in range(sets):
        events = random_set(chance)
        expected = fold(events).canonical()
        for _ in range(orders):
            arriving = [*events, *chance.choices(events, k=3)]
            chance.shuffle(arriving)
            if fold(arriving).canonical() != expected:
                wrong.append(number)
                break
    return wrong


def test_200_random_sets_of_events_give_the_same_bytes_in_20_orders() -> None:
    assert disagreeing(sets=200, orders=20, seed=20270120) == []
