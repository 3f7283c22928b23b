"""When an answer is redacted, what was read from paper for it goes too."""

from communitas.workbooks.models import Event, Keying, Workbook
from communitas.workbooks.rules.registers import parse


def forget_on_paper(*, workbook: Workbook, event: Event) -> int:
    """Empty what was keyed in for the answer's place in its hand; how many readings were changed. Within `redact`.

    The paper itself is in somebody's hands: the reason of the redaction is what sends them to it.
    """
    if event.origin != "paper":
        return 0
    register = parse(event.register)
    readings = Keying.objects.filter(sheet__printing__workbook=workbook)
    if register.reviewer:
        readings = readings.filter(sheet__reviewer=int(register.reviewer))
    changed = 0
    for keying in readings.select_related("sheet"):
        kept = {place: entry for place, entry in keying.entries.items() if not _is_place(place, event, str(register))}
        if len(kept) < len(keying.entries):
            Keying.objects.filter(pk=keying.pk).update(entries=kept)
            changed += 1
    return changed


def _is_place(place: str, event: Event, register: str) -> bool:
    if event.criterion_key:
        return place == event.criterion_key
    return place.startswith("found:") and place.endswith(f":{register}")
