"""Counts of people and answers to questionnaires."""

from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden


def people(count: int, parameters: Parameters, *, impossible: bool = False) -> int | Hidden:
    """A count of people is hidden below the threshold, else rounded to fives; zero shows only where none can be."""
    if impossible and count == 0:
        return 0
    if count < parameters.people:
        return HIDDEN
    step = parameters.rounding
    return (2 * count + step) // (2 * step) * step
