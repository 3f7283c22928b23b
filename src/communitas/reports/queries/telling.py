"""What a national report tells beside its figures, gathered as it stands now: good practice."""

from collections.abc import Iterable, Iterator

from communitas.cycles.models import Cycle
from communitas.reports.models import NationalReport, Practice
from communitas.reports.rules.blocks import Block
from communitas.reports.rules.documents.told import HelpedTold, Told
from communitas.reports.rules.practice import SHARED
from communitas.standards import queries as standards

_HELPED_EACH = 2


def told_now(cycle: Cycle, blocks: Iterable[Block], report: NationalReport | None = None) -> Told:
    """What the blocks of a cycle tell. `report` is its frozen report, where there is one."""
    kinds = {block.kind for block in blocks}
    return Told(helped=tuple(_helped(cycle)) if "unmet" in kinds else ())


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
