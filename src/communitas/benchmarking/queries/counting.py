"""The national figures of a cycle, counted and protected, before they are kept."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from communitas.benchmarking.queries.cohorts import change_since, scores_of
from communitas.benchmarking.rules import releasing
from communitas.benchmarking.rules.disclosure.lattice import declare
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.figures import national_figures
from communitas.benchmarking.rules.kept import exact_plain, plain_hash, protected_plain
from communitas.cycles.models import Cycle
from communitas.members.models import Network

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a cycle before they are kept."""

    exact: dict[str, Any]
    protected: dict[str, Any]
    audit: dict[str, Any]


def count_and_protect(*, cycle: Cycle, say: Say) -> Counted:
    """Count a cycle exactly and protect it; `say` names the step. Nothing is written, so it may take its time."""
    say(_("Reading the scores"))
    scores = scores_of(cycle)
    releasing.refuse_without_scores(len(scores.cohort.communities))
    say(_("Counting"))
    exact = exact_plain(national_figures(scores.cohort), change_since(scores))
    say(_("Protecting small groups"))
    cells = declare(scores.cohort)
    release = protect(cells, parameters_of(cycle.network))
    protected = protected_plain(scores.cohort, cells, release)
    found = {**asdict(release.audit), "cells_hash": release.sha256, "exact_hash": plain_hash(exact)}
    return Counted(exact, protected, found | {"failures": list(release.audit.failures)})


def parameters_of(network: Network) -> Parameters:
    """The network's thresholds of disclosure control, or the usual ones where it has set none."""
    known = {field.name for field in fields(Parameters)}
    return Parameters(**{name: value for name, value in network.thresholds.items() if name in known})
