"""A file or a link beside a criterion, as pages show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A file or a link. `href` is empty while the file is still on its way; `withdraw` where the reader may."""

    event_id: str
    key: str
    name: str
    about: str  # what it is and how large; for a link the place it leads to
    who: str
    when: str
    href: str = ""
    withdraw: str = ""
    is_link: bool = False
    beside: bool = False  # of the other side: the community's, in the team's workbook
    code: str = ""

    @property
    def waits(self) -> bool:
        """Whether the file itself has not come yet."""
        return not self.href
