"""What a local report says about other communities: protected figures, the same for every community of a type."""

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, Cells, Subject
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Hidden, Percent
from communitas.benchmarking.rules.peers import distribution
from communitas.reports.rules.documents.parts import Band, Peers
from communitas.standards.rules.edition import Edition

_HIDDEN = "The middle of your group is not shown here, to protect small groups."


def peers_of_type(edition: Edition, cells: Cells, release: ProtectedRelease, service_type: str) -> Peers | None:
    """Peers are the communities of the same type where their middle may be shown, else the whole network.

    Beside a criterion stands how many communities of the network meet it. None where all of it is hidden.
    """
    words: dict[str, str] = {}
    percent: dict[str, float] = {}
    for criterion in edition.criteria():
        value = release.value(CellKey("agreed", Subject("criterion", criterion.code), NETWORK))
        if isinstance(value, Percent):
            words[criterion.code] = f"{value.met}% of communities meet it"
            percent[criterion.code] = value.met
        elif isinstance(value, AlmostAll) and value.mark == "met":
            words[criterion.code] = f"all but at most {value.at_most} communities meet it"
    own = Group("type", service_type)
    named = {own: f"communities of type {service_type}", NETWORK: "communities of the network"}
    for group in (own, NETWORK) if own in release.parents else (NETWORK,):
        overall = _band(cells, release, OVERALL, group)
        if overall.median is not None:
            sections = {
                section.title: _band(cells, release, Subject("section", section.title), group)
                for section in edition.sections
            }
            return Peers(named[group], overall, sections, words, percent)
    return Peers(named[NETWORK], Band(reason=_HIDDEN), {}, words, percent) if words else None


def _band(cells: Cells, release: ProtectedRelease, subject: Subject, group: Group) -> Band:
    spread = distribution(cells, release, subject, group)
    if isinstance(spread, Hidden):
        return Band(reason=_HIDDEN)
    return Band(median=spread.median, lower=spread.lower, upper=spread.upper)
