"""The documents of the project, and what can be read out of them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_STEP = re.compile(r"^\d+\. ", re.MULTILINE)
_TOUR = "<!-- tour -->"


def pages() -> list[Path]:
    """Every Markdown page that the project keeps."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")]
    return sorted([*found, *ROOT.glob("src/**/README.md"), *ROOT.glob("tests/**/README.md")])


def links(text: str) -> list[str]:
    """Where the links and pictures of a page lead, those in code left out."""
    return _LINK.findall(_CODE.sub("", _FENCE.sub("", text)))


def commands(text: str) -> Iterator[str]:
    """Every line of code, in a block or between words, that starts with make or communitas."""
    for line in text.splitlines():
        said = [line.strip()] if line.startswith("    ") else []
        for code in [*said, *_CODE.findall(line)]:
            words = code.partition("#")[0].removeprefix(".venv/bin/").strip()
            if words.split(" ")[0] in {"make", "communitas"}:
                yield words


def tour(text: str) -> list[str]:
    """The numbered steps between the two marks of the tour; ValueError without exactly two marks."""
    parts = text.split(_TOUR)
    if len(parts) != 3:
        raise ValueError(f"The tour stands between two marks {_TOUR}")
    return [" ".join(step.split()) for step in _STEP.split(parts[1])[1:]]
