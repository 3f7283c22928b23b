"""What a local report says about other communities: protected figures of the network, nothing else."""

from communitas.benchmarking.rules.cohort import NETWORK
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Subject
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent
from communitas.reports.rules.documents.parts import Band, Peers
from communitas.standards.rules.edition import Edition

_NO_BAND = "How many communities meet a criterion stands beside it. How far they are spread is not shown here."


def peers_from_release(edition: Edition, release: ProtectedRelease) -> Peers | None:
    """How many communities meet each criterion, as everyone may read it; None where all of it is hidden."""
    words: dict[str, str] = {}
    percent: dict[str, float] = {}
    for criterion in edition.criteria():
        value = release.value(CellKey("agreed", Subject("criterion", criterion.code), NETWORK))
        if isinstance(value, Percent):
            words[criterion.code] = f"{value.met} % of communities meet it"
            percent[criterion.code] = value.met
        elif isinstance(value, AlmostAll) and value.mark == "met":
            words[criterion.code] = "almost all communities meet it"
    if not words:
        return None
    return Peers("communities of the network", Band(reason=_NO_BAND), criteria=words, percent_met=percent)
