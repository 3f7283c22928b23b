"""What a community sees of its peers: its own mark, last cycle's, and the protected middle of its group.

Never a minimum, a maximum, a rank or a dot for another community.
"""

from dataclasses import dataclass

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.density import Bin, density
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells, Subject
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.primary import rounded_number
from communitas.benchmarking.rules.disclosure.protect import gather
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden, Percent, Protected, Quarters
from communitas.benchmarking.rules.statistics.quantiles import quartiles
from communitas.benchmarking.rules.statistics.values import Undefined


@dataclass(frozen=True, slots=True)
class PeerView:
    """One line of a local report: own counts now and last cycle beside what may be shown of the peers.

    `group` is the group that is really shown: the network when the type is too small; None when nothing may be shown.
    """

    subject: Subject
    own: Counts
    last_cycle: Counts | None
    group: Group | None
    peers: Protected
    spread: Quarters | Hidden


def distribution(cells: Cells, release: ProtectedRelease, subject: Subject, group: Group) -> Quarters | Hidden:
    """The middle of the communities' percentages met, as agreed: a median from 10 of them, quarters from 20.

    It goes when the cell it belongs to is hidden or banded, and for single criteria, which have no spread.
    """
    key = CellKey("agreed", subject, group)
    parameters: Parameters = release.parameters
    if subject.level == "criterion" or not isinstance(release.value(key), Percent):
        return HIDDEN
    shares = [100 * row[2] / sum(row) for row in gather(cells, key).by_community.values()]
    found = quartiles(shares)
    if isinstance(found, Undefined) or len(shares) < parameters.criterion:
        return HIDDEN
    step = parameters.step(len(shares))
    lower, middle, upper = (rounded_number(value, step) for value in found)
    if len(shares) < parameters.whole_numbers:
        return Quarters(middle)
    return Quarters(middle, lower, upper)


def ground(cells: Cells, release: ProtectedRelease, subject: Subject) -> tuple[Bin, ...] | Hidden:
    """Where the percentages of the whole network lie, in bins, from 20 communities; it goes as `distribution` goes.

    Of the network alone: the bins of a type, taken from those of the network, would tell where the few others lie, and
    in a short section the highest bin means that everything is met.
    """
    key = CellKey("agreed", subject, NETWORK)
    if subject.level == "criterion" or not isinstance(release.value(key), Percent):
        return HIDDEN
    rows = gather(cells, key).by_community.values()
    return density([100 * row[2] / sum(row) for row in rows], release.parameters)


def peer_view(
    cells: Cells,
    release: ProtectedRelease,
    subject: Subject,
    service_type: str,
    *,
    own: Counts,
    last_cycle: Counts | None = None,
) -> PeerView:
    """Compare with the communities of the same type where their spread may be shown, else with the whole network."""
    peers_of_type = Group("type", service_type)
    for group in (peers_of_type, NETWORK) if peers_of_type in release.parents else (NETWORK,):
        spread = distribution(cells, release, subject, group)
        value = release.values.get(CellKey("agreed", subject, group), HIDDEN)
        shown = value if subject.level == "criterion" else spread
        if not isinstance(shown, Hidden):
            return PeerView(subject, own, last_cycle, group, value, spread)
    return PeerView(subject, own, last_cycle, None, HIDDEN, HIDDEN)
