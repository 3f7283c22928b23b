"""Reads of facts and national figures, as plain data."""

from communitas.benchmarking.queries.before import before
from communitas.benchmarking.queries.cohorts import CycleScores, change_since, scores_of
from communitas.benchmarking.queries.facts import Earlier, earlier, facts_of, facts_of_all, last_cycle
from communitas.benchmarking.queries.peers import PeerFigures, peer_view_for

__all__ = [
    "CycleScores",
    "Earlier",
    "PeerFigures",
    "before",
    "change_since",
    "earlier",
    "facts_of",
    "facts_of_all",
    "last_cycle",
    "peer_view_for",
    "scores_of",
]
