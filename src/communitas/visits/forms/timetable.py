"""The lines of a timetable as a form: lines are added, moved and taken out by buttons, and kept by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from communitas.visits.rules.timetable import MOST_ROWS, Row

NAMES = ("id", "start", "minutes", "what", "who", "where", "notes", "pause")
Raw = dict[str, Any]


class RowForm(forms.Form):
    """One line."""

    id = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    start = forms.TimeField(
        label=_("Starts at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    what = forms.CharField(label=_("What happens"), max_length=120)
    who = forms.CharField(label=_("Who"), required=False, max_length=120)
    where = forms.CharField(label=_("Where"), required=False, max_length=120)
    notes = forms.CharField(label=_("Notes"), required=False, max_length=300)
    pause = forms.BooleanField(label=_("This is a break"), required=False)

    def row(self) -> Row:
        """The line as the rules know it."""
        found = self.cleaned_data
        start = f"{found['start']:%H:%M}" if found["start"] else ""
        texts = {name: found[name].strip() for name in ("id", "what", "who", "where", "notes")}
        return Row(minutes=found["minutes"], start=start, pause=found["pause"], **texts)


def raw_rows(rows: Sequence[Row]) -> list[Raw]:
    """Lines as the form shows them."""
    return [{name: getattr(row, name) for name in NAMES} for row in rows]


def posted_rows(data: QueryDict) -> list[Raw]:
    """What was posted, line by line, unchecked; lines in which nothing stands are left out."""
    given = data.get("lines", "")
    count = min(int(given), 2 * MOST_ROWS) if given.isascii() and given.isdecimal() and len(given) < 4 else 0
    found = [{name: data.get(f"{place}-{name}", "") for name in NAMES} for place in range(count)]
    return [raw for raw in found if raw["what"].strip() or raw["minutes"].strip()]


def changed_rows(raws: list[Raw], act: str) -> list[Raw]:
    """The lines after a button: `add`, or `up-2`, `down-2`, `out-2` with the place of the line, counted from 0."""
    verb, _dash, number = act.partition("-")
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else -1
    found = list(raws)
    if verb == "add":
        return [*found, {"minutes": 30}]
    if not 0 <= place < len(found):
        return found
    if verb == "out":
        found.pop(place)
    else:
        other = place + {"up": -1, "down": 1}.get(verb, 0)
        if 0 <= other < len(found):
            found[place], found[other] = found[other], found[place]
    return found


def unbound(raws: Sequence[Raw]) -> list[RowForm]:
    """Forms that show lines without checking them."""
    return [RowForm(initial=raw, prefix=str(place)) for place, raw in enumerate(raws)]


def bound(raws: Sequence[Raw]) -> list[RowForm]:
    """Forms that check lines."""
    return [RowForm(_with_prefix(raw, place), prefix=str(place)) for place, raw in enumerate(raws)]


def _with_prefix(raw: Mapping[str, Any], place: int) -> dict[str, Any]:
    return {f"{place}-{name}": value for name, value in raw.items() if value != ""}
