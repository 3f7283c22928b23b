"""A questionnaire is published, put into other languages, copied, or made from a file."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.questionnaires.actions.building import add_item, add_part, begin
from communitas.questionnaires.models import Item, Part, Questionnaire
from communitas.questionnaires.queries.sheets import criterion_keys, sheet_of
from communitas.questionnaires.rules import sheet as rules
from communitas.questionnaires.rules.opening import QUESTIONNAIRE
from communitas.standards.models import Edition

LANGUAGES_AT_MOST = 20


@transaction.atomic
def publish(*, questionnaire: Questionnaire, by: Account, at: datetime) -> None:
    """Publish a draft. From now on the database refuses every change; the version before is superseded."""
    questionnaire.state = QUESTIONNAIRE.move(questionnaire.state, "publish")
    sheet = sheet_of(questionnaire)
    rules.refuse_publishing(sheet, criterion_keys(questionnaire))
    before = Questionnaire.objects.filter(
        edition=questionnaire.edition_id, audience=questionnaire.audience, state=Questionnaire.State.PUBLISHED
    )
    before.update(state=Questionnaire.State.SUPERSEDED)
    questionnaire.content_hash = hashlib.sha256(rfc8785.dumps(asdict(sheet))).hexdigest()
    questionnaire.published_by, questionnaire.published_at = by, at
    questionnaire.save(update_fields=["state", "content_hash", "published_by", "published_at"])
    _note("publish", questionnaire, by, at, hash=questionnaire.content_hash)


@transaction.atomic
def begin_from(*, edition: Edition, sheet: rules.Sheet, by: Account | None, at: datetime) -> Questionnaire:
    """Begin a draft with the parts and items of a sheet, such as one read from a file."""
    made = begin(
        edition=edition, audience=sheet.audience, title=sheet.title, introduction=sheet.introduction, by=by, at=at
    )
    known = criterion_keys(made)
    for part in sheet.parts:
        row = add_part(questionnaire=made, title=part.title, introduction=part.introduction, by=by, at=at)
        for item in part.items:
            if foreign := sorted(set(item.criteria) - known):
                raise NotAllowed(_("This edition has no criterion %(keys)s.") % {"keys": ", ".join(foreign)})
            add_item(
                part=row,
                kind=item.kind,
                text=item.text,
                help=item.help,
                criteria=item.criteria,
                bands=item.bands,
                key=item.key,
                by=by,
                at=at,
            )
    return made


@transaction.atomic
def copy(*, questionnaire: Questionnaire, edition: Edition, by: Account, at: datetime) -> Questionnaire:
    """Copy to a new draft, of the same or another edition. Links to criteria which that edition lacks are left out."""
    made = begin(
        edition=edition,
        audience=questionnaire.audience,
        title=questionnaire.title,
        introduction=questionnaire.introduction,
        by=by,
        at=at,
    )
    Questionnaire.objects.filter(pk=made.pk).update(copied_from=questionnaire, translations=questionnaire.translations)
    known = criterion_keys(made)
    for part in questionnaire.parts.prefetch_related("items"):
        row = Part.objects.create(
            questionnaire=made,
            position=part.position,
            title=part.title,
            introduction=part.introduction,
            translations=part.translations,
        )
        Item.objects.bulk_create(_copied(item, made, row, known) for item in part.items.all())
    made.refresh_from_db()
    _note("copy", made, by, at, copied_from=questionnaire.pk)
    return made


def _copied(item: Item, questionnaire: Questionnaire, part: Part, known: set[str]) -> Item:
    return Item(
        questionnaire=questionnaire,
        part=part,
        position=item.position,
        key=item.key,
        kind=item.kind,
        text=item.text,
        help=item.help,
        criteria=[key for key in item.criteria if key in known],
        bands=item.bands,
        translations=item.translations,
    )


@transaction.atomic
def discard(*, questionnaire: Questionnaire, by: Account, at: datetime) -> None:
    """Throw a draft away."""
    rules.refuse_change(questionnaire.state)
    _note("discard", questionnaire, by, at)
    questionnaire.items.all().delete()
    questionnaire.parts.all().delete()
    questionnaire.delete()


@transaction.atomic
def translate(
    *, questionnaire: Questionnaire, language: str, name: str, words: Mapping[str, str], by: Account, at: datetime
) -> None:
    """Put a draft into a language. `words` is keyed 'title', 'introduction', 'option-agree-5', 'part-<id>-title',
    'item-<id>-text' and so on; what is left out stands in the words it was written in. No words at all take it away.
    """
    rules.refuse_change(questionnaire.state)
    if len(questionnaire.translations) >= LANGUAGES_AT_MOST and language not in questionnaire.translations:
        raise NotAllowed(_("This questionnaire has as many languages as it can hold."))
    said = {key: text.strip() for key, text in words.items() if text.strip()}
    own: dict[str, Any] = {"name": name.strip() or language}
    own |= {key: said[key] for key in ("title", "introduction") if key in said}
    own["options"] = {key.removeprefix("option-"): text for key, text in said.items() if key.startswith("option-")}
    _put(questionnaire, language, own if said else None)
    for part in questionnaire.parts.all():
        _put(part, language, _of(said, f"part-{part.pk}-"))
    for item in questionnaire.items.all():
        _put(item, language, _of(said, f"item-{item.pk}-"))


def _of(said: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): text for key, text in said.items() if key.startswith(prefix)}


def _put(row: Questionnaire | Part | Item, language: str, words: Mapping[str, Any] | None) -> None:
    row.translations = {code: each for code, each in row.translations.items() if code != language}
    if words:
        row.translations[language] = dict(words)
    row.save(update_fields=["translations"])


def _note(verb: str, questionnaire: Questionnaire, by: Account, at: datetime, **detail: Any) -> None:
    tenant = questionnaire.edition.standard_set.network.tenant
    audit.record(tenant=tenant, verb=f"questionnaire.{verb}", obj=questionnaire, by=by, at=at, detail=detail)
