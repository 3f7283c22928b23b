"""What an edit replaces: of the answers that a person saw, those that are theirs to replace."""

from collections.abc import Sequence

from communitas.kit.rulebook import rule
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.fold import answer_of

LEADS = {"self_review": "community_lead", "peer_review": "lead_reviewer"}


@rule
def replaces(seen: Sequence[Event], writer: Writer, kind: str) -> tuple[str, ...]:
    """An edit replaces the answers its writer saw; where they differed, only the lead replaces other people's.

    The lead is the community lead in a self-review, the lead reviewer in a peer-review. A reviewer's own register
    holds only that reviewer's answers. The ids are sorted.
    """
    open_quarrel = answer_of(seen).kind == "differ" and writer.role != LEADS[kind]
    return tuple(sorted(event.event_id for event in seen if not open_quarrel or event.author == writer.person))


def settles(seen: Sequence[Event], writer: Writer, kind: str) -> bool:
    """Whether an edit by this writer settles answers that differed."""
    return answer_of(seen).kind == "differ" and writer.role == LEADS[kind]
