"""Who of a community is named to a team."""

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence


@rule
def names_may_be_given(*, hidden: bool) -> bool:
    """Communities whose address is never shown give numbers and no names."""
    return not hidden


def refuse_names(names: str, *, hidden: bool) -> None:
    """NotAllowed where names are given that may not be."""
    if names.strip() and not names_may_be_given(hidden=hidden):
        raise NotAllowed(sentence(names_may_be_given))
