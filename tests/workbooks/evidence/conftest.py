"""Ways to add evidence, and a folder of files of one's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.rules import registers
from tests.cast import NOW

Tie = Callable[..., Event]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Files of one test are not those of another."""
    settings.MEDIA_ROOT = tmp_path
    assert Path(default_storage.path("x")).parent == tmp_path


@pytest.fixture
def tie() -> Tie:
    """tie(workbook, by, b'words', name='Minutes', role='staff'): keep a text and tie it to 1.1, or only a link."""

    def attach(workbook: Workbook, by: Account, content: bytes = b"We cook.", **given: Any) -> Event:
        name, role, link = given.pop("name", "Minutes"), given.pop("role", "staff"), given.pop("link", "")
        digest = ""
        if not link:
            kept = actions.keep_file(workbook=workbook, pieces=[content], name=name, by=by, at=NOW)
            digest = kept.sha256
        [outcome] = actions.attach(
            workbook=workbook,
            criterion_key=given.pop("key", "c1-1"),
            register=given.pop("register", registers.comment("self")),
            sha256=digest,
            link=link,
            name=name,
            role=role,
            by=by,
            at=NOW,
        )
        return Event.objects.get(event_id=outcome.event_id)

    return attach
