"""A draft is written: its words, its parts and its items. A published questionnaire refuses every one of these."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.questionnaires.models import Item, Part, Questionnaire
from communitas.questionnaires.queries.sheets import criterion_keys
from communitas.questionnaires.rules.sheet import NUMBER, fits_bands, refuse_change
from communitas.standards.models import Edition


@transaction.atomic
def begin(
    *, edition: Edition, audience: str, title: str, introduction: str = "", by: Account | None, at: datetime
) -> Questionnaire:
    """Begin a draft for one audience. Its version follows the newest one of that edition and audience."""
    same = Questionnaire.objects.filter(edition=edition, audience=audience)
    last = same.aggregate(last=Max("version"))["last"] or 0
    made = Questionnaire.objects.create(
        edition=edition,
        audience=audience,
        version=last + 1,
        title=title.strip(),
        introduction=introduction.strip(),
        created_by=by,
        created_at=at,
    )
    tenant = edition.standard_set.network.tenant
    audit.record(tenant=tenant, verb="questionnaire.begin", obj=made, by=by, at=at, detail={"edition": edition.pk})
    return made


@transaction.atomic
def change_sheet(*, questionnaire: Questionnaire, title: str, introduction: str, by: Account, at: datetime) -> None:
    """Change title and introduction."""
    refuse_change(questionnaire.state)
    questionnaire.title, questionnaire.introduction = title.strip(), introduction.strip()
    questionnaire.save(update_fields=["title", "introduction"])


@transaction.atomic
def add_part(
    *, questionnaire: Questionnaire, title: str, introduction: str = "", by: Account | None, at: datetime
) -> Part:
    """Add a part at the end."""
    refuse_change(questionnaire.state)
    last = questionnaire.parts.aggregate(last=Max("position"))["last"] or 0
    return Part.objects.create(
        questionnaire=questionnaire, position=last + 1, title=title.strip(), introduction=introduction.strip()
    )


@transaction.atomic
def change_part(*, part: Part, title: str, introduction: str, by: Account, at: datetime) -> None:
    """Change the heading and introduction of a part."""
    refuse_change(part.questionnaire.state)
    part.title, part.introduction = title.strip(), introduction.strip()
    part.save(update_fields=["title", "introduction"])


@transaction.atomic
def remove_part(*, part: Part, by: Account, at: datetime) -> None:
    """Remove a part that holds no items."""
    refuse_change(part.questionnaire.state)
    if part.items.exists():
        raise NotAllowed(_("Move or remove the items of this part first."))
    part.delete()


@transaction.atomic
def add_item(
    *,
    part: Part,
    kind: str,
    text: str,
    help: str = "",
    criteria: Sequence[str] = (),
    bands: Sequence[int] = (),
    key: str = "",
    by: Account | None,
    at: datetime,
) -> Item:
    """Add an item at the end of a part. Without a key it gets the next free one."""
    questionnaire = part.questionnaire
    refuse_change(questionnaire.state)
    _refuse_item(questionnaire, kind, criteria, bands)
    last = part.items.aggregate(last=Max("position"))["last"] or 0
    return Item.objects.create(
        questionnaire=questionnaire,
        part=part,
        position=last + 1,
        key=key or _free_key(questionnaire),
        kind=kind,
        text=text.strip(),
        help=help.strip(),
        criteria=list(criteria),
        bands=list(bands) if kind == NUMBER else [],
    )


@transaction.atomic
def change_item(
    *,
    item: Item,
    part: Part,
    kind: str,
    text: str,
    help: str,
    criteria: Sequence[str],
    bands: Sequence[int],
    by: Account,
    at: datetime,
) -> None:
    """Change an item, or move it to the end of another part."""
    refuse_change(item.questionnaire.state)
    _refuse_item(item.questionnaire, kind, criteria, bands)
    if part.questionnaire_id != item.questionnaire_id:
        raise NotAllowed(_("This part belongs to another questionnaire."))
    if part.pk != item.part_id:
        item.position = (part.items.aggregate(last=Max("position"))["last"] or 0) + 1
    item.part, item.kind, item.text, item.help = part, kind, text.strip(), help.strip()
    item.criteria, item.bands = list(criteria), list(bands) if kind == NUMBER else []
    item.save()


@transaction.atomic
def remove_item(*, item: Item, by: Account, at: datetime) -> None:
    """Remove an item."""
    refuse_change(item.questionnaire.state)
    item.delete()


@transaction.atomic
def move_item(*, item: Item, down: bool, by: Account, at: datetime) -> None:
    """Move an item one place up or down within its part. At the end of the part it stays."""
    refuse_change(item.questionnaire.state)
    rows = list(item.part.items.order_by("position", "pk"))
    here = next(place for place, row in enumerate(rows) if row.pk == item.pk)
    there = here + 1 if down else here - 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            Item.objects.filter(pk=row.pk).update(position=position)


def _refuse_item(questionnaire: Questionnaire, kind: str, criteria: Sequence[str], bands: Sequence[int]) -> None:
    if kind == NUMBER and not fits_bands(bands):
        raise NotAllowed(_("Give the groups in which numbers are counted as rising numbers, such as 3, 6, 12."))
    if criteria and (foreign := sorted(set(criteria) - criterion_keys(questionnaire))):
        raise NotAllowed(_("This edition has no criterion %(keys)s.") % {"keys": ", ".join(foreign)})


def _free_key(questionnaire: Questionnaire) -> str:
    taken = set(questionnaire.items.values_list("key", flat=True))
    number = len(taken) + 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"
