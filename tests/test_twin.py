"""Nothing of the twin network reaches anybody of the first one: no byte of it, on any page, in any file."""

import io
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.models import Tenant
from communitas.members.models import RoleGrant
from communitas.people.models import Account
from tests.cast import World
from tests.permissions.cases import NOBODY, PEOPLE, Target
from tests.test_permissions import CASES

CANARY = "kanarek"
OF_HEARTH = (*(name for name in PEOPLE if name not in {"tess", "theo", "ada"}), NOBODY)
WAYS = ("", "?format=csv", "?format=xlsx", "?q=a", "?sort=-name")


@dataclass(frozen=True)
class Visit:
    """One address to open."""

    path: str
    public: bool


@lru_cache
def _path_to_tenant(model: type[models.Model]) -> str:
    """The shortest way along foreign keys from a model to its tenant; empty when there is none."""
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(model, ())])
    seen = {model}
    while waiting:
        here, steps = waiting.popleft()
        if here is Tenant:
            return "__".join(steps)
        for field in here._meta.get_fields():
            target = field.related_model
            if isinstance(field, models.ForeignKey) and target not in seen and target is not Account:
                seen.add(target)  # type: ignore[arg-type]  # a foreign key leads to a model
                waiting.append((target, (*steps, field.name)))  # type: ignore[arg-type]  # likewise
    return ""


def _texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and not any(word in field.name for word in ("hash", "sha256", "zone", "language", "role", "state", "kind"))
    ]


def _plant(world: World) -> int:
    """Write the canary into every text of the twin that the database lets one change; how many were written."""
    planted = 0
    for model in apps.get_models():
        path = _path_to_tenant(model) if model.__module__.startswith("communitas.") else ""
        if not path and model is not Tenant:
            continue
        for row in model._default_manager.filter(**{path: world.twin.network.tenant}) if path else ():
            for field in _texts(model):
                value = f"{CANARY}{row.pk}{field.name}"[: field.max_length or 200]
                try:
                    with transaction.atomic():
                        planted += model._default_manager.filter(pk=row.pk).update(**{field.name: value})
                except DatabaseError:  # frozen on purpose; its text holds the twin's name already
                    continue
    people = RoleGrant.objects.filter(network=world.twin.network).values_list("account", flat=True)
    for account in Account.objects.filter(pk__in=set(people)):
        Account.objects.filter(pk=account.pk).update(
            display_name=f"{CANARY} {account.pk}", email=f"{CANARY}{account.pk}@harbour.example"
        )
    return planted


def _visits(world: World) -> Iterator[Visit]:
    for case in CASES:
        if "GET" not in case.methods or not case.slug:
            continue
        for build in case.of:
            targets: list[Target] = [build(world, world), build(world, world.twin)]
            for target in targets:
                path = path_of("hearth", case.url, *target.args)
                for way in {case.query, *WAYS}:
                    yield Visit(path + way, case.public)


@pytest.mark.parametrize("person", OF_HEARTH)
def test_no_page_or_file_holds_a_word_of_the_twin(person: str, world: World, client: Client) -> None:
    visits = list(dict.fromkeys(_visits(world)))
    planted = _plant(world)
    if person != NOBODY:
        world.sign_in(client, getattr(world, person))

    leaks = []
    for visit in visits:
        with transaction.atomic():
            response = client.get(visit.path)
            body = _everything(response)
            transaction.set_rollback(True)
        leaks += [f"{visit.path}: {word}" for word in (CANARY, "Harbour") if word.casefold() in body]

    assert planted > 50
    assert leaks == []


def test_the_canary_would_be_seen(world: World, client: Client) -> None:
    _plant(world)
    world.sign_in(client, world.tess)

    assert CANARY in _everything(client.get(path_of("harbour", "members:communities")))
    assert CANARY in _everything(client.get(path_of("harbour", "members:communities") + "?format=xlsx"))


def _everything(response: Any) -> str:
    """All that an answer holds, in small letters: headers, body, and what is packed inside a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(response.headers).encode(), content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(parts).decode("utf-8", "replace").casefold()
