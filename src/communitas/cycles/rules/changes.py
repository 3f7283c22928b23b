"""What may happen to a community in the middle of a cycle, and what each change does to its enrolment."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from communitas.cycles.rules.stages import ENDED, WORDS, Pathway, Stage
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence
from communitas.members.rules.membership import MembershipType


class Change(StrEnum):
    """A change of a community while a cycle runs; each is recorded with a reason."""

    WITHDRAW = "withdraw"
    CLOSE = "close"
    MERGE = "merge"
    RENAME = "rename"
    CHANGE_TYPE = "change_type"


WHAT_IT_DOES: Final[Mapping[Change, tuple[str, ...]]] = {
    Change.WITHDRAW: (
        "{community} leaves this cycle; its membership stays.",
        "Open deadlines and reminders end.",
        "What was entered is kept and can be read as before.",
        "Its scores do not enter the national report unless its report was signed.",
    ),
    Change.CLOSE: (
        "{community} closes, and so does its enrolment.",
        "Open deadlines and reminders end.",
        "What was entered is kept; signed reports and certificates stay in the archive.",
        "Its membership ends.",
    ),
    Change.MERGE: (
        "{community} becomes part of {other}; its enrolment closes.",
        "{other} goes on in the cycle with its own enrolment and dates.",
        "What {community} entered is kept under its name; nothing is mixed with the answers of {other}.",
        "People of {community} can be given a role in {other}.",
    ),
    Change.RENAME: (
        "{community} is called {other} from now on.",
        "Signed reports and certificates keep the name that they were signed with.",
        "Dates, answers and links stay as they are.",
    ),
    Change.CHANGE_TYPE: (
        "{community} changes its type to {other}.",
        "Criteria that no longer apply leave the workbook; their answers are kept.",
        "Criteria that now apply are added and not yet scored.",
        "Signed reports keep the type that they were signed with.",
    ),
}


def effects(change: Change, *, community: str, other: str = "") -> tuple[str, ...]:
    """What the change does, as sentences to read before confirming it.

    `other` is the community merged into, the new name, or the name of the new type.
    """
    return tuple(line.format(community=community, other=other) for line in WHAT_IT_DOES[change])


@rule
def refuse_change(change: Change, stage: Stage, *, reason: str, community: str = "", other: str = "") -> None:
    """A community changes in the middle of a cycle only with a reason, and only while its enrolment runs.

    A change of name is possible at any time. A change of type is not possible once the visit is closed,
    because the agreed scores answer the criteria of the old type.
    """
    said = sentence(refuse_change)
    if not reason.strip():
        raise NotAllowed(f"{said} Please give a reason.")
    if change in {Change.MERGE, Change.RENAME, Change.CHANGE_TYPE} and not other.strip():
        raise NotAllowed(f"{said} Please say what it changes to.")
    if change == Change.MERGE and community.casefold() == other.casefold():
        raise NotAllowed(f"{said} A community does not join itself.")
    if change != Change.RENAME and stage in ENDED:
        raise NotAllowed(f"{said} The enrolment is {WORDS[stage].lower()}.")
    if change == Change.CHANGE_TYPE and stage not in {Stage.ENROLLED, Stage.SELF_REVIEW, Stage.VISIT}:
        raise NotAllowed(f"{said} The visit is closed: change the type for the next cycle.")


# Which pathways each type of membership opens, where a network has not decided otherwise.
PATHWAYS: Final[Mapping[MembershipType, frozenset[Pathway]]] = {
    MembershipType.ASSOCIATE: frozenset({Pathway.DEVELOPMENTAL}),
    MembershipType.DEVELOPMENTAL: frozenset({Pathway.DEVELOPMENTAL}),
    MembershipType.FULL: frozenset({Pathway.DEVELOPMENTAL, Pathway.PEER_REVIEW}),
    MembershipType.ACCREDITED: frozenset(Pathway),
}


@rule
def refuse_enrolment(
    membership: MembershipType | None,
    pathway: Pathway,
    *,
    already_enrolled: bool = False,
    reviewed_cycles: int = 0,
    allowed: Mapping[MembershipType, frozenset[Pathway]] = PATHWAYS,
    cycles_before_accreditation: int = 1,
) -> None:
    """A community enrols once in a cycle, with a current membership that opens the pathway.

    `membership` is None where no membership is current. Accreditation comes after at least one completed
    cycle of peer review; `reviewed_cycles` counts them.
    """
    said = sentence(refuse_enrolment)
    if membership is None:
        raise NotAllowed(f"{said} It has no current membership.")
    if already_enrolled:
        raise NotAllowed(f"{said} It is enrolled already.")
    if pathway not in allowed[membership]:
        way = pathway.value.replace("_", " ")
        raise NotAllowed(f"{said} Its membership ({membership.word}) does not open the {way} pathway.")
    if pathway == Pathway.ACCREDITATION and reviewed_cycles < cycles_before_accreditation:
        need = "a cycle" if cycles_before_accreditation == 1 else f"{cycles_before_accreditation} cycles"
        raise NotAllowed(f"{said} Accreditation comes after {need} of peer review.")
