"""What was released: the figures of one opening, and what they say about criteria."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.questionnaires.models import Comment, Opening, Released
from communitas.questionnaires.queries.sheets import WORDS
from communitas.questionnaires.rules import release
from communitas.questionnaires.rules.sheet import NUMBER, POSITIVE, SCALES, TEXT, options_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One option with how many chose it, and its share of those who answered in whole percent."""

    words: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class ShownItem:
    """The released figure of one item: bars, or a sentence that says what is shown instead."""

    key: str
    text: str
    part: str
    answered: int | None
    bars: tuple[Bar, ...]
    sentence: str
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one questionnaire says about a criterion, in a sentence; `opening` is None where nothing is to be seen."""

    text: str
    opening: int | None


def results_of(opening: Opening) -> list[ShownItem]:
    """Every item of a released opening, in order, with the comments that may be shown: two queries."""
    comments: dict[int, list[str]] = {}
    for item, text in Comment.objects.filter(opening=opening, state=Comment.State.SHOWN).values_list(
        "item_id", "shown_text"
    ):
        comments.setdefault(item, []).append(text)
    rows = Released.objects.filter(opening=opening).select_related("item__part")
    return [_shown(row, tuple(comments.get(row.item_id, ()))) for row in rows]


def _shown(row: Released, comments: tuple[str, ...]) -> ShownItem:
    item = row.item
    bars: tuple[Bar, ...] = ()
    if row.outcome == release.COUNTS:
        words = option_words(item.kind, item.bands)
        bars = tuple(
            Bar(words[option], row.counts.get(option, 0), round(100 * row.counts.get(option, 0) / (row.answered or 1)))
            for option in words
        )
    return ShownItem(item.key, item.text, item.part.title, row.answered, bars, _sentence(row), comments)


def option_words(kind: str, bands: Iterable[int]) -> dict[str, str]:
    """The options of an item with their words in the reader's language."""
    if kind in SCALES:
        return {value: str(WORDS[kind, value]) for value in SCALES[kind]}
    return options_of(kind, tuple(bands))


def _sentence(row: Released) -> str:
    if row.item.kind == TEXT:
        return ""
    if row.outcome == release.TOO_FEW:
        return _("Too few answers to show")
    if row.outcome == release.ALIKE:
        return _("The answers are too alike to show without telling what single people said")
    if row.outcome == release.MOST:
        leading = option_words(row.item.kind, row.item.bands)[row.leading]
        return _("Most people, or all of them, said: %(words)s") % {"words": leading}
    return ""


def said_about(ids: list[int]) -> dict[int, dict[str, list[Said]]]:
    """What released questionnaires say about criteria, by enrolment and key: three queries at most."""
    found: dict[int, dict[str, list[Said]]] = {}
    for row in _linked(Released.objects.filter(opening__enrolment__in=ids)):
        for key in row.item.criteria:
            beside = found.setdefault(row.opening.enrolment_id, {}).setdefault(key, [])
            beside.append(Said(_voice(row), row.opening_id))
    for opening in (
        Opening.objects.filter(enrolment__in=ids, state="released", enough=False)
        .select_related("questionnaire")
        .prefetch_related("questionnaire__items")
    ):
        for key in _keys(opening):
            beside = found.setdefault(opening.enrolment_id, {}).setdefault(key, [])
            words = {"who": _who(opening), "why": _("Too few answers to show")}
            beside.append(Said(_("%(who)s: %(why)s") % words, None))
    return found


def _linked(rows: QuerySet[Released]) -> Iterable[Released]:
    linked = rows.exclude(item__criteria=[]).select_related("item", "opening__questionnaire")
    return linked.order_by("opening__questionnaire__audience", "item__part__position", "item__position")


def _keys(opening: Opening) -> list[str]:
    keys: list[str] = []
    for item in opening.questionnaire.items.all():
        keys += [key for key in item.criteria if key not in keys]
    return keys


def _who(opening: Opening) -> str:
    words = str(opening.questionnaire.get_audience_display())
    return words[:1].upper() + words[1:]


def _voice(row: Released) -> str:
    words = {"who": _who(row.opening), "text": row.item.text, "what": _in_short(row)}
    return _("%(who)s on “%(text)s”: %(what)s") % words


def _in_short(row: Released) -> str:
    if row.outcome != release.COUNTS or row.item.kind == NUMBER:
        return _sentence(row) or _("see the answers")
    positive = sum(count for option, count in row.counts.items() if option in POSITIVE)
    answered = row.answered or 0
    words = {"count": positive, "answered": answered}
    if row.item.kind == "agree":
        return ngettext("%(count)d of %(answered)d agrees", "%(count)d of %(answered)d agree", positive) % words
    return ngettext("%(count)d of %(answered)d says yes", "%(count)d of %(answered)d say yes", positive) % words


def said_of_criterion(openings: QuerySet[Opening], key: str) -> Mapping[Opening, list[ShownItem]]:
    """What the given released openings say about one criterion: two queries."""
    by_opening: dict[int, list[ShownItem]] = {}
    for row in _linked(Released.objects.filter(opening__in=openings)):
        if key in row.item.criteria:
            by_opening.setdefault(row.opening_id, []).append(_shown(row, ()))
    return {opening: by_opening[opening.pk] for opening in openings if opening.pk in by_opening}
