"""Which files there are, found anew on every run."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "communitas"


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file of the project: its app ('' for files beside the apps) and the parts of its path within."""

    path: Path
    app: str
    parts: tuple[str, ...]

    @property
    def drawer(self) -> str:
        """The drawer it belongs to: 'rules' for rules/scoring.py, 'models' for models.py."""
        return self.parts[0].removesuffix(".py")

    def read(self) -> str:
        """The text of the file."""
        return self.path.read_text(encoding="utf-8")


def modules() -> Iterator[Module]:
    """Every Python file of the project that a person wrote (so no migrations)."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" in parts:
            continue
        yield Module(path, parts[0], parts[1:]) if len(parts) > 1 else Module(path, "", parts)


def templates() -> Iterator[Path]:
    """Every template."""
    yield from sorted(SOURCE.rglob("*.html"))


def kept_texts() -> Iterator[tuple[str, str]]:
    """Every text file that git keeps or would add, as (path, text). Documents in Markdown speak freely."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607  # any git will do
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in sorted(filter(None, listed.stdout.decode().split("\0"))):
        path = ROOT / name
        if path.suffix == ".md" or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")
