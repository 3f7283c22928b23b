"""Nothing of the twin network reaches anybody of the first one: no byte of it, on any page, in any file."""

import io
import zipfile
from collections import deque
from copy import deepcopy
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
from tests.browsing import Everybody
from tests.cast import World
from tests.permissions.cases import NOBODY, PEOPLE, Case
from tests.test_permissions import CASES

CANARY = "kanarek"
OF_HEARTH = (*(name for name in PEOPLE if name not in {"tess", "theo", "ada"}), NOBODY)
WORDS = (CANARY, "harbour")
WAYS = ("?format=csv", "?format=xlsx", "?q=a", "?sort=-name")


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
            words = {f.name: f"{CANARY}{row.pk}{f.name}"[: f.max_length or 200] for f in _texts(model)}
            planted += _write(row, words) if words else 0
    people = RoleGrant.objects.filter(network=world.twin.network).values_list("account", flat=True)
    for account in Account.objects.filter(pk__in=set(people)):
        Account.objects.filter(pk=account.pk).update(
            display_name=f"{CANARY} {account.pk}", email=f"{CANARY}{account.pk}@harbour.example"
        )
    return planted


def _write(row: models.Model, words: dict[str, str]) -> int:
    """Write all the words, or where the database refuses, one by one those that it lets one change."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            return rows.update(**words) and len(words)
    except DatabaseError:  # frozen on purpose, which holds for some fields only
        return sum(_write(row, {name: word}) for name, word in words.items()) if len(words) > 1 else 0


@pytest.mark.django_db
@pytest.mark.parametrize("case", [case for case in CASES if "GET" in case.methods and case.slug], ids=str)
def test_no_page_or_file_holds_a_word_of_the_twin(case: Case, everybody: Everybody) -> None:
    world, clients = deepcopy(everybody)
    targets = [build(world, part) for build in case.of for part in (world, world.twin)]
    paths = [path_of("hearth", case.url, *target.args) + case.query for target in targets]
    planted = _plant(world)

    leaks = []
    for person in OF_HEARTH:
        client = clients[person]
        for path in dict.fromkeys(paths):
            said = {path: _read(client, path)}
            if "format=csv" in said[path]:
                said |= {path + way: _read(client, path + way) for way in WAYS}
            leaks += [f"{person} {way}: {word}" for way, body in said.items() for word in WORDS if word in body]

    assert planted > 50
    assert leaks == []


def _read(client: Client, path: str) -> str:
    with transaction.atomic():
        body = _everything(client.get(path))
        transaction.set_rollback(True)
    return body


@pytest.mark.django_db
def test_the_canary_would_be_seen(everybody: Everybody) -> None:
    world, clients = deepcopy(everybody)
    client = clients["tess"]
    _plant(world)

    assert CANARY in _everything(client.get(path_of("harbour", "members:communities")))
    assert CANARY in _everything(client.get(path_of("harbour", "members:communities") + "?format=xlsx"))


def _everything(response: Any) -> str:
    """All that an answer holds, in small letters: headers, body, and what is packed inside a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(response.headers).encode(), content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(parts).decode("utf-8", "replace").casefold().replace("america/coral_harbour", "")
