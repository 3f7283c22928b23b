"""Which criteria of two editions say the same, however many editions lie between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communitas.standards.rules.lineage import Kind, Link

_ONE_TO_ONE = frozenset({Kind.UNCHANGED, Kind.REWORDED, Kind.LEVEL_CHANGED})


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A criterion of an earlier edition from which a newer one descends.

    `comparable` says whether a trend runs on: one criterion became one other with the same meaning. `kind` is the
    greatest change on the way, so that a screen can say why a trend breaks.
    """

    key: str
    kind: Kind
    comparable: bool


_BY_CHANGE = (Kind.UNCHANGED, Kind.LEVEL_CHANGED, Kind.REWORDED, Kind.MERGED, Kind.SPLIT)


def runs_on(link: Link) -> bool:
    """Whether a trend runs over this link: one to one, and the same meaning."""
    return link.kind in _ONE_TO_ONE and (link.same_meaning is True or link.kind != Kind.REWORDED)


def ancestors(steps: Sequence[Sequence[Link]]) -> Mapping[str, tuple[Ancestor, ...]]:
    """The ancestors of every newer criterion that has any, by its key.

    `steps` holds the lineage of each edition to the one before it, the newest edition first. Without steps the two
    editions are the same and the answer is empty.
    """
    found: dict[str, tuple[Ancestor, ...]] = {}
    for number, links in enumerate(steps):
        before = {key: link for link in links for key in link.to_keys if link.from_keys}
        if number == 0:
            found = {key: _step(link, True, Kind.UNCHANGED) for key, link in before.items()}
            continue
        further = {
            key: tuple(
                one
                for ancestor in own
                if ancestor.key in before
                for one in _step(before[ancestor.key], ancestor.comparable, ancestor.kind)
            )
            for key, own in found.items()
        }
        found = {key: tuple({one.key: one for one in own}.values()) for key, own in further.items() if own}
    return found


def _step(link: Link, comparable: bool, kind: Kind) -> tuple[Ancestor, ...]:
    greatest = max(kind, link.kind, key=_BY_CHANGE.index)
    return tuple(Ancestor(key, greatest, comparable and runs_on(link)) for key in link.from_keys)
