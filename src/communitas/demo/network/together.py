"""Communities in the middle of their self-review: who does what, what still differs, and how each group sees it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle
from typing import Final

from communitas.demo.network.current import Year
from communitas.demo.network.reviews import AUTHORS, Round
from communitas.people.models import Account
from communitas.workbooks import actions as workbooks
from communitas.workbooks.actions.delegation import give, remind
from communitas.workbooks.actions.sides import write_side
from communitas.workbooks.queries import state_of
from communitas.workbooks.queries.screens import registers_of
from communitas.workbooks.rules.registers import SELF

SHARED_OUT: Final = ("LARK", "SPRI", "HOPE", "AURO")
FIRST: Final = 12  # criteria that were given a fortnight ago; some of these are late now
LATE_BY: Final = 2
VIEWS: Final = (
    (
        "We have changed how we do this, and believe it works better for everybody.",
        "Most of us said this is better than last year. It is not yet so for people who have just arrived.",
    ),
    (
        "It works for most people, and we look at it together every month.",
        "It depends on who is there that day. New people do not yet dare to ask.",
    ),
)


def work_together(year: Year) -> None:
    """Share the open self-reviews out, and let some people see things differently."""
    for code in SHARED_OUT:
        if code in year.rounds:
            _share_out(year.rounds[code])
    for code in ("SPRI", "AURO"):
        if code in year.rounds:
            _differ(year.rounds[code])
    if "LARK" in year.rounds:
        _say_both_views(year.rounds["LARK"])


def _share_out(round_: Round) -> None:
    """What is left goes to several people in turn; the first of it a fortnight ago, so that some of it is late."""
    book, now = round_.workbook("self"), round_.hearth.now
    state = state_of(book, registers=registers_of(SELF))
    left = [key for key in round_.own if state.answer(key, SELF).kind == "none"]
    today, last = round_.hearth.calendar.today, round_.anchor - timedelta(weeks=4)
    people = [who for who, role in round_.house.everyone[1:AUTHORS]]
    for number, (who, keys) in enumerate(_dealt(left[:FIRST], people)):
        by_day = today + timedelta(days=-LATE_BY if number == 0 else 4 + number)
        give(
            workbook=book, criteria=keys, account=who, due_on=min(by_day, max(last, today)), by=round_.house.lead,
            at=now - timedelta(days=14),
        )  # fmt: skip
    for who, keys in _dealt(left[FIRST : FIRST * 2], [*people[1:], round_.house.lead]):
        give(
            workbook=book, criteria=keys, account=who, due_on=max(last, today), by=round_.house.lead,
            at=now - timedelta(days=1),
        )  # fmt: skip
    if people and people[0].email and left:
        remind(workbook=book, account=people[0], by=round_.house.lead, at=now - timedelta(hours=3))


def _differ(round_: Round) -> None:
    """Two answers on which a client member sees it otherwise, without having seen what stood there."""
    book, now = round_.workbook("self"), round_.hearth.now
    state = state_of(book, registers=registers_of(SELF))
    met = [
        key
        for key in round_.own
        if state.answer(key, SELF).score == round_.book.top and int(round_.section_of[key] or 0) % AUTHORS != 1
    ]
    who, role = round_.house.everyone[1]
    workbooks.answer_many(
        workbook=book,
        register=SELF,
        scores=dict.fromkeys(met[4:6], (round_.book.top - 1, "")),
        comments=dict.fromkeys(met[4:5], "On paper, yes. Not yet in every group."),
        role=role,
        by=who,
        at=now - timedelta(hours=4),
    )


def _say_both_views(round_: Round) -> None:
    """Stefan and Mina see two criteria differently, each in their own words."""
    book, hearth = round_.workbook("self"), round_.hearth
    state = state_of(book, registers=registers_of(SELF))
    answered = [key for key in round_.own if state.answer(key, SELF).is_answered]
    for number, (key, (staff, clients)) in enumerate(zip(answered[1:], VIEWS, strict=False)):
        said = (("staff", staff, "staff", "stefan"), ("client_members", clients, "client_member", "mina"))
        for side, text, role, name in said:
            write_side(
                workbook=book, criterion_key=key, side=side, text=text, role=role, by=hearth.accounts[name],
                at=hearth.now - timedelta(minutes=45 - number),
            )  # fmt: skip


def _dealt(keys: list[str], people: list[Account]) -> Iterable[tuple[Account, list[str]]]:
    """The criteria dealt to the people in blocks, in the order of the book."""
    if not people:
        return []
    size = -(-len(keys) // len(people)) or 1
    blocks = [keys[start : start + size] for start in range(0, len(keys), size)]
    return zip(cycle(people), blocks, strict=False)
