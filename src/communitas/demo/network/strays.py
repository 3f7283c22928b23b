"""Answers from tablets that came late, or have not come yet."""

import random
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from communitas.demo.network.current import Year
from communitas.demo.network.luck import luck
from communitas.demo.network.reviews import Round
from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.rules.sync import Posted, read_item

OFFLINE: Final = ("LARK", "HOPE")  # in their self-review
TABLET: Final = "Tablet of the garden group"


def stray(year: Year) -> None:
    """A tablet with answers that wait, and two answers that were given to last year's edition."""
    for code in OFFLINE:
        if code in year.rounds:
            _tablet(year.rounds[code])


def _tablet(round_: Round) -> None:
    book, now, chance = round_.workbook("self"), round_.hearth.now, luck("strays", round_.place.code)
    who, role = round_.house.everyone[2]
    network = round_.hearth.network
    items = tuple(read_item(_answer(round_, chance, who, number)) for number in (1, 2))
    device = str(UUID(int=chance.getrandbits(128), version=4))
    actions.receive(
        network=network, workbook=book, readable=True, named=str(book.pk), posted=Posted(device, 14, items), role=role,
        by=who, at=now - timedelta(hours=5),
    )  # fmt: skip
    tablet = actions.touch_device(network=network, device_id=device, name=TABLET, by=who, at=now - timedelta(hours=2))
    since = now - timedelta(hours=4)
    actions.say_unsent(device=tablet, workbook=book, count=14, since=since, by=who, at=now - timedelta(hours=2))


def _answer(round_: Round, chance: random.Random, who: Account, number: int) -> dict[str, Any]:
    """A score with the edition that the tablet still held."""
    book = round_.workbook("self")
    return {
        "event_id": str(UUID(int=chance.getrandbits(128), version=4)),
        "workbook": str(book.pk),
        "edition_hash": "0" * 64,
        "criterion_key": list(round_.own)[number],
        "register": "self",
        "kind": "score",
        "value": {"score": number % 2, "reason": "We talked about it in the greenhouse."},
        "device_id": "",
        "device_seq": number,
        "made_at": (round_.hearth.now - timedelta(days=40)).isoformat(),
        "origin": "offline",
    }
