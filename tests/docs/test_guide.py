"""The guide is true to the screens: words in bold are words of the screens."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
SOURCES = [*ROOT.glob("src/communitas/**/*.html"), *ROOT.glob("src/communitas/**/*.py")]
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


@pytest.fixture(scope="module")
def shown() -> str:
    """Everything that templates and modules hold, with spaces made one."""
    return " ".join(" ".join(path.read_text("utf-8").split()) for path in SOURCES)


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.stem)
def test_words_in_bold_stand_on_a_screen(page: Path, shown: str) -> None:
    text = page.read_text("utf-8")
    said = {" ".join(words.split()) for words in _BOLD.findall(text)} - {"bold"}

    missing = {words for words in said if f'"{words.rstrip(".")}' not in shown and f">{words}" not in shown}

    assert missing - OWN_EMPHASIS == set()


# Words that the guide stresses without naming a link or a button.
OWN_EMPHASIS = {"Asked.", "Before.", "Alone first.", "Together.", "What you found.", "The draft.", "cockpit"}
