"""From a draft edition to a published one, which never changes again."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence
from communitas.standards.rules.edition import Edition
from communitas.standards.rules.identity import key_of
from communitas.standards.rules.lineage import Link, problems

DRAFT: Final = "draft"
PROPOSED: Final = "proposed"
PUBLISHED: Final = "published"
SUPERSEDED: Final = "superseded"
WITHDRAWN: Final = "withdrawn"

FEWEST_MARKS: Final = 2

PUBLICATION: Final = Moves(
    "Publication of an edition",
    {
        DRAFT: "Draft",
        PROPOSED: "Waiting for a second person",
        PUBLISHED: "Published",
        SUPERSEDED: "Superseded",
        WITHDRAWN: "Withdrawn",
    },
    (
        Move(
            "edit",
            "Edit the draft",
            DRAFT,
            None,
            by=("office",),
            sentence="An edition is edited only while it is a draft.",
        ),
        Move(
            "propose",
            "Propose for publication",
            DRAFT,
            PROPOSED,
            by=("office",),
            when="the edition is complete",
            sentence="Only a draft is proposed for publication.",
        ),
        Move(
            "return",
            "Return to draft",
            PROPOSED,
            DRAFT,
            by=("office",),
            sentence="An edition returns to draft only while it waits for publication.",
            needs_reason=True,
        ),
        Move(
            "publish",
            "Publish",
            PROPOSED,
            PUBLISHED,
            by=("office",),
            when="the edition is complete",
            sentence="An edition is published after it was proposed.",
            second_person=True,
        ),
        Move(
            "supersede",
            "Mark as superseded",
            PUBLISHED,
            SUPERSEDED,
            by=("office",),
            when="a later edition of the set is published",
            sentence="Only a published edition is superseded.",
        ),
        Move(
            "withdraw",
            "Withdraw",
            (PUBLISHED, SUPERSEDED),
            WITHDRAWN,
            by=("office",),
            when="no running cycle uses it",
            sentence="Only an edition that was published is withdrawn.",
            needs_reason=True,
        ),
    ),
)


def is_frozen(state: str) -> bool:
    """Whether the edition's content may never change again."""
    return state in {PUBLISHED, SUPERSEDED, WITHDRAWN}


def is_public(state: str) -> bool:
    """Whether everybody can read the edition; a withdrawn one stays readable, marked as such."""
    return is_frozen(state)


@rule
def refuse_incomplete(edition: Edition, previous: Edition | None, lineage: Sequence[Link] | None) -> None:
    """An edition is published only when it is complete and its lineage to the earlier edition is confirmed.

    `lineage` is what the office confirmed, None when it has not; it is not asked for where nothing came
    before.
    """
    if found := what_is_missing(edition, previous, lineage):
        raise NotAllowed(f"{sentence(refuse_incomplete)} {' '.join(found)}")


@rule
def refuse_own_publication(*, proposed_by: Hashable, by: Hashable) -> None:
    """An edition is published by a second person, not by the one who proposed it."""
    if by == proposed_by:
        raise NotAllowed(sentence(refuse_own_publication))


@rule
def refuse_edit(state: str) -> None:
    """A published edition never changes; a correction is a new edition."""
    if is_frozen(state):
        raise NotAllowed(sentence(refuse_edit))


@rule
def refuse_withdrawal(*, used_by_running_cycles: int) -> None:
    """An edition is not withdrawn while a running cycle uses it."""
    if used_by_running_cycles:
        raise NotAllowed(sentence(refuse_withdrawal))


def what_is_missing(
    edition: Edition, previous: Edition | None = None, lineage: Sequence[Link] | None = None
) -> tuple[str, ...]:
    """What still stands between a draft and its publication, as sentences; empty when it can be published."""
    return (*_of_itself(edition), *_of_its_past(edition, previous, lineage))


def _of_itself(edition: Edition) -> Iterator[str]:
    criteria = tuple(edition.criteria())
    if not edition.title.strip():
        yield "The edition needs a title."
    if not criteria:
        yield "The edition needs at least one criterion."
    for section in edition.sections:
        if not section.title.strip():
            yield "Every section needs a title."
        if not section.criteria:
            yield f"Section '{section.title}' has no criteria."
    yield from (f"{criterion.code} has no statement." for criterion in criteria if not criterion.statement.strip())
    if not all(criterion.code.strip() for criterion in criteria):
        yield "Every criterion needs a code."
    codes = Counter(criterion.code.strip().casefold() for criterion in criteria if criterion.code.strip())
    yield from (f"The code {code} stands {times} times." for code, times in codes.items() if times > 1)
    keys = Counter(map(key_of, criteria))
    yield from (
        f"The key {key} stands {times} times."
        for key, times in keys.items()
        if times > 1 and codes[key.strip().casefold()] < 2
    )
    layers = {layer.code for layer in edition.layers}
    yield from (
        f"{criterion.code} belongs to '{criterion.layer}', which the edition does not have."
        for criterion in criteria
        if criterion.layer not in layers
    )
    yield from _of_its_scale(edition)


def _of_its_scale(edition: Edition) -> Iterator[str]:
    values = sorted(mark.value for mark in edition.scale.marks)
    if len(values) < FEWEST_MARKS:
        yield "The scale needs at least two marks."
    elif values != list(range(len(values))):
        yield "The marks of the scale count up from 0 without gaps."
    words = {mark.word.strip().casefold() for mark in edition.scale.marks}
    if "" in words or len(words) < len(values):
        yield "Every mark needs a word of its own."


def _of_its_past(edition: Edition, previous: Edition | None, lineage: Sequence[Link] | None) -> Iterator[str]:
    if previous is None:
        return
    if edition.number <= previous.number:
        yield f"The number of the edition must be higher than {previous.number}."
    if lineage is None:
        yield f"The lineage to edition {previous.number} has not been confirmed."
    else:
        yield from problems(previous, edition, lineage)
