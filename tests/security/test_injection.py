"""What stands in an address is looked up, never run."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.db import transaction

from communitas.kit.addresses import path_of
from communitas.members.models import Network
from tests.browsing import QuickClient
from tests.cast import World
from tests.security.payloads import HOSTILE
from tests.test_permissions import CASES

REQUEST = re.compile(r"request\.(GET|POST)")
SOURCES = sorted(path for path in Path("src/communitas").rglob("*.py") if "migrations" not in path.parts)
PARAMETERS = ("q", "sort", "page", "format", "show", "stage", "type", "region", "kind", "state", "level", "community")
MORE = ("enrolment", "seat", "code", "improvement", "criterion_key", "plain", "membership", "pathway", "late", "lead")
LISTS = {case.url: case for case in CASES if "GET" in case.methods}


def test_hostile_words_in_the_address_of_a_list_break_nothing(world: World) -> None:
    client = QuickClient(raise_request_exception=False)
    world.sign_in(client, world.cora)

    wrong, lists = [], 0
    for case in LISTS.values():
        with transaction.atomic():
            path = path_of("hearth", case.url, *case.of[0](world, world).args)
            kind = client.get(path + "?format=csv").headers.get("Content-Type", "")
            words = HOSTILE if kind.startswith("text/csv") else ()
            lists += len(words) > 1
            for word in words:
                query = urlencode(dict.fromkeys((*PARAMETERS, *MORE), word))
                status = client.get(f"{path}?{query}").status_code
                if status >= 500:
                    wrong.append(f"{path} {word[:40]!r}: {status}")
            transaction.set_rollback(True)

    assert lists >= 4
    assert wrong == []
    assert Network.objects.count() == 2


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield node, function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _unsafe(path: Path) -> Iterator[str]:
    for call, name in _calls(ast.parse(path.read_text("utf-8"))):
        place = f"{path}:{call.lineno}"
        if name in {"raw", "extra", "RawSQL", "eval", "exec"}:
            yield f"{place} calls {name}"
        if name in {"execute", "executemany"} and call.args and not isinstance(call.args[0], ast.Constant):
            yield f"{place} runs SQL that it puts together"
        for keyword in call.keywords:
            if keyword.arg is None and any(
                word in ast.unparse(keyword.value) for word in ("request.GET", "request.POST")
            ):
                yield f"{place} passes a request on as arguments"
        for argument in call.args:
            if (
                isinstance(argument, ast.Starred)
                and "request." in ast.unparse(argument)
                and name in {"filter", "order_by"}
            ):
                yield f"{place} passes a request on to a query"


def test_no_code_puts_sql_together_or_hands_a_request_to_a_query() -> None:
    # Guards of migrations, queries that Django wrote, and the copying of tables, whose names come from no person.
    allowed = ("kit/rows.py", "kit/prepared.py", "kit/backup/tables.py", "kit/backup/postgresql.py")
    found = [what for path in SOURCES if not path.as_posix().endswith(allowed) for what in _unsafe(path)]

    assert found == []


def test_the_lint_sees_what_it_looks_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(
        "rows.raw('x')\ncursor.execute(f'{x}')\nrows.filter(**request.GET.dict())\nrows.order_by(*request.GET.getlist('s'))\n"
    )

    assert len(list(_unsafe(bad))) == 4
