"""Any set of events, folded in any order and with any repetition, gives the same bytes."""

import random
from typing import Any
from uuid import UUID

from benchmarks.faults.recorder import limit
from benchmarks.results import Result, at_most

ORDERS = 20
SEED = 31
REGISTERS = ("self", "agreed", "comment:self", "comment:agreed", "reviewer:7", "achievement", "private_note")


def run(sets: int) -> list[Result]:
    """So many random sets in twenty orders each."""
    from communitas.workbooks.rules.fold import fold, merge

    chance, wrong = random.Random(SEED), 0
    for _ in range(sets):
        events = _events(chance)
        expected = fold(events).canonical()
        for _ in range(ORDERS):
            again = events + chance.sample(events, chance.randrange(len(events)))
            chance.shuffle(again)
            cut = chance.randrange(len(again) + 1)
            wrong += fold(again).canonical() != expected
            wrong += merge(fold(again[:cut]), fold(again[cut:])).canonical() != expected
    note = f"{sets:,} sets in {ORDERS} orders, whole and merged from two parts: {limit(wrong, sets)}"
    return [at_most("sets of events that fold differently", wrong, "", 0, note)]


def _events(chance: random.Random) -> list[Any]:
    from communitas.workbooks.rules.events import Event

    made: list[Event] = []
    for number in range(chance.randint(1, 24)):
        register = chance.choice(REGISTERS)
        scores = register in {"self", "agreed", "reviewer:7"}
        key = chance.choice(["c1-1", "c1-2", None]) if not scores else chance.choice(["c1-1", "c1-2"])
        earlier = [event.event_id for event in made if event.key == (key, register)]
        kind = chance.choice(["score", "score", "resolve", "retract"] if scores else ["comment", "comment", "retract"])
        value: dict[str, str | int] = {"text": f"t{number % 3}"}
        if scores:
            marks: list[str | int] = [0, 1, 2, "NA"]
            value = {"score": chance.choice(marks), "reason": chance.choice(["", "why"])}
        made.append(
            Event(
                event_id=str(UUID(int=chance.getrandbits(128), version=4)),
                workbook="1",
                edition_hash="e",
                criterion_key=key,
                register=register,
                kind=kind,
                value={} if kind == "retract" else value,
                author=str(chance.randint(1, 3)),
                device_id=f"d{chance.randint(1, 3)}",
                device_seq=number,
                made_at=f"2027-01-{chance.randint(1, 28):02}T09:00:00+00:00",
                supersedes=tuple(sorted(chance.sample(earlier, chance.randrange(len(earlier) + 1)))),
                redacted=chance.random() < 0.05,
            )
        )
    return list(made)
