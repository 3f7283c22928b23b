"""What the builder shows: questionnaires of a network, one with its items, words to be put into a language."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle
from communitas.members.models import Network
from communitas.questionnaires.models import Item, Questionnaire
from communitas.questionnaires.queries.sheets import WORDS
from communitas.standards.models import Criterion, Edition


@dataclass(frozen=True, slots=True)
class BuiltItem:
    """One item of the builder."""

    pk: int
    key: str
    number: int
    text: str
    kind: str
    codes: str
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class BuiltPart:
    """One part of the builder."""

    pk: int
    title: str
    introduction: str
    items: tuple[BuiltItem, ...]


@dataclass(frozen=True, slots=True)
class TextToTranslate:
    """One text with the name of its field and its words in the language, if there are any."""

    name: str
    text: str
    words: str
    long: bool = False


def for_building() -> QuerySet[Questionnaire]:
    """Questionnaires with what their pages and permissions ask of them."""
    return Questionnaire.objects.select_related("edition__standard_set__network__tenant")


def questionnaires_of(network: Network) -> QuerySet[Questionnaire]:
    """The questionnaires of a network, with how many items each has and how often it was opened."""
    found = for_building().filter(edition__standard_set__network=network)
    return found.annotate(item_count=Count("items", distinct=True), opening_count=Count("openings", distinct=True))


def editions_of(network: Network) -> QuerySet[Edition]:
    """The editions for which a questionnaire can be built: drafts and published ones, newest first."""
    found = Edition.objects.filter(standard_set__network=network).exclude(state=Edition.State.WITHDRAWN)
    return found.order_by("-number")


def cycles_of(network: Network) -> list[Cycle]:
    """The cycles in which questionnaires can be open, and the two before: one query."""
    return list(Cycle.objects.filter(network=network).order_by("-opens_on")[:3])


def build_view(questionnaire: Questionnaire) -> dict[str, Any]:
    """The builder's page: four queries."""
    codes = dict(Criterion.objects.filter(edition=questionnaire.edition_id).values_list("key", "code"))
    parts, number = [], 0
    for part in questionnaire.parts.prefetch_related("items"):
        rows = list(part.items.all())
        items = []
        for place, row in enumerate(rows):
            number += 1
            named = ", ".join(codes.get(key, key) for key in row.criteria)
            kind = str(row.get_kind_display())
            first, last = place == 0, place == len(rows) - 1
            items.append(BuiltItem(row.pk, row.key, number, row.text, kind, named, first, last))
        parts.append(BuiltPart(part.pk, part.title, part.introduction, tuple(items)))
    return {
        "questionnaire": questionnaire,
        "parts": parts,
        "items": number,
        "draft": questionnaire.state == Questionnaire.State.DRAFT,
        "opened": questionnaire.openings.count(),
    }


def codes_of(item: Item) -> str:
    """The numbers of the criteria to which an item speaks, for its form."""
    found = Criterion.objects.filter(edition=item.questionnaire.edition_id, key__in=item.criteria)
    return ", ".join(found.order_by("position").values_list("code", flat=True))


def words_to_translate(questionnaire: Questionnaire, language: str) -> list[TextToTranslate]:
    """Every text of the questionnaire, in order, with its words in the language: two queries."""
    own = questionnaire.translations.get(language, {})
    texts = [TextToTranslate("title", questionnaire.title, own.get("title", ""))]
    if questionnaire.introduction:
        words = own.get("introduction", "")
        texts.append(TextToTranslate("introduction", questionnaire.introduction, words, long=True))
    kinds = set()
    for part in questionnaire.parts.prefetch_related("items"):
        said = part.translations.get(language, {})
        texts.append(TextToTranslate(f"part-{part.pk}-title", part.title, said.get("title", "")))
        if part.introduction:
            name = f"part-{part.pk}-introduction"
            texts.append(TextToTranslate(name, part.introduction, said.get("introduction", ""), long=True))
        for item in part.items.all():
            kinds.add(item.kind)
            texts += _item_texts(item, language)
    spoken = own.get("options", {})
    return texts + [
        TextToTranslate(
            f"option-{kind}-{value}", _("Answer: %(words)s") % {"words": words}, spoken.get(f"{kind}-{value}", "")
        )
        for (kind, value), words in WORDS.items()
        if kind in kinds
    ]


def _item_texts(item: Item, language: str) -> list[TextToTranslate]:
    said = item.translations.get(language, {})
    texts = [TextToTranslate(f"item-{item.pk}-text", item.text, said.get("text", ""), long=True)]
    if item.help:
        texts.append(TextToTranslate(f"item-{item.pk}-help", item.help, said.get("help", ""), long=True))
    return texts
