"""Reads of facts and national figures, as plain data."""

from communitas.benchmarking.queries.before import before
from communitas.benchmarking.queries.cohorts import CycleScores, identity_of, scores_of
from communitas.benchmarking.queries.counting import (
    Counted,
    CycleFigures,
    count_and_protect,
    declaration_in_use,
    figures_of,
    parameters_of,
)
from communitas.benchmarking.queries.facts import Earlier, earlier, facts_of, facts_of_all, last_cycle
from communitas.benchmarking.queries.imports import (
    KIND,
    PreparedScores,
    editions_of,
    imports_of,
    past_cycles,
    prepare_scores,
)
from communitas.benchmarking.queries.peers import PeerFigures, peer_view_for, protection_of
from communitas.benchmarking.queries.reopening import refuse_unsettled, reopened_in
from communitas.benchmarking.queries.stars import Star, read_facts, star_of

__all__ = [
    "KIND",
    "Counted",
    "CycleFigures",
    "CycleScores",
    "Earlier",
    "PeerFigures",
    "PreparedScores",
    "Star",
    "before",
    "count_and_protect",
    "declaration_in_use",
    "earlier",
    "editions_of",
    "facts_of",
    "facts_of_all",
    "figures_of",
    "identity_of",
    "imports_of",
    "last_cycle",
    "parameters_of",
    "past_cycles",
    "peer_view_for",
    "prepare_scores",
    "protection_of",
    "read_facts",
    "refuse_unsettled",
    "reopened_in",
    "scores_of",
    "star_of",
]
