"""Reads of facts and national figures, as plain data."""

from communitas.benchmarking.queries.facts import Earlier, earlier, facts_of, facts_of_all, last_cycle

__all__ = ["Earlier", "earlier", "facts_of", "facts_of_all", "last_cycle"]
