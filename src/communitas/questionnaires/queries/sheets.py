"""A questionnaire as the rules know it, and as a page asks it, in the language that was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from communitas.questionnaires.models import Item, Questionnaire
from communitas.questionnaires.rules import sheet as rules
from communitas.standards.models import Criterion

# The words of the options where a translation of the questionnaire gives none of its own.
WORDS = {
    (rules.AGREE, "5"): _("Strongly agree"),
    (rules.AGREE, "4"): _("Agree"),
    (rules.AGREE, "3"): _("In between"),
    (rules.AGREE, "2"): _("Disagree"),
    (rules.AGREE, "1"): _("Strongly disagree"),
    (rules.AGREE, rules.NOT_ABOUT_ME): _("I do not know, or it is not about me"),
    (rules.YES_NO, "yes"): _("Yes"),
    (rules.YES_NO, "sometimes"): _("Sometimes"),
    (rules.YES_NO, "no"): _("No"),
    (rules.YES_NO, rules.NOT_ABOUT_ME): _("I do not know, or it is not about me"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of an item, and whether it was chosen before."""

    value: str
    words: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One item as a page asks it; `given` is what was typed before."""

    number: int
    key: str
    kind: str
    text: str
    help: str
    choices: tuple[Choice, ...]
    given: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part as a page asks it."""

    title: str
    introduction: str
    items: tuple[AskedItem, ...]


def sheet_of(questionnaire: Questionnaire) -> rules.Sheet:
    """The questionnaire as the rules know it: two queries."""
    parts = [
        rules.Part(part.title, tuple(_as_item(item) for item in part.items.all()), part.introduction)
        for part in questionnaire.parts.prefetch_related("items")
    ]
    return rules.Sheet(questionnaire.title, questionnaire.audience, questionnaire.introduction, tuple(parts))


def items_of(questionnaire: Questionnaire) -> list[rules.Item]:
    """Its items as the rules know them: one query."""
    return [_as_item(item) for item in questionnaire.items.all()]


def _as_item(item: Item) -> rules.Item:
    return rules.Item(item.key, item.kind, item.text, item.help, tuple(item.criteria), tuple(item.bands))


def criterion_keys(questionnaire: Questionnaire) -> set[str]:
    """The keys of the criteria of its edition: one query."""
    return set(Criterion.objects.filter(edition=questionnaire.edition_id).values_list("key", flat=True))


def asked(
    questionnaire: Questionnaire, *, language: str = "", given: Mapping[str, str] | None = None
) -> list[AskedPart]:
    """The parts as a page asks them, two queries. What a language lacks stands in the words it was written in."""
    known, number, parts = given or {}, 0, []
    spoken = questionnaire.translations.get(language, {}).get("options", {})
    for part in questionnaire.parts.prefetch_related("items"):
        items = []
        for item in part.items.all():
            number += 1
            items.append(_ask(item, number, language, spoken, known.get(item.key, "")))
        own = part.translations.get(language, {})
        title, words = own.get("title") or part.title, own.get("introduction") or part.introduction
        parts.append(AskedPart(title, words, tuple(items)))
    return parts


def _ask(item: Item, number: int, language: str, spoken: Mapping[str, str], given: str) -> AskedItem:
    own = item.translations.get(language, {})
    choices: tuple[Choice, ...] = ()
    if item.kind in rules.SCALES:
        choices = tuple(
            Choice(value, spoken.get(f"{item.kind}-{value}") or str(WORDS[item.kind, value]), value == given)
            for value in rules.SCALES[item.kind]
        )
    text, hint = own.get("text") or item.text, own.get("help") or item.help
    return AskedItem(number, item.key, item.kind, text, hint, choices, given, tuple(item.criteria))


def titles(questionnaire: Questionnaire, language: str) -> tuple[str, str]:
    """Title and introduction in a language."""
    own = questionnaire.translations.get(language, {})
    return own.get("title") or questionnaire.title, own.get("introduction") or questionnaire.introduction


def languages(questionnaire: Questionnaire) -> Sequence[tuple[str, str]]:
    """The languages into which it was put: code and the language's own name."""
    return [(code, words.get("name", code)) for code, words in sorted(questionnaire.translations.items())]
