"""What may be frozen as the facts of an enrolment, and the hash by which they are known."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

import rfc8785

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Fact, Score
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule
from communitas.standards.rules.edition import Scale

STORED_NOT_APPLICABLE = -1
FACTS_FORMAT = 1  # of facts files: raised with every change of their columns or of what these mean


def refuse_strange(facts: Sequence[Fact], *, community: str, criteria: Collection[str], scale: Scale) -> None:
    """Facts are of one community, on criteria of its edition, on the edition's scale, and each stands once."""
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        if fact.community != community:
            raise NotAllowed(f"These facts are of {fact.community}, not of {community}.")
        if fact.criterion not in criteria:
            raise NotAllowed(f"There is no criterion {fact.criterion} in the edition of this enrolment.")
        if isinstance(fact.score, int) and not scale.holds(fact.score):
            raise NotAllowed(
                f"The score {fact.score} on criterion {fact.criterion} is not on the scale of the edition."
            )
        if (fact.criterion, fact.kind) in seen:
            raise NotAllowed(f"There are two {fact.kind} scores on criterion {fact.criterion}.")
        seen.add((fact.criterion, fact.kind))


@rule
def refuse_altered_facts(name: str, *, kept: str, found: str) -> None:
    """A facts file is read only while its bytes have the hash under which it was kept.

    `kept` and `found` are hashes; `found` is empty where the file is gone.
    """
    if not found:
        raise NotAllowed(f"The facts file {name} is gone. Its hash was {kept}. Please bring it back from a backup.")
    if found != kept:
        raise NotAllowed(
            f"The facts file {name} is not what was kept: its hash should be {kept}, but it is {found}. "
            "Please bring it back from a backup."
        )


def facts_hash(facts: Iterable[Fact]) -> str:
    """sha256 of the canonical JSON (RFC 8785) of the facts, whatever their order."""
    rows = [[fact.criterion, fact.kind, stored(fact.score), fact.comment] for fact in ordered(facts)]
    return hashlib.sha256(rfc8785.dumps(rows)).hexdigest()


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """The facts by criterion and kind."""
    return sorted(facts, key=lambda fact: (fact.criterion, fact.kind))


def stored(score: Score) -> int | None:
    """A score as the database holds it: not applicable is -1, not scored is null."""
    return STORED_NOT_APPLICABLE if isinstance(score, str) else score


def read(score: int | None) -> Score:
    """A score as the database held it."""
    return NOT_APPLICABLE if score == STORED_NOT_APPLICABLE else score
