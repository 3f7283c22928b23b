"""What becomes of the other links when the office keeps or corrects some of them."""

from collections.abc import Iterable, Mapping, Sequence

from communitas.standards.rules.edition import Criterion
from communitas.standards.rules.lineage import Link, link_between, misfits

Known = Mapping[str, Criterion]  # criteria of one edition by their keys


def stands(link: Link, before: Known, after: Known) -> bool:
    """Whether a link that was confirmed still fits the two editions."""
    if not (set(link.from_keys) <= before.keys() and set(link.to_keys) <= after.keys()):
        return False
    return not list(misfits(link, [before[key] for key in link.from_keys], [after[key] for key in link.to_keys]))


def around(kept: Sequence[Link], others: Iterable[Link], before: Known, after: Known) -> tuple[Link, ...]:
    """The other links without the criteria that the kept ones hold; one that loses some is drawn anew.

    Criteria that no link holds get one of their own, as new or withdrawn, so that every criterion stands once.
    """
    froms = {key for link in kept for key in link.from_keys}
    tos = {key for link in kept for key in link.to_keys}
    result: list[Link] = []
    for link in others:
        left = tuple(key for key in link.from_keys if key not in froms and key in before)
        right = tuple(key for key in link.to_keys if key not in tos and key in after)
        if (left, right) == (link.from_keys, link.to_keys):
            result.append(link)
        elif left or right:
            result.append(link_between([before[key] for key in left], [after[key] for key in right]))
    froms |= {key for link in result for key in link.from_keys}
    tos |= {key for link in result for key in link.to_keys}
    result += [link_between([], [after[key]]) for key in after if key not in tos]
    result += [link_between([before[key]], []) for key in before if key not in froms]
    return tuple(result)
