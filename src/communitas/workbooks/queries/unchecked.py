"""Which answers came from paper that no second person has checked yet."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from communitas.workbooks.models import Sheet, Workbook
from communitas.workbooks.queries.reading import Reading
from communitas.workbooks.queries.screens import Item, Said
from communitas.workbooks.rules.events import Key
from communitas.workbooks.rules.paper import UNCHECKED
from communitas.workbooks.rules.registers import Register

BETWEEN = " · "  # in `transcribed_from`: the page, then whose hand


def unchecked_codes(workbook: Workbook) -> set[str]:
    """The pages whose answers nobody has checked yet, as the answers name them: one query."""
    waiting = Sheet.objects.filter(printing__workbook=workbook, state__in=UNCHECKED).select_related("printing")
    return {str(sheet) for sheet in waiting}


def unchecked_in(workbook: Workbook, reading: Reading) -> frozenset[Key]:
    """The places whose answer stands as keyed in from a page not checked yet: one query, none without paper."""
    from_paper = {
        key: head.transcribed_from.partition(BETWEEN)[0]
        for key, heads in reading.state.heads.items()
        for head in heads
        if head.origin == "paper"
    }
    if not from_paper:
        return frozenset()
    waiting = unchecked_codes(workbook)
    return frozenset(key for key, page in from_paper.items() if page in waiting)


def marked(items: Sequence[Item], places: frozenset[Key], register: Register) -> list[Item]:
    """The items, those of unchecked places marked."""
    return [replace(item, unchecked=True) if (item.key, str(register)) in places else item for item in items]


def said_from_paper(said: Said) -> Said:
    """What somebody said, with the word that it is not checked yet."""
    return replace(said, who=_("%(who)s (from paper, not yet checked)") % {"who": said.who})
