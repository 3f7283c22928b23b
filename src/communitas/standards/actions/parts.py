"""Values and layers of a draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.standards.actions.undoing import changing
from communitas.standards.models import Edition, Layer, Value


def save_value(*, edition: Edition, value: Value | None, title: str, text: str, by: Account, at: datetime) -> Value:
    """Change a value, or add one at the end when `value` is None."""
    with changing(edition=edition, what=_("the value '%(title)s'") % {"title": title}, by=by, at=at):
        last = Value.objects.filter(edition=edition).aggregate(last=Max("position"))["last"] or 0
        value = value or Value(edition=edition, position=last + 1)
        value.title, value.text = title, text
        value.save()
    return value


def remove_value(*, edition: Edition, value: Value, by: Account, at: datetime) -> None:
    """Take a value out of a draft."""
    with changing(edition=edition, what=_("the removal of '%(title)s'") % {"title": value.title}, by=by, at=at):
        value.delete()


def save_layer(
    *,
    edition: Edition,
    layer: Layer | None,
    code: str,
    title: str,
    kind: str,
    applies_to: Sequence[str],
    by: Account,
    at: datetime,
) -> Layer:
    """Change a layer, or add one when `layer` is None."""
    others = Layer.objects.filter(edition=edition).exclude(pk=layer.pk if layer else 0)
    if others.filter(code=code).exists():
        raise NotAllowed(_("Another layer has this code."))
    with changing(edition=edition, what=_("the layer '%(title)s'") % {"title": title}, by=by, at=at):
        last = Layer.objects.filter(edition=edition).aggregate(last=Max("position"))["last"] or 0
        layer = layer or Layer(edition=edition, position=last + 1)
        layer.code, layer.title, layer.kind, layer.applies_to = code, title, kind, list(applies_to)
        layer.save()
    return layer


def remove_layer(*, edition: Edition, layer: Layer, by: Account, at: datetime) -> None:
    """Take a layer out of a draft, once no criterion belongs to it."""
    if layer.criteria.exists():
        raise NotAllowed(_("Criteria still belong to this layer. Move them to another one first."))
    if not Layer.objects.filter(edition=edition).exclude(pk=layer.pk).exists():
        raise NotAllowed(_("An edition has at least one layer."))
    with changing(edition=edition, what=_("the removal of '%(title)s'") % {"title": layer.title}, by=by, at=at):
        layer.delete()
