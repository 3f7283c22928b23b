"""How single values of an edition are read, the same from a table and from YAML."""

import re
from typing import Final

from communitas.kit.tabular import Cell, match_key, shown
from communitas.standards.rules.edition import Layer, Level

_LEVEL_WORDS: Final = {
    "1": Level.ESSENTIAL,
    "2": Level.EXPECTED,
    "3": Level.DESIRABLE,
    "essential": Level.ESSENTIAL,
    "expected": Level.EXPECTED,
    "desirable": Level.DESIRABLE,
}
_LEVEL_NAMES: Final = {"type", "level", "priority"}
_ALL_TYPES: Final = {"all", "all types", "all services", "all communities", "every type"}
LAYER_KINDS: Final = ("core", "supplement", "module")
LEVEL_REASON: Final = "A level is 1, 2 or 3, or essential, expected or desirable."


def read_level(cell: Cell) -> Level | None:
    """A level is 1, 2 or 3, or essential, expected or desirable, with 'type', 'level' or 'priority' before it."""
    words = re.findall(r"\w+", match_key(shown(cell)).replace("_", " "))
    levels = {_LEVEL_WORDS.get(word) for word in words if word not in _LEVEL_NAMES}
    return levels.pop() if len(levels) == 1 else None


def read_types(text: str) -> tuple[str, ...]:
    """Service types stand between commas or semicolons; no type, or 'all', means every type."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    names = {match_key(part): part for part in parts if part}
    return () if names.keys() <= _ALL_TYPES else tuple(names.values())


def code_key(code: str) -> str:
    """A code as it is compared: in any case, without spaces, without a full stop at its end."""
    return re.sub(r"\s", "", match_key(code)).rstrip(".") or match_key(code)


def layer_code(text: str) -> str:
    """The code of a layer from its name: small letters, digits and hyphens."""
    if re.fullmatch(r"[a-z0-9_-]+", text):
        return text
    return re.sub(r"[\W_]+", "-", match_key(text)).strip("-") or "layer"


def read_layer(name: str, kind: str, title: str, applies_to: str) -> Layer:
    """A layer named in a row of a table; without a kind it is the core if it says so, else a supplement."""
    code = "core" if match_key(name) in {"", "core", "core standards"} else layer_code(name)
    known = match_key(kind) if match_key(kind) in LAYER_KINDS else ("core" if code == "core" else "supplement")
    return Layer(code, title or ("Core standards" if code == "core" else name), known, read_types(applies_to))
