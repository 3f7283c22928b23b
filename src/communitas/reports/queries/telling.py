"""What a national report tells beside its figures, gathered as it stands now: good practice and themes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communitas.benchmarking import queries as benchmarking
from communitas.cycles.models import Cycle
from communitas.reports.models import NationalReport, Practice
from communitas.reports.queries import themes
from communitas.reports.queries.quotes import agreed_quotes, still_agreed
from communitas.reports.rules.blocks import Block
from communitas.reports.rules.documents.national_parts import rough_number
from communitas.reports.rules.documents.told import HelpedTold, QuoteTold, ThemeTold, Told
from communitas.reports.rules.practice import SHARED
from communitas.reports.rules.themes import shows_theme
from communitas.standards import queries as standards

_HELPED_EACH = 2


def told_now(cycle: Cycle, blocks: Iterable[Block], report: NationalReport | None = None) -> Told:
    """What the blocks of a cycle tell. `report` is its frozen report, where there is one."""
    kinds = {block.kind for block in blocks}
    return Told(
        themes=tuple(_themes(cycle)) if "theme" in kinds else (),
        helped=tuple(_helped(cycle)) if "unmet" in kinds else (),
    )


def _themes(cycle: Cycle) -> Iterator[ThemeTold]:
    """Every theme of which enough communities spoke, with what may be quoted for it."""
    codes = themes.codes_of(themes.codebook_of(cycle))
    threshold = benchmarking.parameters_of(cycle.network).communities
    agreed = agreed_quotes(cycle)
    for row in themes.coverage_of(cycle, codes):
        if not shows_theme(row.communities, threshold):
            continue
        within = {row.code.key} | {each.key for each in codes if each.parent == row.code.key}
        told = tuple(QuoteTold(each.pk, each.text) for each in agreed if each.code in within)
        number = rough_number(row.communities)
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
