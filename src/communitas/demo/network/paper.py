"""A prison takes no devices: its visitors scored on paper, and their forms are on their way into the workbook."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from communitas.demo.network.current import Year
from communitas.demo.network.reviews import Round
from communitas.demo.network.scoring import Score
from communitas.people.models import Account
from communitas.workbooks.actions import printing, transcribing
from communitas.workbooks.models import Printing, Sheet
from communitas.workbooks.queries.paper import sheets
from communitas.workbooks.rules.paper import Entry
from communitas.workbooks.rules.paper_form import Choices

PRISON: Final = "STEP"
SECTIONS: Final = (1, 2, 3)  # what the team shared out to be looked at closely
SELF_ON_PAPER: Final = "HOPE"


def work_on_paper(year: Year) -> None:
    """One form is in and checked, one is half way with two readings that differ, one still has to be handed in."""
    if PRISON in year.rounds:
        _forms_of_the_visit(year.rounds[PRISON])
    if SELF_ON_PAPER in year.rounds:
        round_ = year.rounds[SELF_ON_PAPER]
        found = _print(round_, "self", Choices(large=True, plain=True, sections=(1, 2)), None, round_.house.lead, -8)
        printing.hand_out(
            printing=found, numbers=[2, 3, 4], holder="the morning group", by=round_.house.lead, at=round_.hearth.now
        )


def _forms_of_the_visit(round_: Round) -> None:
    lead, first, second = (who for who, _seat in islice(round_.team, 3))
    forms = [
        _print(round_, "peer", Choices(last_time=True, own=True, sections=SECTIONS), who, lead, -2)
        for who in (lead, first, second)
    ]
    hands = [_hand(round_, who) for who in (lead, first, second)]
    for sheet in _pages(forms[0]):
        _key_in(round_, sheet, hands[0], first, "reviewer")
        _check(round_, sheet, hands[0], lead if first != lead else second)
    for number, sheet in enumerate(islice(_pages(forms[1]), 6)):
        _key_in(round_, sheet, hands[1], lead, "lead_reviewer")
        if number < 3:
            _check(round_, sheet, hands[1] | (_misread(sheet, hands[1]) if number == 2 else {}), second)
    last = list(_pages(forms[2]))[-1:]
    printing.lose(
        sheets=last, reason="Left at the gate; the officer on duty is asked for it.", by=second, at=round_.hearth.now
    )


def _print(round_: Round, kind: str, choices: Choices, who: Account | None, by: Account, days: int) -> Printing:
    at = min(round_.at(days, 9), round_.hearth.now - timedelta(days=2))
    return printing.print_workbook(workbook=round_.workbook(kind), choices=choices, reviewer=who, by=by, at=at)


def _hand(round_: Round, who: Account) -> dict[str, Entry]:
    """What one reviewer wrote with a pen."""
    scores: dict[str, Score] = round_.scorer.reviewer(round_.agreed, who.username, year=round_.year)
    reasons = round_.writer.reasons(scores)
    comments = round_.writer.comments(scores, "reviewer", share=0.1)
    return {key: Entry(score, reasons[key][1], comments.get(key, "")) for key, score in scores.items()}


def _misread(sheet: Sheet, hand: dict[str, Entry]) -> dict[str, Entry]:
    key = sheet.criteria[0]
    return {key: Entry(1 if hand[key].score != 1 else 2, hand[key].reason, hand[key].comment)}


def _pages(found: Printing) -> Iterator[Sheet]:
    return iter(sheets().filter(printing=found).exclude(criteria=[]).order_by("number"))


def _key_in(round_: Round, sheet: Sheet, hand: dict[str, Entry], by: Account, role: str) -> None:
    read = {key: hand[key] for key in sheet.criteria if key in hand}
    at = round_.hearth.now - timedelta(hours=5, minutes=-2 * sheet.number)
    transcribing.key_in(sheet=sheet, entries=read, role=role, by=by, at=at)


def _check(round_: Round, sheet: Sheet, hand: dict[str, Entry], by: Account) -> None:
    read = {key: hand[key] for key in sheet.criteria if key in hand}
    at = round_.hearth.now - timedelta(hours=3, minutes=-2 * sheet.number)
    transcribing.check(sheet=sheet, entries=read, by=by, at=at)
