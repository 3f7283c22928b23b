"""What must hold of all workbooks after any test, and of every copy that devices hold of them."""

import itertools
import json
from collections.abc import Callable, Iterable, Iterator

from communitas.workbooks import invariants
from communitas.workbooks.models import Event, Quarantined, Workbook
from communitas.workbooks.queries import all_events
from communitas.workbooks.queries.quarantine import hash_of
from communitas.workbooks.rules.fold import fold
from communitas.workbooks.rules.sync import read_item

_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    invariants.hashes,
    invariants.state,
    invariants.order,
    invariants.attachments,
)


def broken() -> list[str]:
    """A sentence for each thing that does not hold: hashes, heads, counts, numbers, and the words in quarantine."""
    return [*(sentence for check in _CHECKS for sentence in check()), *_quarantine()]


def lost(offered: Iterable[str]) -> list[str]:
    """Those of the ids that devices offered and had acknowledged which are neither in a workbook nor in quarantine."""
    stored = {str(event_id) for event_id in Event.objects.values_list("event_id", flat=True)}
    waiting = set(Quarantined.objects.values_list("event_id", flat=True))
    return sorted(set(offered) - stored - waiting)


def doubled() -> list[str]:
    """Ids that are stored more than once, in whatever workbook. The database refuses them; this looks all the same."""
    ids = list(Event.objects.order_by("event_id").values_list("event_id", flat=True))
    return [str(one) for one, other in itertools.pairwise(ids) if one == other]


def folded(workbook: Workbook) -> bytes:
    """The state of a workbook as bytes, for comparing with what a device made of its own copy."""
    return fold(all_events(workbook)).canonical()


def _quarantine() -> Iterator[str]:
    for row in Quarantined.objects.select_related("words", "redaction"):
        words = getattr(row, "words", None)
        if words is None:
            if not hasattr(row, "redaction"):
                yield f"quarantined {row.pk} has lost its words"
        elif hash_of(read_item(json.loads(words.raw)), words.salt) != row.hash:
            yield f"quarantined {row.pk} no longer matches its hash"
