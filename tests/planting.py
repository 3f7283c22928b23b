"""Words of a test's own in every text of a network, to see where they come out."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from communitas.kit.models import Tenant
from communitas.kit.prepared import Prepared
from communitas.people.models import Account

Text = models.Field[Any, Any]
Place = tuple[type[models.Model], Any, str]  # one field of one row
NOT_WORDS = ("hash", "sha256", "zone", "language", "role", "state", "kind")


@dataclass
class Planter:
    """Writes a word into every text of one network that the database lets one change, as often as it is asked.

    `word` says what stands in a field of the row of this key; it must say the same each time. What stands there already
    is left alone, so planting again after something was added costs little.
    """

    tenant: Tenant
    word: Callable[[Text, Any], str]
    suits: Callable[[Text], bool] = lambda field: True
    refused: set[Place] = field(default_factory=set)

    def plant(self) -> int:
        """How many texts hold the word afterwards."""
        return sum(self._plant_model(model, texts) for model, texts in _models())

    def _plant_model(self, model: type[models.Model], texts: tuple[Text, ...]) -> int:
        planted = 0
        for pk, *found in _rows_of(model)(tenant=self.tenant.pk):
            wanted = {each.name: self.word(each, pk) for each in texts if self.suits(each)}
            standing = {each.name: value for each, value in zip(texts, found, strict=True)}
            planted += self._plant_row(model, pk, wanted, standing)
        return planted

    def _plant_row(
        self, model: type[models.Model], pk: Any, wanted: Mapping[str, str], standing: Mapping[str, Any]
    ) -> int:
        missing = {name: word for name, word in wanted.items() if standing[name] != word}
        words = {name: word for name, word in missing.items() if (model, pk, name) not in self.refused}
        return len(wanted) - len(missing) + (self._write(model, pk, words) if words else 0)

    def _write(self, model: type[models.Model], pk: Any, words: Mapping[str, str]) -> int:
        """Write all the words, or where the database refuses, one by one those that it lets one change."""
        try:
            with transaction.atomic():
                return model._default_manager.filter(pk=pk).update(**words) and len(words)
        except DatabaseError:  # frozen on purpose, which holds for some fields only
            if len(words) > 1:
                return sum(self._write(model, pk, {name: word}) for name, word in words.items())
            self.refused |= {(model, pk, name) for name in words}
            return 0


def name_people(accounts: Iterable[Account], words: Callable[[Account], Mapping[str, str]]) -> None:
    """Give accounts other names and addresses where they have not got them yet."""
    for account in accounts:
        wanted = words(account)
        if any(getattr(account, name) != word for name, word in wanted.items()):
            Account.objects.filter(pk=account.pk).update(**wanted)


@lru_cache
def _models() -> tuple[tuple[type[models.Model], tuple[Text, ...]], ...]:
    """Every model of a network that holds texts, with these."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("communitas.")]
    return tuple((model, texts_of(model)) for model in ours if path_to_tenant(model) and texts_of(model))


@lru_cache
def _rows_of(model: type[models.Model]) -> Prepared:
    names = [each.attname for each in texts_of(model)]
    rows = model._default_manager.order_by()
    return Prepared(lambda *, tenant: rows.filter(**{path_to_tenant(model): tenant}).values_list("pk", *names))


@lru_cache
def path_to_tenant(model: type[models.Model]) -> str:
    """The shortest way along foreign keys from a model to its tenant; empty when there is none."""
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(model, ())])
    seen = {model}
    while waiting:
        here, steps = waiting.popleft()
        if here is Tenant:
            return "__".join(steps)
        for each in here._meta.get_fields():
            target = each.related_model if isinstance(each, models.ForeignKey) else None
            if isinstance(target, type) and target is not Account and target not in seen:
                seen.add(target)
                waiting.append((target, (*steps, each.name)))
    return ""


@lru_cache
def texts_of(model: type[models.Model]) -> tuple[Text, ...]:
    """The fields in which somebody's words stand."""
    return tuple(
        each
        for each in model._meta.get_fields()
        if isinstance(each, models.CharField | models.TextField)
        and not isinstance(each, models.SlugField)
        and not each.choices
        and not any(word in each.name for word in NOT_WORDS)
    )
