"""What a national report tells beside its figures, gathered as it stands now: good practice, themes, earlier cycles."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communitas.benchmarking import queries as benchmarking
from communitas.benchmarking.models import Release
from communitas.benchmarking.queries.cohorts import lineage_of
from communitas.benchmarking.rules.cohort import NETWORK
from communitas.benchmarking.rules.disclosure.lattice import CellKey
from communitas.cycles.models import Cycle
from communitas.reports.models import NationalReport, Practice
from communitas.reports.queries import themes
from communitas.reports.queries.quotes import agreed_quotes, still_agreed
from communitas.reports.rules.blocks import Block
from communitas.reports.rules.documents.national_parts import rough_number
from communitas.reports.rules.documents.since import since
from communitas.reports.rules.documents.told import HelpedTold, QuoteTold, SinceTold, ThemeTold, Told
from communitas.reports.rules.practice import SHARED
from communitas.standards import queries as standards

_HELPED_EACH = 2


def told_now(cycle: Cycle, blocks: Iterable[Block], report: NationalReport | None = None) -> Told:
    """What the blocks of a cycle tell. `report` is its frozen report, where there is one."""
    shown = tuple(blocks)
    kinds = {block.kind for block in shown}
    chosen = {block.choice for block in shown if block.kind == "theme"}
    compares = report is not None and any(block.choice == "change" for block in shown)
    return Told(
        themes=tuple(each for each in _themes(cycle) if each.code in chosen) if chosen else (),
        helped=tuple(_helped(cycle)) if "unmet" in kinds else (),
        since=_since(report) if report is not None and compares else None,
    )


def _since(report: NationalReport) -> SinceTold | None:
    """Change since the released report of the cycle before; None where there is none, or no lineage between them."""
    cycle = report.release.cycle
    before = cycle.previous
    earlier = Release.objects.filter(cycle=before, state=Release.State.RELEASED).first() if before else None
    lineage = lineage_of(cycle.edition, before.edition) if before else None
    if before is None or earlier is None or lineage is None:
        return None
    here, there = benchmarking.protection_of(report.release), benchmarking.protection_of(earlier)
    return since(
        before.name,
        now=standards.edition_data(cycle.edition),
        then=standards.edition_data(before.edition),
        lineage=lineage,
        now_cell=lambda subject: here.value(CellKey("agreed", subject, NETWORK)),
        then_cell=lambda subject: there.value(CellKey("agreed", subject, NETWORK)),
    )


def _themes(cycle: Cycle) -> Iterator[ThemeTold]:
    """Every theme: where enough communities spoke of it, with their rounded number and what may be quoted for it."""
    codes = themes.codes_of(themes.codebook_of(cycle))
    agreed = agreed_quotes(cycle)
    for row in themes.coverage_of(cycle, codes):
        if not themes.may_be_told(cycle, row.spoken):
            yield ThemeTold(row.code.key, row.code.name, "", "")
            continue
        within = {row.code.key} | {each.key for each in codes if each.parent == row.code.key}
        told = tuple(QuoteTold(each.pk, each.text) for each in agreed if each.code in within)
        number = rough_number(row.spoken.communities)
        yield ThemeTold(row.code.key, row.code.name, row.code.definition, number, told)


def _helped(cycle: Cycle) -> Iterator[HelpedTold]:
    """At most two good practices a criterion: those on the criterion itself, else those of its section. One query."""
    rows = Practice.objects.filter(network=cycle.network_id, state=SHARED).order_by("-decided_at", "-pk")
    practices = list(rows.values_list("criterion_code", "section", "text"))
    for section in standards.edition_data(cycle.edition).sections:
        around = [text for _code, title, text in practices if title == section.title]
        for criterion in section.criteria:
            own = [text for code, title, text in practices if code == criterion.code and title == section.title]
            for text in (own or around)[:_HELPED_EACH]:
                yield HelpedTold(criterion.code, text)


def without_withdrawn(told: Told) -> Told:
    """What is told, without the quotations that were withdrawn since. One query where there are any."""
    kept = still_agreed([each.pk for theme in told.themes for each in theme.quotes])
    return replace(
        told,
        themes=tuple(
            replace(theme, quotes=tuple(each for each in theme.quotes if each.pk in kept)) for theme in told.themes
        ),
    )
