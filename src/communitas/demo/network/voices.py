"""What people say in questionnaires: opened, answered on paper, released where the visit is near or past."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from communitas.cycles.models import Enrolment
from communitas.demo.network.calendar import YEARS, moment
from communitas.demo.network.data import load
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.demo.network.past import EDITION_OF_YEAR
from communitas.demo.network.years import LAST
from communitas.questionnaires import actions, queries
from communitas.questionnaires.models import Comment, Opening, Questionnaire
from communitas.questionnaires.rules.sheet import NUMBER, TEXT, YES_NO, Item, Part, Sheet
from communitas.standards.models import Criterion

OPEN_BEFORE, CLOSED_BEFORE = 90, 15  # days before the visit
ENDED: Final = {Enrolment.Stage.WITHDRAWN, Enrolment.Stage.CLOSED, Enrolment.Stage.MERGED, Enrolment.Stage.ENROLLED}
READ_BY_DEE: Final = {"LARK", "WREN", "OAKT"}  # communities whose comments have been read
ASKED: Final = {LAST: ("client_member", "staff"), YEARS: ("client_member", "staff", "family")}
WORDS_OF: Final = 0.3  # of the people write something


def ask_everybody(hearth: Hearth) -> None:
    """Last year's questionnaires, all released, and this year's, as far as each community is."""
    for year, audiences in ASKED.items():
        made = [_published(hearth, year, data) for data in load("questionnaires.yaml")["questionnaires"]]
        for enrolment in _enrolments(hearth, year):
            for questionnaire in made:
                if questionnaire.audience in audiences:
                    _ask(hearth, questionnaire, enrolment)


def _enrolments(hearth: Hearth, year: int) -> Iterator[Enrolment]:
    found = Enrolment.objects.filter(cycle=hearth.cycles[year], anchor_on__isnull=False).exclude(stage__in=ENDED)
    yield from found.select_related("cycle__network__tenant", "community").order_by("community__code")


def _published(hearth: Hearth, year: int, data: dict[str, Any]) -> Questionnaire:
    edition = hearth.editions[EDITION_OF_YEAR[year]]
    known = set(Criterion.objects.filter(edition=edition).values_list("key", flat=True))
    parts = tuple(Part(part["title"], tuple(_item(item, known) for item in part["items"])) for part in data["parts"])
    sheet = Sheet(data["title"], data["audience"], data["introduction"], parts)
    at = moment(hearth.calendar.opens(year) + timedelta(days=1))
    made = actions.begin_from(edition=edition, sheet=sheet, by=hearth.cora, at=at)
    actions.publish(questionnaire=made, by=hearth.cora, at=at + timedelta(hours=1))
    return made


def _item(data: dict[str, Any], known: set[str]) -> Item:
    criteria = tuple(key for key in data.get("criteria", ()) if key in known)
    return Item(data["key"], data["kind"], data["text"], data.get("help", ""), criteria, tuple(data.get("groups", ())))


def _ask(hearth: Hearth, questionnaire: Questionnaire, enrolment: Enrolment) -> None:
    today, anchor = hearth.calendar.today, enrolment.anchor_on or hearth.calendar.today
    opens_on = anchor - timedelta(days=OPEN_BEFORE)
    closes_on = anchor - timedelta(days=CLOSED_BEFORE)
    if opens_on >= today:
        return
    chance = luck(hearth.seed, "questionnaire", questionnaire.audience, enrolment.community.code, enrolment.cycle.name)
    opened = actions.open_for(
        questionnaire=questionnaire,
        enrolment=enrolment,
        opens_on=opens_on,
        closes_on=closes_on,
        asks_code=questionnaire.audience != "family",
        expected=chance.randrange(12, 26),
        by=hearth.cora,
        at=moment(opens_on - timedelta(days=7)),
    )
    _answer(hearth, opened, chance)
    if closes_on < today - timedelta(days=1):
        actions.release(opening=opened, by=hearth.cora, at=hearth.calendar.past(closes_on + timedelta(days=1)))
        if enrolment.community.code in READ_BY_DEE:
            _read(hearth, opened, closes_on)


def _answer(hearth: Hearth, opening: Opening, chance: Random) -> None:
    code, audience = opening.enrolment.community.code, opening.questionnaire.audience
    wanted = chance.randrange(2, 9) if audience == "family" else chance.randrange(4, 19)
    back = min(wanted, opening.expected or wanted)
    items = queries.sheet_of(opening.questionnaire).items
    strength, words = hearth.place(code).data["strength"], load("questionnaires.yaml")["comments"][audience]
    sheets = [{item.key: _said(item, strength, words, chance) for item in items} for _person in range(back)]
    day = min(opening.closes_on, hearth.calendar.today - timedelta(days=1))
    lead = hearth.households[code].lead
    actions.enter_paper(opening=opening, sheets=sheets, by=lead, at=hearth.calendar.past(day, 15))


def _said(item: Item, strength: float, words: list[str], chance: Random) -> str:
    if item.kind == TEXT:
        return chance.choice(words) if chance.random() < WORDS_OF else ""
    if item.kind == NUMBER:
        return str(chance.randrange(0, 3 * item.bands[-1] // 2 + 1))
    leaning = chance.gauss(strength + luck(item.key).uniform(-0.15, 0.1), 0.22)
    if item.kind == YES_NO:
        return "yes" if leaning > 0.6 else "sometimes" if leaning > 0.4 else "no"
    return str(max(1, min(5, round(1 + 4 * leaning))))


def _read(hearth: Hearth, opening: Opening, closed_on: date) -> None:
    """Dee reads the comments: most are shown."""
    at = hearth.calendar.past(closed_on + timedelta(days=3), 11)
    for number, comment in enumerate(Comment.objects.filter(opening=opening).order_by("item", "text")):
        if number % 5 == 4:
            actions.keep_out(comment=comment, by=hearth.dee, at=at)
        else:
            actions.show_comment(comment=comment, text=comment.text, by=hearth.dee, at=at)
