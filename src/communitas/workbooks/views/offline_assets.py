"""The files that the offline workbook keeps on the device, and a name for this version of them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FOLDER: Final = Path(__file__).resolve().parents[1] / "static" / "workbooks" / "offline"
_NOT_KEPT: Final = frozenset({"worker.js", "signed_in.js", "leaving.js"})
STYLES: Final = (
    *(f"kit/css/{name}.css" for name in ("tokens", "base", "layout", "components", "pages")),
    "workbooks/workbook.css",
    "workbooks/offline/offline.css",
)
KIT_MODULES: Final = ("kit/js/marks.js", "kit/js/theme.js")
_FONTS: Final = tuple(f"fonts/AtkinsonHyperlegible-{name}.ttf" for name in ("Regular", "Bold", "Italic", "BoldItalic"))
_PICTURES: Final = ("kit/logo.svg", "workbooks/offline/icon-192.png", "workbooks/offline/icon-512.png")


def modules() -> list[str]:
    """The app's own modules, those of the kit first."""
    return [
        *KIT_MODULES,
        *sorted(f"workbooks/offline/{path.name}" for path in FOLDER.glob("*.js") if path.name not in _NOT_KEPT),
    ]


def assets() -> list[str]:
    """The addresses of every file that the app needs without a network."""
    return [static(name) for name in (*STYLES, *modules(), *_FONTS, *_PICTURES)]


def worker() -> str:
    """The service worker's own text."""
    return (FOLDER / "worker.js").read_text("utf-8")


def version(shell: str, addresses: Sequence[str]) -> str:
    """A name that changes with the shell, its files and the worker, so that a browser notices a new version."""
    digest = hashlib.sha256("\n".join([shell, worker(), *addresses]).encode())
    for name in (*STYLES, *modules(), *_PICTURES):
        found = finders.find(name)
        if found:
            digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:16]
