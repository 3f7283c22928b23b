"""A backup is one moment, checked before it is called good; restoring it gives that moment back, or changes nothing."""

import io
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import close_old_connections, connection, connections

from communitas.cli import main
from communitas.kit import audit, files
from communitas.kit.backup import making, manifest, restoring
from communitas.kit.backup.elsewhere import elsewhere
from communitas.kit.backup.facts import Restored
from communitas.kit.backup.problems import NotGood, Refused
from communitas.kit.events import subscribe
from communitas.kit.models import AuditLine, StoredFile, Tenant
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event
from communitas.workbooks.rules import registers
from tests.cast import NOW, World
from tests.locks import every_lock_open

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(line: str) -> None:
    """Say nothing."""


def make(out: Path, **given: Any) -> manifest.Manifest:
    return making.make(out, **{"like": None, "version": "1", "at": NOW, "say": quiet} | given)


def answer(world: World, key: str, score: int) -> None:
    actions.answer(
        workbook=queries.self_reviews().get(pk=world.workbook.pk),
        criterion_key=key,
        register=registers.SELF,
        comments=registers.comment("self"),
        given=actions.Given(score=score, comment="We meet each morning."),
        role="community_lead",
        by=world.lena,
        at=NOW,
    )


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """A folder of files of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def lived(world: World, media: Path) -> World:
    """A network with an answer, a file and a line in its audit trail."""
    answer(world, "c1-1", 2)
    files.put(tenant=world.network.tenant, content=b"minutes", name="minutes.txt", media_type="text/plain", at=NOW)
    audit.record(tenant=world.network.tenant, verb="a.b", obj=world.lark, by=world.cora, at=NOW)
    return world


@contextmanager
def another_installation(folder: Path) -> Iterator[None]:
    """An empty database of the same kind, as on a machine where nothing was restored yet."""
    if connection.vendor == "sqlite":
        with elsewhere({"NAME": folder / "another.sqlite3"}):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS another CASCADE")
        cursor.execute("CREATE SCHEMA another")
    with elsewhere({"OPTIONS": {"options": "-c search_path=another"}}):
        yield
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA another CASCADE")
        cursor.execute("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'before_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP SCHEMA "{name}" CASCADE')


def test_a_backup_gives_the_same_rows_and_files_on_another_machine_and_replaces_only_when_told(
    lived: World, tmp_path: Path, settings: Any
) -> None:
    Session.objects.create(session_key="k", session_data="", expire_date=NOW)
    events = Event.objects.count()
    epoch = actions.epoch(at=NOW)
    told: list[Restored] = []
    said: list[str] = []
    subscribe(Restored, told.append)

    made = make(tmp_path / "good")
    settings.MEDIA_ROOT = tmp_path / "other-media"
    with another_installation(tmp_path):
        restoring.restore(tmp_path / "good", replace=False, at=NOW, say=quiet)
        lines = list(AuditLine.objects.values_list("tenant__slug", "verb"))
        another_epoch = actions.epoch(at=NOW)
        found = Event.objects.count(), Session.objects.count(), files.read(StoredFile.objects.get())
        trails = [audit.first_broken_line(tenant) for tenant in Tenant.objects.all()]
        call_command("check_invariants", stdout=io.StringIO())
        Tenant.objects.create(slug="later")
        with pytest.raises(Refused, match="--replace"):
            restoring.restore(tmp_path / "good", replace=False, at=NOW, say=quiet)
        was_kept = Tenant.objects.filter(slug="later").exists()
        restoring.restore(tmp_path / "good", replace=True, at=NOW, say=said.append)
        slugs = set(Tenant.objects.values_list("slug", flat=True))

    assert made.tables["workbooks_event"] == events
    assert found == (events, 0, b"minutes")
    assert another_epoch != epoch
    assert trails == [None, None]
    assert ("hearth", "backup.restore") in lines
    assert told[-1] == Restored(made_at=NOW, at=NOW)
    assert not list(tmp_path.glob(".*"))
    assert was_kept
    assert slugs == {"hearth", "harbour"}
    assert any("kept as" in line for line in said)


def test_a_backup_made_while_somebody_writes_is_one_moment(lived: World, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        with closing(connections["default"]):
            number = 0
            while not stop.is_set():
                number += 1
                answer(lived, f"c1-{1 + number % 2}", number % 3)
                written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 3:
            close_old_connections()
        made = make(tmp_path / "good")
    finally:
        stop.set()
        writer.join()

    assert 0 < made.tables["workbooks_event"] < Event.objects.count()
    assert made.tables["workbooks_event"] == made.tables["workbooks_payload"]
    restoring.verify(tmp_path / "good", room=tmp_path, say=quiet)


def test_restore_refuses_a_database_in_use(lived: World, tmp_path: Path) -> None:
    make(tmp_path / "good")
    ready, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with closing(connections["default"]):
            Tenant.objects.count()
            ready.set()
            leave.wait(20)

    other = threading.Thread(target=stay)
    other.start()
    ready.wait(20)
    try:
        with pytest.raises(Refused, match="in use"):
            restoring.restore(tmp_path / "good", replace=True, at=NOW, say=quiet)
    finally:
        leave.set()
        other.join()

    assert Event.objects.count() > 0


def test_backup_refuses_a_folder_that_is_not_empty(lived: World, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")

    with pytest.raises(Refused, match="not empty"):
        make(tmp_path / "full")

    assert (tmp_path / "full" / "notes.txt").read_text() == "mine"


def test_a_copy_with_a_changed_answer_is_never_called_good(lived: World, tmp_path: Path) -> None:
    with every_lock_open():
        Event.objects.update(hash="0" * 64)

    with pytest.raises(NotGood, match="no longer matches its hash"):
        make(tmp_path / "bad")

    assert not (tmp_path / "bad").exists()
    assert (tmp_path / "bad.not-good" / manifest.NAME).exists()


def test_a_copy_with_a_changed_or_missing_file_is_never_called_good(lived: World, tmp_path: Path, media: Path) -> None:
    (path,) = (path for path in media.rglob("*") if path.is_file())
    path.write_bytes(b"minuteS")
    with pytest.raises(NotGood, match="no longer matches the hash"):
        make(tmp_path / "bad")

    path.unlink()
    with pytest.raises(NotGood, match="is named by the database"):
        make(tmp_path / "bad")


def test_files_of_an_earlier_backup_are_linked(lived: World, tmp_path: Path) -> None:
    make(tmp_path / "first")

    make(tmp_path / "second", like=tmp_path / "first")

    (name,) = json.loads((tmp_path / "second" / "files.json").read_text())
    first, second = (tmp_path / which / "files" / name for which in ("first", "second"))
    assert first.samefile(second)


def _cut(folder: Path) -> None:
    part = next(path for path in sorted(folder.rglob("*")) if path.name.startswith(("database.", "workbooks_event")))
    part.write_bytes(part.read_bytes()[:-20])


def _turn_a_bit(folder: Path) -> None:
    part = next(path for path in sorted(folder.rglob("*")) if path.name.startswith(("database.", "workbooks_event")))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(bytes(content))


def _change(folder: Path, **values: Any) -> None:
    """Another manifest, sealed as if this program had written it."""
    made = manifest.read(folder)
    manifest.write(folder, type(made)(**{name: getattr(made, name) for name in made.__slots__} | values))


SPOILED: dict[str, Callable[[Path], object]] = {
    "bytes instead of": _cut,
    "its hash is another": _turn_a_bit,
    "minutes|files/": lambda folder: next(p for p in (folder / "files").rglob("*") if p.is_file()).unlink(),
    "damaged or cut short": lambda folder: (folder / "manifest.json").write_text('{"kind": "communitas b'),
    "not the manifest": lambda folder: (folder / "manifest.json").write_text('{"kind": "another"}'),
    "seal": lambda folder: (folder / "manifest.json").write_text(
        (folder / "manifest.json").read_text().replace('"files": 1', '"files": 2')
    ),
    "manifest.json is missing": lambda folder: (folder / "manifest.json").unlink(),
    "newer version": lambda folder: _change(folder, migrations={"kit": ["9999_from_the_future"]}, version="9.9"),
    "rows instead of": lambda folder: _change(folder, tables={"workbooks_event": 999}),
    "This backup is of": lambda folder: _change(folder, engine="another"),
}


def test_a_spoiled_backup_is_refused_with_what_is_wrong(
    lived: World, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    make(tmp_path / "good")
    for what, spoil in SPOILED.items():
        with subtests.test(what):
            shutil.rmtree(tmp_path / "copy", ignore_errors=True)
            shutil.copytree(tmp_path / "good", tmp_path / "copy")
            spoil(tmp_path / "copy")

            with pytest.raises(Refused, match=what):
                restoring.verify(tmp_path / "copy", room=tmp_path, say=quiet)


def test_the_commands_say_how_it_ended(lived: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, full = str(tmp_path / "good"), str(tmp_path)

    statuses = [main(["backup", good]), main(["restore", good, "--check"])]
    said = capsys.readouterr().err
    refused = [main(["backup", full]), main(["restore", str(tmp_path / "none")]), main(["restore", good])]

    assert statuses == [0, 0]
    assert "Good:" in said
    assert "The audit trail is whole".lower() in said.lower()
    assert refused == [2, 2, 2]
    assert "Nothing was changed" in capsys.readouterr().err
