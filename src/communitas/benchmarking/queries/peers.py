"""What a community may see of its peers: the protected figures of the latest release, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from communitas.benchmarking.models import Release
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden, Protected, Quarters
from communitas.benchmarking.rules.kept import Protection, protection
from communitas.cycles.models import Enrolment
from communitas.standards import queries as standards

_MOST_KEPT = 32
_kept: dict[str, Protection] = {}  # by the hash of the release


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """The peers of an enrolment in the latest released cycle.

    `group` is the type where its middle may be shown, else the whole network; `sections` holds the middle of its shares
    by section title, `criteria` how the whole network stands by the key of the enrolment's criterion. What may not be
    shown is left out of both.
    """

    cycle: str
    group: Group
    overall: Quarters | Hidden
    sections: Mapping[str, Quarters]
    criteria: Mapping[str, Protected]


def peer_view_for(enrolment: Enrolment) -> PeerFigures | None:
    """What may stand beside the enrolment's own marks; None before any figures were released.

    Of another edition only the criteria that compare are given, since its sections hold other criteria.
    """
    release = (
        Release.objects.filter(
            cycle__network=enrolment.cycle.network_id,
            cycle__opens_on__lte=enrolment.cycle.opens_on,
            state=Release.State.RELEASED,
        )
        .select_related("cycle__edition")
        .defer("exact", "protected", "audit")
        .order_by("-cycle__opens_on")
        .first()
    )
    if release is None:
        return None
    kept = protection_of(release)
    edition = release.cycle.edition
    codes = {criterion.key: criterion.code for criterion in standards.edition_data(edition).criteria()}
    criteria = {
        key: value
        for key, older in standards.comparable(enrolment.edition, edition).items()
        if not isinstance(value := kept.value(CellKey("agreed", Subject("criterion", codes[older]), NETWORK)), Hidden)
    }
    own = Group("type", enrolment.service_type.code)
    group = NETWORK if isinstance(kept.spread(OVERALL, own), Hidden) else own
    if edition.pk != enrolment.edition_id:
        return PeerFigures(release.cycle.name, group, HIDDEN, {}, criteria)
    sections = {
        subject.name: found
        for (subject, each), found in kept.spreads.items()
        if each == group and subject.level == "section"
    }
    return PeerFigures(release.cycle.name, group, kept.spread(OVERALL, group), sections, criteria)


def protection_of(release: Release) -> Protection:
    """What everybody may see of a release, read once by each process: frozen figures never change.

    `release.protected` may be deferred: it is read the first time alone.
    """
    if release.hash not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[release.hash] = protection(release.protected)
    return _kept[release.hash]
