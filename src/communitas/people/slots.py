"""What higher apps know about a person, asked for by the person's own page."""

from dataclasses import dataclass
from datetime import datetime

from communitas.kit.slots import Slot


@dataclass(frozen=True)
class RoleLine:
    """One role that the person holds: as what, where, in which network, since when."""

    role: str
    place: str
    network: str
    since_at: datetime


@dataclass(frozen=True)
class Kept:
    """One kind of thing that is kept about the person: its name, how many, and each as words by field."""

    what: str
    rows: tuple[dict[str, str], ...]


roles: Slot[tuple[RoleLine, ...]] = Slot("people.roles")
kept: Slot[tuple[Kept, ...]] = Slot("people.kept")
