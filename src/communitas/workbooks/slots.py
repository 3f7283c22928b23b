"""Places in the workbook that higher apps fill, in their `apps.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

from communitas.kit.slots import Slot


@dataclass(frozen=True, slots=True)
class Before:
    """What stood at a comparable criterion in the cycle before.

    Scores are marks of that edition's scale, "NA" or None. `note` says why there is nothing or something else to
    compare with: 'New in this edition', 'Two criteria in the last edition'. `action` is the action of last time's plan.
    """

    cycle: str = ""
    self_score: int | str | None = None
    agreed_score: int | str | None = None
    self_comment: str = ""
    agreed_comment: str = ""
    action: str = ""
    action_href: str = ""
    note: str = ""
    top: int = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """One line that other people said about a criterion, such as an aggregate of a questionnaire."""

    text: str
    href: str = ""


# Asked with the id of an enrolment; answers hold keys of criteria of the enrolment's own edition.
before: Slot[Mapping[str, Before]] = Slot("last cycle's scores and actions beside each comparable criterion")
voices: Slot[Mapping[str, Voice]] = Slot("what questionnaires say about a criterion")
