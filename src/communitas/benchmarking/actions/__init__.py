"""What can be done to facts and national figures. Higher apps call these; every function takes keywords only."""

from communitas.benchmarking.actions.exporting import write_facts
from communitas.benchmarking.actions.facts import freeze_facts, keep_facts_soon
from communitas.benchmarking.actions.imports import (
    decide_import,
    finish_import,
    leave_import,
    start_import,
    undo_import,
)
from communitas.benchmarking.actions.lattices import (
    confirm_lock,
    declare_cells,
    lock_for_signing,
    propose_lock,
    start_trial,
    try_cells,
)
from communitas.benchmarking.actions.releases import cut_figures, freeze_release, release_figures
from communitas.benchmarking.actions.stars import keep_facts, keep_star

__all__ = [
    "confirm_lock",
    "cut_figures",
    "decide_import",
    "declare_cells",
    "finish_import",
    "freeze_facts",
    "freeze_release",
    "keep_facts",
    "keep_facts_soon",
    "keep_star",
    "leave_import",
    "lock_for_signing",
    "propose_lock",
    "release_figures",
    "start_import",
    "start_trial",
    "try_cells",
    "undo_import",
    "write_facts",
]
