"""Reads of facts and national figures, as plain data."""

from communitas.benchmarking.queries.before import before
from communitas.benchmarking.queries.cohorts import CycleScores, change_since, identity_of, scores_of
from communitas.benchmarking.queries.counting import Counted, count_and_protect, parameters_of
from communitas.benchmarking.queries.facts import Earlier, earlier, facts_of, facts_of_all, last_cycle
from communitas.benchmarking.queries.imports import (
    KIND,
    PreparedScores,
    editions_of,
    imports_of,
    past_cycles,
    prepare_scores,
)
from communitas.benchmarking.queries.peers import PeerFigures, peer_view_for

__all__ = [
    "KIND",
    "Counted",
    "CycleScores",
    "Earlier",
    "PeerFigures",
    "PreparedScores",
    "before",
    "change_since",
    "count_and_protect",
    "earlier",
    "editions_of",
    "facts_of",
    "facts_of_all",
    "identity_of",
    "imports_of",
    "last_cycle",
    "parameters_of",
    "past_cycles",
    "peer_view_for",
    "prepare_scores",
    "scores_of",
]
