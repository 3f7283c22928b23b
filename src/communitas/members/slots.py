"""What the apps above know about a community, asked for by its page with a list of ids."""

from dataclasses import dataclass

from communitas.kit.slots import Slot


@dataclass(frozen=True)
class Note:
    """One line about a community, with the address of the page behind it."""

    label: str
    text: str
    url: str = ""


about_community: Slot[tuple[Note, ...]] = Slot("members.about_community")
