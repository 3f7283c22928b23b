"""Every address, as every person of the cast and as nobody, answers what the table of permissions says."""

import importlib
import pkgutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from communitas.kit.addresses import path_of
from communitas.kit.models import AuditLine
from communitas.kit.permissions import Permission
from communitas.kit.prepared import Prepared, Rows
from communitas.members import policy as members_policy
from communitas.members.actors import Actor, actor_for
from communitas.members.rules import table
from communitas.web import errors
from tests import permissions
from tests.browsing import Everybody, QuickClient
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, NOBODY, PEOPLE, SIGNED_IN, Case, Target, allowed

ACCEPTANCE = Path(__file__).parent / "acceptance" / "permissions.csv"
OPENED = {200, 204, 302, 303, 400, 409, 422}
REFUSED = {"404", "403", "sign-in"}
FOREIGN = ("account_", "mfa_")  # sign-in itself, which tests/people walks through

MODULES = [
    importlib.import_module(f"tests.permissions.{found.name}")
    for found in pkgutil.iter_modules(permissions.__path__)
    if found.name != "cases"
]
CASES: list[Case] = [case for module in MODULES for case in module.CASES]
PERMISSIONS: list[tuple[Permission, type[models.Model]]] = [
    pair for module in MODULES for pair in getattr(module, "PERMISSIONS", [])
]


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_given_rows_stand_unchanged_at_the_head_of_the_shipped_table() -> None:
    given = ACCEPTANCE.read_text("utf-8").splitlines()
    shipped = Path(members_policy.__file__).with_name("permissions.csv").read_text("utf-8").splitlines()

    assert shipped[: len(given)] == given


def test_every_address_has_an_entry() -> None:
    addresses = {name for name in _names(get_resolver()) if not name.startswith(FOREIGN)}

    assert sorted(addresses - {case.url for case in CASES}) == []
    assert sorted({case.url for case in CASES} - addresses) == []


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=str)
def test_address_answers_what_the_table_says(case: Case, everybody: Everybody, monkeypatch: pytest.MonkeyPatch) -> None:
    # A refusal is told by its status alone: what its page says is the business of other tests, thousands of times less.
    monkeypatch.setattr(errors, "render", lambda request, template, context, status: HttpResponse(status=status))
    world, clients = deepcopy(everybody)  # what a case changes in them is its own, as the rows are
    wrong: list[str] = []
    for build in case.of:
        for part in (world, world.twin):
            target = build(world, part)
            newest = _newest_line()
            place = transaction.savepoint()
            for person, browser in clients.items():
                for method in case.methods:
                    for slug in ("hearth", "harbour") if case.slug else ("",):
                        said, complaints = _ask(case, target, part, person, browser, method, slug, world, newest)
                        wrong += complaints
                        if complaints or said not in REFUSED:  # it may have written something: take that back
                            transaction.savepoint_rollback(place)

    assert wrong == []


@Prepared
def _newest_line() -> Rows:
    return AuditLine.objects.order_by("-pk").values_list("pk")[:1]


def _ask(
    case: Case,
    target: Target,
    part: Part,
    person: str,
    browser: QuickClient,
    method: str,
    slug: str,
    world: World,
    newest: list[Any],
) -> tuple[str, list[str]]:
    if target.is_network and slug and slug != part.network.slug:
        return "404", []
    expected = _expected(case, target, part, person, slug, world)
    path = path_of(slug, case.url, *target.args) + case.query
    data = case.data(target) if callable(case.data) else case.data
    response: Any = browser.post(path, dict(data)) if method == "POST" else browser.get(path)
    changed = _newest_line() != newest
    said = _said(response)
    fits = said in expected.split(" or ") and not (changed and expected in REFUSED)
    changed_by_reading = changed and method == "GET"
    if fits and not changed_by_reading:
        return said, []
    return said, [f"{person} {method} {path}: {said} ({response.status_code}), the table says {expected}"]


def _said(response: HttpResponse) -> str:
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return "sign-in"
    if response.status_code == 401:  # what machines are told instead
        return "sign-in"
    return "opened" if response.status_code in OPENED else str(response.status_code)


def _expected(case: Case, target: Target, part: Part, person: str, slug: str, world: World) -> str:
    if person in case.also:
        return "opened" if case.also[person][0] else "403 or 404"
    elsewhere = bool(slug) and slug != part.network.slug
    if case.row == ANYBODY:
        return "opened or 404" if elsewhere else "opened"
    if person == NOBODY and not case.public:
        return "sign-in"
    if case.row == SIGNED_IN:
        return "opened"
    rows = members_policy.permissions_table()
    if allowed(rows[case.row], person, target, part, world):
        return "opened or 404" if elsewhere else "opened"
    if target.is_network:
        return "403"
    seen = bool(case.sees) and allowed(rows[case.sees], person, target, part, world)
    return ("403 or 404" if elsewhere else "403") if seen else "404"


def test_every_permission_is_listed_with_its_model() -> None:
    listed = {id(permission) for permission, _model in PERMISSIONS}

    missing = [
        f"{name}.{attribute}"
        for name in _policies()
        for attribute, value in vars(importlib.import_module(name)).items()
        if isinstance(value, Permission) and id(value) not in listed
    ]

    assert missing == []


def _policies() -> list[str]:
    root = Path(members_policy.__file__).parents[1]
    files = [*root.glob("*/policy.py"), *root.glob("*/policy/*.py")]
    names = [".".join(("communitas", *path.relative_to(root).with_suffix("").parts)) for path in sorted(files)]
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("permission", "model"), PERMISSIONS, ids=lambda value: getattr(value, "action", getattr(value, "__name__", ""))
)
def test_yes_or_no_agrees_with_the_queryset(
    permission: Permission, model: type[models.Model], everybody: Everybody
) -> None:
    world, _ = everybody
    objects = list(model._default_manager.all())

    for actor in _actors(world):
        visible = set(permission.visible(model._default_manager.all(), actor).values_list("pk", flat=True))

        allowed_on = [obj for obj in objects if permission.allows(actor, obj)]
        assert visible == {obj.pk for obj in allowed_on}
        # `load` stands on this: whoever may act on something also sees it.
        assert [obj for obj in allowed_on if permission.sees and not permission.sees.allows(actor, obj)] == []


def _actors(world: World) -> list[Actor]:
    people = [getattr(world, name) for name in PEOPLE]
    return [
        actor_for(account, now=NOW, second_factor_given=True, second_factor_demanded=True) for account in people
    ] + [Actor(None, NOW)]


def test_no_row_lets_anybody_delete_what_must_stay() -> None:
    never = ("person.impersonate", "event.delete", "vote.delete", "audit.delete", "backup.download")

    rows = members_policy.permissions_table()

    assert [row for row in never if not all(cell.never for cell in rows[row].values())] == []
    assert all(isinstance(cell, table.Expression) for row in rows.values() for cell in row.values())
