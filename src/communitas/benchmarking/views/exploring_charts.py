"""The charts of the explorer, each from what may be shown, with the community's own mark in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communitas.benchmarking.rules.charts.density import DensityRow, density_chart
from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.charts.funnel import Funnel, OwnDot, funnel_chart
from communitas.benchmarking.rules.charts.marks import MarksRow, marks_chart
from communitas.benchmarking.rules.charts.strip import StripRow, strip_chart
from communitas.benchmarking.rules.charts.trend import TrendPoint, trend_chart
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.declared import CROSS
from communitas.benchmarking.rules.disclosure.values import Hidden, Percent, Protected
from communitas.benchmarking.rules.exploring import (
    HIDDEN_WORDS,
    Explored,
    Moment,
    Part,
    own_words,
    percent_of,
    value_words,
)
from communitas.benchmarking.rules.proportions import SHOW_PERCENT_FROM, share_met
from communitas.benchmarking.rules.subjects import spread_of
from communitas.benchmarking.rules.usual import COMMUNITIES_FROM, flag_figure


@dataclass(frozen=True, slots=True)
class GroupWords:
    """The words of groups: `types` holds the communities of a type, such as 'Prison communities', by its code."""

    types: Mapping[str, str]

    def of(self, group: Group) -> str:
        """'Prison communities', 'Communities in North', 'Prison communities in North with up to 10 places'."""
        if group == NETWORK:
            return _("All communities")
        levels = dict(zip(group.dimension.split(CROSS), group.name.split(CROSS), strict=False))
        words = self.types.get(levels["type"], levels["type"]) if "type" in levels else _("Communities")
        if "region" in levels:
            words = _("%(communities)s in %(region)s") % {"communities": words, "region": levels["region"]}
        if "size" in levels:
            words = _("%(communities)s with %(size)s places") % {"communities": words, "size": levels["size"]}
        return words[:1].upper() + words[1:]


def charts_of(found: Explored, words: GroupWords, own_name: str) -> dict[str, Chart]:
    """Those of the charts that have something to show, in the order of the page."""
    charts: dict[str, Chart] = {}
    if found.subject.level == "criterion":
        charts["marks"] = _marks(found, words)
    else:
        charts["distribution"] = _distribution(found, words, own_name)
    if found.parts:
        charts["parts"] = _parts(found, words, own_name)
    charts["trend"] = _trend(found, words, own_name)
    funnel = _funnel(found, words, own_name)
    if funnel is not None:
        charts["funnel"] = funnel
    return charts


def own_percent(own: Counts | None) -> float | None:
    """The own share, where enough scores stand behind a percentage."""
    return own.percent_met if own is not None and own.n >= SHOW_PERCENT_FROM else None


def own_mark(own: Counts | None) -> str:
    """The own mark on a single standard, as it is drawn."""
    if own is None:
        return ""
    if own.met:
        return "met"
    return "partly" if own.partly_met else "unmet" if own.not_met else "na"


def _distribution(found: Explored, words: GroupWords, own_name: str) -> Chart:
    shown = spread_of(found.cells, found.groups, found.group)
    rows = [_density(found, group, words) for group in dict.fromkeys((shown or found.group, NETWORK))]
    return density_chart(
        rows, title=_("Where communities lie, met in %(cycle)s") % {"cycle": found.cycle}, own_name=own_name
    )


def _density(found: Explored, group: Group, words: GroupWords) -> DensityRow:
    middle = found.cells.spread(group)
    if middle is None:
        return DensityRow(words.of(group), instead=value_words(Hidden(), pooled=True))
    interval = share_met(found.own).interval if found.own else None
    own = own_percent(found.own)
    return DensityRow(
        words.of(group),
        tuple((each.low, each.high, each.percent) for each in found.cells.bins(group)),
        middle.lower,
        middle.median,
        middle.upper,
        own,
        low=interval.low if interval and own is not None else None,
        high=interval.high if interval and own is not None else None,
    )


def _trend(found: Explored, words: GroupWords, own_name: str) -> Chart:
    single = found.subject.level == "criterion"
    return trend_chart(
        [_point(each, single=single) for each in found.moments],
        title=_("Met over the cycles"),
        group_name=words.of(found.given.group),
        own_name=own_name,
    )


def _point(moment: Moment, *, single: bool) -> TrendPoint:
    percent = percent_of(moment.given.value)
    if not moment.asked:
        instead = _("not asked")
    elif isinstance(moment.given.value, Hidden):
        instead = _("hidden")
    else:
        instead = "" if percent is not None else value_words(moment.given.value, pooled=not single)
    return TrendPoint(
        moment.cycle,
        percent,
        None if single else own_percent(moment.own),
        instead,
        moment.broken,
        own_mark(moment.own) if single else "",
    )


def _marks(found: Explored, words: GroupWords) -> Chart:
    groups = dict.fromkeys((found.given.group, NETWORK))
    rows = [_spread(words.of(group), found.cells.value(found.kind, group)) for group in groups]
    title = _("How the marks are spread in %(cycle)s") % {"cycle": found.cycle}
    return marks_chart(rows, title=title, first=_("Group"), kinds=("met", "partly", "unmet"))


def _spread(label: str, value: Protected) -> MarksRow:
    if not isinstance(value, Percent):
        return MarksRow(label, instead=value_words(value, pooled=False))
    printed = (f"{value.met}%", f"{value.partly_met}%", f"{value.not_met}%", "")
    return MarksRow(label, (value.met, value.partly_met, value.not_met, 0), printed)


def _parts(found: Explored, words: GroupWords, own_name: str) -> Chart:
    group = words.of(found.group)
    if found.subject.level == "section":
        labels = {
            criterion.code: criterion.statement for section in found.edition.sections for criterion in section.criteria
        }
        rows = [_spread(_label(each, found, labels, words), each.given.value) for each in found.parts]
        title = _("The standards of this section in %(cycle)s: %(group)s") % {"cycle": found.cycle, "group": group}
        return marks_chart(rows, title=title, first=_("Standard"), kinds=("met", "partly", "unmet"))
    return strip_chart(
        [_strip(each, found, words) for each in found.parts],
        title=_("Met in each section in %(cycle)s") % {"cycle": found.cycle},
        own_name=own_name,
        peers_name=group,
    )


def _label(part: Part, found: Explored, labels: Mapping[str, str], words: GroupWords) -> str:
    """The code, the group where it is another than was asked for, then the statement as far as it fits."""
    code, shown = part.subject.name, part.given.group
    if shown == found.group or isinstance(part.given.value, Hidden):
        return f"{code} {labels[code]}"
    return f"{code} ({words.of(shown)}) {labels[code]}"


def _strip(part: Part, found: Explored, words: GroupWords) -> StripRow:
    shown = spread_of(part.cells, found.groups, found.group)
    middle = part.cells.spread(shown) if shown else None
    own = own_percent(part.own)
    interval = share_met(part.own).interval if part.own and own is not None else None
    elsewhere = shown is not None and shown != found.group
    return StripRow(
        f"{part.subject.name} ({words.of(shown)})" if shown and elsewhere else part.subject.name,
        own,
        own_words(part.own) if part.own else "" if middle else HIDDEN_WORDS,
        None,
        middle.lower if middle else None,
        middle.upper if middle else None,
        middle.median if middle else None,
        interval.low if interval else None,
        interval.high if interval else None,
    )


def _funnel(found: Explored, words: GroupWords, own_name: str) -> Chart | None:
    """Only from ten communities on, which is where a middle may be told."""
    group = spread_of(found.cells, found.groups, found.group)
    if found.subject.level == "criterion" or group is None or found.kind != "agreed":
        return None
    target = percent_of(found.cells.value(found.kind, group))
    if target is None:
        return None
    steps = tuple((each.low, each.high, each.percent) for each in found.cells.bins(group))
    dot = None
    own = own_percent(found.own)
    if found.own is not None and own is not None:
        flag = flag_figure(target / 100, found.own.met, found.own.n, communities=COMMUNITIES_FROM)
        dot = OwnDot(found.own.n, own, flag.words)
    title = _("Is that unusual? Met in %(cycle)s") % {"cycle": found.cycle}
    return funnel_chart(Funnel(target, dot, steps), title=title, group_name=words.of(group), own_name=own_name)
