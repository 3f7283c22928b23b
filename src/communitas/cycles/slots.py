"""Places that higher apps fill, in their `apps.py`. A filler is given ids and answers {id: value} in one query.

Addresses in answers are made with `reverse()` inside the request, so they lead into the right network. Fill only with
what everybody who may read the enrolment may know. Where the page behind an address is for fewer, `may` says for whom:
people whom it would refuse are not led there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from communitas.kit.slots import Slot
from communitas.members.actors import Actor

EVERYBODY = frozenset({"client_member", "staff", "community_lead", "reviewer", "lead_reviewer", "office"})


def anybody(actor: Actor) -> bool:
    """The page behind the address is for everybody who may read the enrolment."""
    return True


@dataclass(frozen=True, slots=True)
class Note:
    """A few words in a table: 'all 104 scored', with one of the marks m2, m1, m0 (none without), and a link."""

    text: str
    mark: str = ""
    href: str = ""
    needs_somebody: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A way from an enrolment to what belongs to it: 'Workbook', its address, how it stands, and for which roles."""

    label: str
    href: str
    text: str = ""
    order: int = 50
    roles: frozenset[str] = EVERYBODY
    may: Callable[[Actor], bool] = anybody


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody in one of `roles` does next for an enrolment. The lowest `order` is shown first.

    `title` is a sentence, `action` the verb on the button, `due_on` the last day (None: no day is set), `text` a
    sentence or two of detail. Without an action it only tells something, and has no address.
    """

    title: str
    action: str
    href: str
    roles: frozenset[str]
    due_on: date | None = None
    text: str = ""
    order: int = 50
    may: Callable[[Actor], bool] = anybody


@dataclass(frozen=True, slots=True)
class SectionRow:
    """How one section of the workbook stands: scored of total, met so far of applicable, and last time's in words."""

    title: str
    scored: int
    total: int
    met: int
    applicable: int
    before: str = ""
    href: str = ""
    may: Callable[[Actor], bool] = anybody


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to an enrolment: a sentence, when, and where it can be seen."""

    text: str
    at: datetime
    href: str = ""
    by_id: int | None = None
    may: Callable[[Actor], bool] = anybody


# Asked with ids of enrolments.
self_review_progress: Slot[Note] = Slot("how far the self-review is")
team_state: Slot[Note] = Slot("how complete the visit team is")
report_state: Slot[Note] = Slot("where the local report stands")
links: Slot[list[Link]] = Slot("ways to what belongs to an enrolment")
next_steps: Slot[list[Step]] = Slot("what people do next for an enrolment")
sections: Slot[list[SectionRow]] = Slot("how the sections of the self-review stand")
news: Slot[list[News]] = Slot("what happened to an enrolment, newest first, twenty at most")
still_open: Slot[str] = Slot("what keeps an enrolment from ending, as a sentence")

# Asked with ids of communities: what they give to others, such as places on visit teams.
gives: Slot[list[Note]] = Slot("what a community gives")
