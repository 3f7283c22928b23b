"""A community in the national picture: its own marks on the protected cells of all communities, and on nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.charts.funnel import Funnel, OwnDot, funnel_chart
from communitas.benchmarking.rules.charts.strip import StripRow, strip_chart
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.counts import Counts, count
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import Hidden, Percent, Protected, Quarters
from communitas.benchmarking.rules.facts import Score
from communitas.benchmarking.rules.statistics.mix import expected_from_mix
from communitas.benchmarking.rules.statistics.values import Undefined
from communitas.benchmarking.rules.usual import flag_figure, mix_figure
from communitas.reports.rules.documents.national_parts import protected
from communitas.reports.rules.documents.parts import Shown, shown
from communitas.reports.rules.documents.shares import share, whole
from communitas.standards.rules.edition import Edition

ENOUGH: Final = 10
WHOLE: Final = "the whole network"


@dataclass(frozen=True, slots=True)
class Ground:
    """The protected cells that a member may see: values, middles and bins of one release.

    `communities` is the rounded number of those who took part.
    """

    value: Callable[[Subject, Group], Protected]
    spread: Callable[[Subject, Group], Quarters | Hidden]
    bins: Callable[[Subject, Group], tuple[Bin, ...]]
    communities: int


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One criterion: what the network meets, and the own mark beside it."""

    code: str
    statement: str
    network: str
    percent: float
    own: Shown


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """What the page shows. Without `sections` nothing of the peers may be shown; `funnel` needs enough communities.

    `mix` says whether the own result is usual on just the standards that applied, and is empty where that cannot be
    told.
    """

    headline: str
    sections: Chart
    compared: bool
    funnel: Chart | None
    learn: tuple[OwnRow, ...]
    give: tuple[OwnRow, ...]
    group: str
    mix: str = ""


def own_picture(
    edition: Edition, scores: Mapping[str, Score], ground: Ground, *, group: Group, group_name: str, listed: int = 6
) -> OwnPicture:
    """The own agreed marks, by the code of the criterion, beside the cells of the group where these may be shown.

    The group gives way to the whole network for all sections alike, so that the chart compares with one group.
    """
    subjects = [Subject("section", section.title) for section in edition.sections]
    used, name = group, group_name
    if all(isinstance(ground.spread(subject, group), Hidden) for subject in subjects):
        used, name = NETWORK, WHOLE
    top = edition.scale.top
    rows = [
        _section(section.title, [scores.get(each.code) for each in section.criteria], ground, used, top)
        for section in edition.sections
    ]
    mine = count(scores.values(), top=top)
    chart = strip_chart(rows, title="Met in each section, agreed with the review team", own_name="us", peers_name=name)
    kept = _criteria(edition, scores, ground)
    learn = [row for row in kept if row.own.kind in {"partly", "unmet"}]
    give = [row for row in kept if row.own.kind == "met"]
    return OwnPicture(
        headline=_headline(mine, ground.value(OVERALL, NETWORK)),
        sections=chart,
        compared=any(row.median is not None for row in rows),
        funnel=_funnel(mine, ground),
        learn=tuple(sorted(learn, key=lambda row: -row.percent)[:listed]),
        give=tuple(sorted(give, key=lambda row: row.percent)[:listed]),
        group=name,
        mix=_mix(edition, scores, ground),
    )


def _section(title: str, scores: Sequence[Score], ground: Ground, group: Group, top: int) -> StripRow:
    told = share(count(scores, top=top))
    found = ground.spread(Subject("section", title), group)
    if isinstance(found, Hidden):
        return StripRow(title, told.percent, told.short, low=told.low, high=told.high)
    return StripRow(
        title, told.percent, told.short, None, found.lower, found.upper, found.median, low=told.low, high=told.high
    )


def _criteria(edition: Edition, scores: Mapping[str, Score], ground: Ground) -> list[OwnRow]:
    """Those criteria whose cell shows percentages, with the own mark."""
    words = {mark.value: mark.word for mark in edition.scale.marks}
    rows = []
    for criterion in edition.criteria():
        value = ground.value(Subject("criterion", criterion.code), NETWORK)
        if isinstance(value, Percent) and criterion.code in scores:
            own = shown(scores[criterion.code], words, edition.scale.top)
            said = f"{protected(value).short} met"
            rows.append(OwnRow(criterion.code, criterion.statement, said, value.met, own))
    return rows


def _funnel(mine: Counts, ground: Ground) -> Chart | None:
    value = ground.value(OVERALL, NETWORK)
    if not isinstance(value, Percent) or mine.n < ENOUGH or mine.percent_met is None:
        return None
    flag = flag_figure(value.met / 100, mine.met, mine.n, communities=ground.communities)
    dot = OwnDot(mine.n, mine.percent_met, flag.words)
    steps = [(each.low, each.high, each.percent) for each in ground.bins(OVERALL, NETWORK)]
    funnel = Funnel(value.met, dot, steps)
    return funnel_chart(funnel, title="Is that unusual?", group_name=WHOLE, own_name="us")


def _mix(edition: Edition, scores: Mapping[str, Score], ground: Ground) -> str:
    """Some standards are harder than others, so what applied shifts a total. Only published percentages enter."""
    codes = [criterion.code for criterion in edition.criteria()]
    values = [ground.value(Subject("criterion", code), NETWORK) for code in codes]
    shares = [value.met / 100 if isinstance(value, Percent) else None for value in values]
    mix = expected_from_mix(shares, [scores.get(code) for code in codes], top=edition.scale.top)
    figure = mix_figure(mix)
    if figure.value is None or isinstance(mix.expected, Undefined):
        return ""
    return (
        f"Some standards are harder than others. On the {figure.n} standards that applied to you and whose figures "
        f"may be shown, the network's shares would give {whole(mix.expected)} met; you met {mix.observed}. "
        f"{figure.words}."
    )


def _headline(mine: Counts, network: Protected) -> str:
    if mine.percent_met is None:
        return "There is no mark of yours in this cycle that could be compared."
    said = f"You met {mine.met} of {mine.n} criteria that were scored and apply, {whole(mine.percent_met)}%."
    if isinstance(network, Percent):
        said += f" Over all communities it is {network.met}%."
    return said
