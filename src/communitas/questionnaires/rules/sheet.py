"""A questionnaire as plain data: its parts and items, what each item takes, and whether it can be published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

AGREE, YES_NO, NUMBER, TEXT = "agree", "yes_no", "number", "text"
KINDS: Final = (AGREE, YES_NO, NUMBER, TEXT)
CASE_NOTE: Final = "case_note"
AUDIENCES: Final = ("staff", "client_member", "family", "referrer", CASE_NOTE)
NOT_ABOUT_ME: Final = "na"
SCALES: Final[Mapping[str, Mapping[str, str]]] = {
    AGREE: {
        "5": "Strongly agree",
        "4": "Agree",
        "3": "In between",
        "2": "Disagree",
        "1": "Strongly disagree",
        NOT_ABOUT_ME: "I do not know, or it is not about me",
    },
    YES_NO: {
        "yes": "Yes",
        "sometimes": "Sometimes",
        "no": "No",
        NOT_ABOUT_ME: "I do not know, or it is not about me",
    },
}
POSITIVE: Final = frozenset({"5", "4", "yes"})
TEXT_LIMIT: Final = 2000
NUMBER_LIMIT: Final = 100_000
MOST_BANDS: Final = 8

Answers = Mapping[str, str]  # key of an item -> the chosen option, the number or the words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked. `bands` are the upper ends of the groups into which numbers are counted."""

    key: str
    kind: str
    text: str
    help: str = ""
    criteria: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Items that belong together."""

    title: str
    items: tuple[Item, ...]
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole questionnaire."""

    title: str
    audience: str
    introduction: str = ""
    parts: tuple[Part, ...] = field(default=())

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in order."""
        return tuple(item for part in self.parts for item in part.items)


def options_of(kind: str, bands: Collection[int] = ()) -> dict[str, str]:
    """The options into which answers are counted, with their words; numbers by band, free text has none."""
    if kind == NUMBER:
        return {str(place): words for place, words in enumerate(_band_words(tuple(bands)))}
    return dict(SCALES.get(kind, {}))


def _band_words(bands: tuple[int, ...]) -> list[str]:
    if not bands:
        return []
    words = [f"up to {bands[0]}"]
    words += [f"{low + 1} to {high}" if high > low + 1 else str(high) for low, high in pairwise(bands)]
    return [*words, f"more than {bands[-1]}"]


def option_for(kind: str, answer: str, bands: Collection[int] = ()) -> str:
    """The option under which an answer is counted; empty for one that is not counted."""
    if kind == NUMBER:
        number = int(answer)
        return str(sum(number > band for band in bands))
    return answer if answer in options_of(kind) else ""


@rule
def refuse_answers(items: Collection[Item], answers: Answers) -> None:
    """A sheet that comes back answers at least one item, each in the way it asks.

    Any item may be left out. Blank answers are to be left out before.
    """
    known = {item.key: item for item in items}
    if not answers:
        raise NotAllowed("Please answer at least one of these before you send it. You may leave out any of the others.")
    if unknown := sorted(set(answers) - set(known)):
        raise NotAllowed(f"{sentence(refuse_answers)} This sheet does not ask {', '.join(unknown)}.")
    wrong = [key for key, answer in answers.items() if not _fits(known[key], answer)]
    if wrong:
        raise NotAllowed(f"{sentence(refuse_answers)} Please look again at “{known[min(wrong)].text}”")


def _fits(item: Item, answer: str) -> bool:
    if item.kind == TEXT:
        return 0 < len(answer) <= TEXT_LIMIT
    if item.kind == NUMBER:
        return answer.isascii() and answer.isdecimal() and int(answer[:9]) <= NUMBER_LIMIT and len(answer) <= 6
    return answer in SCALES[item.kind]


@rule
def refuse_change(state: str) -> None:
    """A published questionnaire never changes; it is copied to a new version instead."""
    if state != "draft":
        raise NotAllowed(sentence(refuse_change))


@rule
def refuse_publishing(sheet: Sheet, criteria: Collection[str]) -> None:
    """A questionnaire is published when it asks something, names only its edition's criteria and no item twice."""
    problems = []
    keys = [item.key for item in sheet.items]
    if not sheet.title.strip() or not keys:
        problems.append("Give it a title and at least one item.")
    if len(set(keys)) < len(keys):
        problems.append("Two items have the same key.")
    if sheet.audience not in AUDIENCES:
        problems.append("Say who is asked.")
    for item in sheet.items:
        problems += _item_problems(item, criteria)
    if empty := [part.title for part in sheet.parts if not part.items]:
        problems.append(f"“{empty[0]}” has no items yet.")
    if problems:
        raise NotAllowed(" ".join(problems))


def _item_problems(item: Item, criteria: Collection[str]) -> list[str]:
    problems = []
    if not item.text.strip() or item.kind not in KINDS:
        problems.append(f"Item {item.key} needs its words and a kind of answer.")
    if item.kind == NUMBER and not fits_bands(item.bands):
        problems.append(f"“{item.text}” asks for a number and needs groups to count it in, such as 3, 6, 12.")
    if foreign := sorted(set(item.criteria) - set(criteria)):
        problems.append(f"“{item.text}” names a criterion that the edition does not have: {', '.join(foreign)}.")
    return problems


def fits_bands(bands: Collection[int]) -> bool:
    """Whether numbers can be counted in these groups: one to eight upper ends, rising."""
    ends = tuple(bands)
    return 1 <= len(ends) <= MOST_BANDS and all(low < high for low, high in pairwise((-1, *ends)))
