"""What the documents say is there: links, commands, settings, generated pages."""

import re
import subprocess
import sys
import tomllib
from argparse import Namespace
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from communitas.cli import COMMANDS
from communitas.kit import rulebook
from tests.docs.pages import ROOT, commands, links, pages, tour

SETTINGS = ROOT / "src" / "communitas" / "config" / "settings"
APPS = sorted(path.parent for path in (ROOT / "src" / "communitas").glob("*/__init__.py"))


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    here = [link for link in links(page.read_text("utf-8")) if "://" not in link and not link.startswith("mailto:")]

    lost = [link for link in here if not (page.parent / link.partition("#")[0]).exists()]

    assert lost == []


def test_a_lost_link_would_be_found() -> None:
    assert links("See [here](a.md), ![a picture](b.png) and `[not](c.md)`.\n```\n[nor](d.md)\n```\n") == [
        "a.md",
        "b.png",
    ]


def test_every_make_command_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = {words.split()[1] for words in _all_commands() if words.startswith("make ")}

    assert {"demo", "test", "check", "bench"} <= named
    assert named - targets == set()


def test_every_communitas_command_of_the_documents_exists() -> None:
    named = {words.split()[1] for words in _all_commands() if words.startswith("communitas ")}

    assert {"build-reports", "new-network", "manage"} <= named
    assert named - {*COMMANDS, "manage"} == set()


def test_every_option_of_a_communitas_command_exists() -> None:
    for name in COMMANDS:
        called = [words for words in _all_commands() if words.startswith(f"communitas {name} ")]
        help_text = subprocess.run(
            [sys.executable, "-m", "communitas.cli", name, "--help"], check=True, capture_output=True, text=True
        ).stdout

        unknown = {option for words in called for option in re.findall(r"--[a-z-]+", words)} - set(
            re.findall(r"--[a-z-]+", help_text)
        )

        assert (name, unknown) == (name, set())


def test_the_settings_page_names_every_variable_and_no_other() -> None:
    read = {
        name
        for file in SETTINGS.glob("*.py")
        for name in re.findall(
            r'env\.(?:text|flag|number|names|choice|database)\(\s*"([A-Z_]+)"', file.read_text("utf-8")
        )
    }

    said = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+|PORT|DEBUG)`", (ROOT / "docs/operate/settings.md").read_text("utf-8")))

    assert said - {"DJANGO_SETTINGS_MODULE"} == read


def test_generated_documents_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    status = rulebook.run(Namespace(check=True))

    assert (status, capsys.readouterr().out) == (0, ""), "run: make docs"


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_app_has_a_short_page_of_its_own(app: Path) -> None:
    page = app / "README.md"

    assert page.exists()
    assert len(page.read_text("utf-8").splitlines()) <= 25


def test_the_tour_has_numbered_steps() -> None:
    steps = tour((ROOT / "README.md").read_text("utf-8"))

    assert len(steps) >= 10
    assert all(step.endswith(".") for step in steps)


def test_a_tour_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="between two marks"):
        tour("1. Begin.")


def _all_commands() -> set[str]:
    return {words for page in pages() for words in commands(page.read_text("utf-8")) if len(words.split()) > 1}


def test_what_installs_the_program_is_pinned_and_new_enough() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    pinned = dict(
        re.findall(r"^([a-z]+)==(\S+)", (ROOT / "requirements" / "build.txt").read_text("utf-8"), re.MULTILINE)
    )

    assert [each for each in map(Requirement, wanted) if pinned.get(each.name, "") not in each.specifier] == []
    assert "-r requirements/base.txt -r requirements/build.txt" in (ROOT / "docs/operate/install.md").read_text("utf-8")
