"""Chance that is the same again for the same seed, and that does not depend on who was asked before."""

import random


def luck(*words: object) -> random.Random:
    """A generator of its own for each thing that is left to chance, named by words of which the first is the seed."""
    return random.Random(" ".join(str(word) for word in words))  # noqa: S311  # it must come out alike, not be secret
