"""The peers beside a community's own marks: protected figures of the latest released cycle, in the report's words."""

from django.utils.translation import gettext as _

from communitas.benchmarking.queries import peer_view_for
from communitas.benchmarking.rules.cohort import NETWORK
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Hidden, Percent, Protected, Quarters
from communitas.cycles.models import Enrolment
from communitas.reports.rules.documents.parts import Band, Peers

_HIDDEN = "There are too few other communities to compare with here."


def peers_of(enrolment: Enrolment, codes: dict[str, str]) -> Peers | None:
    """What the report may show of others; None before any figures of the network were released."""
    view = peer_view_for(enrolment)
    if view is None:
        return None
    words: dict[str, str] = {}
    percent: dict[str, float] = {}
    for key, value in view.criteria.items():
        if key in codes and (said := _met_by(value)):
            words[codes[key]] = said
            if isinstance(value, Percent):
                percent[codes[key]] = value.met
    kind = enrolment.service_type
    who = _("communities of the network") if view.group == NETWORK else kind.plural or f"{kind.name} communities"
    return Peers(
        group=_("%(who)s in %(cycle)s") % {"who": who, "cycle": view.cycle},
        overall=_band(view.overall),
        sections={title: _band(found) for title, found in view.sections.items()},
        criteria=words,
        percent_met=percent,
    )


def _band(found: Quarters | Hidden) -> Band:
    if isinstance(found, Hidden):
        return Band(reason=_HIDDEN)
    return Band(median=found.median, lower=found.lower, upper=found.upper)


def _met_by(value: Protected) -> str:
    if isinstance(value, Percent):
        return _("%(percent)s %% of communities meet it") % {"percent": f"{value.met:g}"}
    if isinstance(value, AlmostAll) and value.mark == "met":
        return _("all but at most %(number)s communities meet it") % {"number": value.at_most}
    return ""
