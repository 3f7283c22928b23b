"""The device folds events as the server does."""

from dataclasses import asdict
from random import Random
from typing import Any

from playwright.sync_api import Page

from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Event, canonical
from communitas.workbooks.rules.fold import answer_of, fold
from communitas.workbooks.rules.replacing import replaces, settles
from tests.workbooks.rules.builders import event

SETS = 400
TEXTS = ["a", "b", "é", "\U0001f3e1", "\uffee", "  spaced  ", 'quote " and \\ and \u2028', "tab\tand\nline"]
FOLD = """async (sets) => {
  const { fold, canonical, answerOf, replaces, settles } = await import("/fold.js");
  return sets.map((events) => [...fold(events)].map(([place, heads]) => {
    const answer = answerOf(heads);
    return [place, heads.map(canonical), heads.map((head) => Boolean(head.redacted)),
      [answer.kind, answer.score, answer.reason, answer.authors],
      [false, true].map((lead) => [replaces(heads, "mina", lead), settles(heads, lead)])];
  }));
}"""


def test_shared_vectors_give_the_same_state_in_python_and_in_the_browser(modules: Page) -> None:
    random = Random(20_270_120)
    sets = [_events(random) for _ in range(SETS)]

    folded = modules.evaluate(FOLD, [[_as_sent(one) for one in events] for events in sets])

    assert [sorted(one) for one in folded] == [sorted(_in_python(events)) for events in sets]


def _events(random: Random) -> list[Event]:
    made = [_event(random, number) for number in range(random.randrange(14))]
    random.shuffle(made)
    return made + made[: len(made) // 3]


def _event(random: Random, number: int) -> Event:
    register = random.choice(["self", "reviewer:rafi", "comment:self"])
    kind = random.choice(["score", "resolve", "score", "retract"]) if register != "comment:self" else "comment"
    value: dict[str, Any] = {"score": random.choice([2, 1, 0, "NA"])}
    if random.random() < 0.4:
        value["reason"] = random.choice(TEXTS)
    if kind == "comment":
        value = {"text": random.choice(TEXTS)}
    return event(
        number + random.randrange(2),  # now and then two events have one id
        register=register,
        kind=kind,
        value={} if kind == "retract" else value,
        criterion_key=random.choice(["meeting", "cook", None]),
        supersedes=tuple(random.sample(range(14), random.randrange(3))),
        author=random.choice(["mina", "stefan", "lena"]),
        made_at=random.choice(["2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z", "1999-01-01", "\U0001f3e1", "\uffee"]),
        redacted=random.random() < 0.2,
        server_seq=random.choice([None, number]),
    )


def _as_sent(one: Event) -> dict[str, Any]:
    return asdict(one) | {"supersedes": list(one.supersedes)}


def _in_python(events: list[Event]) -> list[Any]:
    return [
        [
            f"{criterion or ''}\n{register}",
            [canonical(head).decode() for head in heads],
            [head.redacted for head in heads],
            _answer(heads),
            [_edit(heads, role) for role in ("staff", "community_lead")],
        ]
        for (criterion, register), heads in fold(events).heads.items()
    ]


def _answer(heads: tuple[Event, ...]) -> list[Any]:
    answer = answer_of(heads)
    return [answer.kind, answer.score, answer.reason, list(answer.authors)]


def _edit(heads: tuple[Event, ...], role: str) -> list[Any]:
    writer = Writer("mina", role)
    return [list(replaces(heads, writer, "self_review")), settles(heads, writer, "self_review")]
