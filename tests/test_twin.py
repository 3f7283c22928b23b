"""Nothing of the twin network reaches anybody of the first one: no byte of it, on any page, in any file."""

import io
import zipfile
from copy import deepcopy
from typing import Any

import pytest
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from communitas.kit.addresses import path_of
from communitas.members.models import RoleGrant
from communitas.people.models import Account
from communitas.web import errors
from tests.browsing import Everybody
from tests.cast import World
from tests.permissions.cases import NOBODY, PEOPLE, Case
from tests.planting import Planter, name_people
from tests.test_permissions import CASES

CANARY = "kanarek"
OF_HEARTH = (*(name for name in PEOPLE if name not in {"tess", "theo", "ada"}), NOBODY)
WORDS = (CANARY, "harbour")
WAYS = ("?format=csv", "?format=xlsx", "?q=a", "?sort=-name")


Planted = tuple[Everybody, Planter]


@pytest.fixture(scope="module")
def planted(everybody: Everybody, django_db_blocker: DjangoDbBlocker) -> Planted:
    """Both networks, with the canary in every text of the twin; what a test adds is planted by it."""
    world, _ = everybody
    planter = Planter(world.twin.network.tenant, _canary)
    with django_db_blocker.unblock():
        _plant(planter, world)
    return everybody, planter


def _canary(text: models.Field[Any, Any], pk: Any) -> str:
    return f"{CANARY}{pk}{text.name}"[: text.max_length or 200]


def _plant(planter: Planter, world: World) -> int:
    """Write the canary into every text of the twin that the database lets one change; how many hold it."""
    people = RoleGrant.objects.filter(network=world.twin.network).values_list("account", flat=True)
    name_people(
        Account.objects.filter(pk__in=set(people)),
        lambda one: {"display_name": f"{CANARY} {one.pk}", "email": f"{CANARY}{one.pk}@harbour.example"},
    )
    return planter.plant()


@pytest.mark.django_db
@pytest.mark.parametrize("case", [case for case in CASES if "GET" in case.methods and case.slug], ids=str)
def test_no_page_or_file_holds_a_word_of_the_twin(
    case: Case, planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "render", _told)
    everybody, planter = planted
    world, clients = deepcopy(everybody)
    targets = [build(world, part) for build in case.of for part in (world, world.twin)]
    paths = [path_of("hearth", case.url, *target.args) + case.query for target in targets]
    texts = _plant(planter, world)

    leaks = []
    for person in OF_HEARTH:
        client = clients[person]
        for path in dict.fromkeys(paths):
            said = {path: _read(client, path)}
            if "format=csv" in said[path]:
                said |= {path + way: _read(client, path + way) for way in WAYS}
            leaks += [f"{person} {way}: {word}" for way, body in said.items() for word in WORDS if word in body]

    assert texts > 50
    assert leaks == []


def _told(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """What the page of a refusal is told; what else it holds is the same on every one of them, and looked at below."""
    return HttpResponse(f"{template} {context}", status=status)


@pytest.mark.django_db
def test_no_refusal_holds_a_word_of_the_twin(planted: Planted) -> None:
    (world, clients), _ = planted
    theirs = path_of("hearth", "members:community", world.twin.lark.pk)

    for person in OF_HEARTH:
        for path in (theirs, path_of("hearth", "allocation:fairness")):
            body = _read(clients[person], path)
            assert [word for word in WORDS if word in body] == []


def _read(client: Client, path: str) -> str:
    with transaction.atomic():
        body = _everything(client.get(path))
        transaction.set_rollback(True)
    return body


@pytest.mark.django_db
def test_the_canary_would_be_seen(planted: Planted) -> None:
    (_, clients), _ = planted
    client = clients["tess"]

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
