"""Places that higher apps fill, in their `apps.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from communitas.kit.slots import Slot
from communitas.members.actors import Actor
from communitas.visits.rules.overriding import SetAside


def anybody(actor: Actor) -> bool:
    """The part is for everybody who opens the pack."""
    return True


def no_files() -> Sequence[tuple[str, bytes]]:
    """A part without files."""
    return ()


@dataclass(frozen=True, slots=True)
class PackPart:
    """One part of the reviewers' pack: a heading, some lines of text, and a way to the page behind it.

    `files` are (name, bytes) for the pack that is downloaded; it is called for that alone. `may` says for whom the
    part is; the lowest `order` comes first.
    """

    title: str
    lines: tuple[str, ...] = ()
    href: str = ""
    link: str = ""
    order: int = 50
    may: Callable[[Actor], bool] = anybody
    files: Callable[[], Sequence[tuple[str, bytes]]] = no_files


pack: Slot[list[PackPart]] = Slot("what the visit team needs to know from elsewhere")
"""Asked with ids of enrolments. Fill it only with what the visit team and the office may read: nobody else opens it."""

set_aside: Slot[Mapping[int, SetAside]] = Slot("which rules two people set aside")
"""Asked with ids of visits: by account, what stands there now."""
