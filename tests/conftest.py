"""What every test stands on: no network, one migrated database per process, one browser per process."""

import importlib.util
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import SimpleTestCase, TestCase, TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from tests.flushing import allow_flushing
from tests.offline import forbid_other_machines

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# Beginnings of the reasons for which a test is skipped because of the machine, and what it would need.
NEEDS = {"needs Chromium": "Chromium", "needs PostgreSQL": "PostgreSQL", "needs Spark": "Spark"}
_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}

hypothesis.settings.register_profile("dev", max_examples=50, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=300, deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("again", parent=hypothesis.settings.get_profile("ci"), max_examples=50)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")

pytest_plugins = ["tests.cast", "tests.browsing", "tests.made"]
forbid_other_machines()
allow_flushing()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options for tests/run.py."""
    parser.addoption("--only-database", action="store_true", help="only the tests that touch a database")
    parser.addoption("--told-to", type=Path, help="write what failed, and what was skipped for what, to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Seek fewer examples in the second pass of `make test`: what they find hardly depends on the database."""
    if config.getoption("--only-database") and os.environ.get("CI"):
        hypothesis.settings.load_profile("again")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this machine or this database cannot run, and leave out what was not asked for."""
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser") and not CHROMIUM.exists() and not _required("BROWSER"):
            item.add_marker(pytest.mark.skip(reason=f"needs Chromium at {CHROMIUM}"))
        if item.get_closest_marker("postgres") and not on_postgresql:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; this run is on SQLite"))
        if item.get_closest_marker("spark") and not _has_spark() and not _required("SPARK"):
            item.add_marker(pytest.mark.skip(reason="needs Spark: requirements/spark.txt and a Java runtime"))
    if config.getoption("--only-database"):
        kept = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _has_spark() -> bool:
    return importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def _required(what: str) -> bool:
    return os.environ.get(f"REQUIRE_{what}") == "1"


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    tested_class = getattr(item, "cls", None)
    if tested_class is not None and issubclass(tested_class, SimpleTestCase):
        return issubclass(tested_class, TestCase | TransactionTestCase)
    return not _DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line how many tests were skipped and why; hand the machine's share and what failed to tests/run.py."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[text.removeprefix("Skipped: ")] += 1
    if reasons:
        told = "; ".join(f"{count}: {reason}" for reason, count in reasons.most_common())
        terminalreporter.write_line(f"Skipped {reasons.total()} tests. {told}")
    target = config.getoption("--told-to")
    if target:
        needs: Counter[str] = Counter()
        for reason, count in reasons.items():
            for start, what in NEEDS.items():
                needs[what] += count if reason.startswith(start) else 0
        failed = [report for kind in ("failed", "error") for report in terminalreporter.stats.get(kind, [])]
        tally = {
            "skipped": {what: count for what, count in needs.items() if count},
            "failed": sorted({report.nodeid for report in failed}),
            "too_slow": all(_waited_in_vain(report) for report in failed),
        }
        target.write_text(json.dumps(tally), encoding="utf-8")


def _waited_in_vain(report: Any) -> bool:
    """Whether a browser test ended because something did not come in time, and not because of what a page did."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return "browser" in getattr(report, "keywords", ()) and crash is not None and "timeout" in crash.message.casefold()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Name the test's own database.

    SQLite is a file of this process alone, because a shared in-memory database would let the threads of a
    live server share one connection. Its safety against a power cut is off; how it locks stays as it is.
    """
    for database in settings.DATABASES.values():
        if "sqlite3" in database["ENGINE"]:
            database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
            command = database["OPTIONS"].get("init_command", "")
            database["OPTIONS"]["init_command"] = command.replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def files_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process keeps stored files; removed by pytest after a few runs."""
    folder = tmp_path_factory.mktemp("files")
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture(scope="session", autouse=True)
def short_keys() -> Iterator[int]:
    """Devices seal to a short key of the server: making a long one takes half a second, hundreds of times.

    Gives the length that keys really have.
    """
    from communitas.workbooks.actions import installation  # settings are ready only now

    with pytest.MonkeyPatch.context() as patch:
        real = installation.BITS
        patch.setattr(installation, "BITS", 1024)
        yield real


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one per process. Tests open pages through `open_page`, which watches them."""
    if not CHROMIUM.exists():
        if _required("BROWSER"):
            pytest.fail(f"REQUIRE_BROWSER=1, but there is no Chromium at {CHROMIUM}")
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    # Playwright's loop runs in this thread: Django would take every query for one inside asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
