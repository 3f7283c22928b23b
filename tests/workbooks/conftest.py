"""An edition whose hash is its own, so that its book is read once, and short ways to answer."""

from collections.abc import Callable
from typing import Any

import pytest

from communitas.people.models import Account
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.rules import registers
from tests.cast import NOW, World

Answer = Callable[..., Any]


@pytest.fixture
def workbook(world: World) -> Workbook:
    """The self-review of Lark House, open, with everything that actions ask of it."""
    return queries.self_reviews().get(pk=world.workbook.pk)


@pytest.fixture
def peer(world: World) -> Workbook:
    """The peer-review of Lark House, not started."""
    return queries.peer_reviews().get(pk=world.peer_workbook.pk)


@pytest.fixture
def put() -> Answer:
    """put(workbook, by, 'c1-1', 2, comment='...', role='staff'): one answer, as a page gives it."""

    def answer(workbook: Workbook, by: Account, key: str, score: Any = None, **given: Any) -> Any:
        register = given.pop("register", registers.SELF)
        beside = "agreed" if register == registers.AGREED else str(register)
        at, role = given.pop("at", NOW), given.pop("role", "staff")
        return actions.answer(
            workbook=workbook,
            criterion_key=key,
            register=register,
            comments=registers.comment(beside),
            given=actions.Given(score=score, **given),
            role=role,
            by=by,
            at=at,
        )

    return answer
