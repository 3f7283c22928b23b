"""The people of the tour and how they sign in."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
PASSWORD = "a quiet word"  # noqa: S105  # the demo's people are invented, and it listens on this machine only
TITLES = {
    "client_member": "client member",
    "staff": "staff",
    "community_lead": "community lead",
    "reviewer": "reviewer",
    "lead_reviewer": "lead reviewer",
    "office": "office",
    "committee": "committee member",
    "admin": "site administrator",
}


@lru_cache(maxsize=1)
def cast() -> list[dict[str, Any]]:
    """The fixed cast, as the data file writes it."""
    people: list[dict[str, Any]] = yaml.safe_load((DATA / "people.yaml").read_text("utf-8"))["cast"]
    return people


def sign_in_lines(port: int) -> Iterator[str]:
    """One line a person: roles, address, username."""
    for person in cast():
        roles = ", ".join(TITLES[role] for role in person["roles"])
        yield f"  {roles:<34} http://localhost:{port}/hearth/  username {person['username']}, password {PASSWORD}"
