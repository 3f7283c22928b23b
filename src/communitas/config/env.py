"""Settings from the environment. Nonsense is refused at the start, all of it at once, with the variable's name."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Environment:
    """Reads typed values and collects what is wrong; `refuse_nonsense` raises once with every problem."""

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self.values = values
        self.problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default the variable must be set."""
        value = self.values.get(name, default)
        if value is None or (value == "" and default is None):
            self.problems.append(f"{name} must be set")
            return ""
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """1, true, yes, on or 0, false, no, off, in any case."""
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        value = self.values.get(name, "")
        if not value:
            return default
        if value.casefold() not in words:
            self.problems.append(f"{name} must be true or false, not {value!r}")
            return default
        return words[value.casefold()]

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        """A whole number within bounds."""
        value = self.values.get(name, "")
        if not value:
            return default
        if not value.isdecimal() or not low <= int(value) <= high:
            self.problems.append(f"{name} must be a whole number from {low} to {high}, not {value!r}")
            return default
        return int(value)

    def choice(self, name: str, default: str, *, among: Sequence[str]) -> str:
        """One of a few words."""
        value = self.values.get(name, "") or default
        if value not in among:
            self.problems.append(f"{name} must be {' or '.join(among)}, not {value!r}")
            return default
        return value

    def names(self, name: str, default: str = "") -> list[str]:
        """A list separated by commas."""
        return [part.strip() for part in self.values.get(name, default).split(",") if part.strip()]

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """`postgres://user:password@host:port/name`, `sqlite:///path`, or nothing for the default file."""
        value = self.values.get(name, "")
        if not value:
            return sqlite(default)
        parts = urlsplit(value)
        if parts.scheme == "sqlite" and parts.path:
            return sqlite(Path(unquote(parts.path)))
        if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
            return postgresql(value)
        self.problems.append(f"{name} must be postgres://… or sqlite:///path, not {value!r}")
        return sqlite(default)

    def refuse_nonsense(self) -> None:
        """Raise ImproperlyConfigured with every problem found so far."""
        if self.problems:
            raise ImproperlyConfigured("Communitas cannot start: " + "; ".join(self.problems))


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as the embedded default: write-ahead log, every commit on the disk, write locks taken at the start."""
    return {
        "ENGINE": "communitas.kit.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
    }


# A page reads a row with all that stands around it, through a dozen joins. PostgreSQL tries the orders of up to eight
# of them before it starts, which takes longer than reading; four at a time give the same plans (decision 0023).
JOINS_TRIED_AT_ONCE = 4


def postgresql(address: str) -> dict[str, Any]:
    """PostgreSQL, the choice at scale. What stands behind the question mark goes to its library: `sslmode=require`."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    given = query.pop("options", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**query, "options": f"-c join_collapse_limit={JOINS_TRIED_AT_ONCE} {given}".strip()},
    }
