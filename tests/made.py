"""What several tests need and takes long to make: made once for all processes of a run."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}  # of the tests, not of the demo


@dataclass(frozen=True)
class MadeDemo:
    """The demo network as the command made it. Copy the folder before anything writes to it."""

    folder: Path
    status: int
    said: str


def demo_environment(folder: Path) -> Mapping[str, str]:
    """The environment in which the command `communitas demo` keeps everything in this folder."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | {"DEMO_FOLDER": str(folder)}


def demo_command(*arguments: str) -> list[str]:
    """How `make demo` starts the demo, with these arguments."""
    return [str(Path(sys.executable).with_name("communitas")), "demo", *arguments]


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MadeDemo:
    """Run `communitas demo --build-only` for today, in one process; the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    folder, said = shared / "made-demo", shared / "made-demo.txt"
    with _one_at_a_time(shared / "made-demo.lock"):
        if not said.exists():
            folder.mkdir()
            today = datetime.now(ZoneInfo("Europe/London")).date()
            done = subprocess.run(
                demo_command("--build-only", "--today", today.isoformat()),
                env=demo_environment(folder),
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            said.write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")
    status, _, words = said.read_text(encoding="utf-8").partition("\n")
    return MadeDemo(folder, int(status), words)
