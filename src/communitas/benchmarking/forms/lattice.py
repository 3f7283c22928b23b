"""Which cells may be published for a cycle."""

import re
from itertools import combinations
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.benchmarking.rules.disclosure.declared import DIMENSIONS, MOST_BANDS, Breakdown, Declaration

WORDS: Final = {
    "type": gettext_lazy("type of service"),
    "region": gettext_lazy("region"),
    "size": gettext_lazy("size"),
}
TABLES: Final = tuple(each for size in (1, 2, 3) for each in combinations(DIMENSIONS, size))
SECTIONS, CRITERIA = "sections", "criteria"
CHOICES: Final = (
    ("", gettext_lazy("Not published")),
    (SECTIONS, gettext_lazy("Sections, and everything together")),
    (CRITERIA, gettext_lazy("Sections and every standard")),
)
_LINE: Final = re.compile(r"^(?P<code>.+?)[\s,;:]+(?P<places>\d{1,6})$")


def table_in_words(dimensions: tuple[str, ...]) -> str:
    """'By type of service and region'."""
    words = [str(WORDS[each]) for each in dimensions]
    if len(words) == 1:
        return _("By %(one)s") % {"one": words[0]}
    return _("By %(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


class CellsForm(forms.Form):
    """A choice for each table of up to three dimensions, the size bands, and the places of each community."""

    bands = forms.CharField(
        label=gettext_lazy("Size bands"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("The largest number of places of each band but the last, such as 10, 25."),
    )
    sizes = forms.CharField(
        label=gettext_lazy("Places of each community"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "One community a line: its code and its number of places, such as LARK 24. You can paste two columns of a "
            "spreadsheet. A community that is not here stands in no band."
        ),
    )

    def __init__(self, codes: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """`codes` holds the code of each community of the network by its code in small letters."""
        super().__init__(*args, **kwargs)
        self.codes = codes
        for dimensions in TABLES:
            self.fields["_".join(dimensions)] = forms.ChoiceField(
                label=table_in_words(dimensions), choices=CHOICES, required=False
            )
        self.order_fields(["_".join(each) for each in TABLES])

    @property
    def tables(self) -> list[forms.BoundField]:
        """The fields that stand for tables."""
        return [self["_".join(each)] for each in TABLES]

    def clean_bands(self) -> tuple[int, ...]:
        """The bounds as numbers."""
        parts = [part for part in re.split(r"[\s,;]+", self.cleaned_data["bands"]) if part]
        if not all(part.isdecimal() and 0 < int(part) < 1_000_000 for part in parts) or len(parts) >= MOST_BANDS:
            raise forms.ValidationError(_("Please write up to five whole numbers, such as 10, 25."))
        return tuple(sorted({int(part) for part in parts}))

    def clean_sizes(self) -> dict[str, int]:
        """The places of each community by its code; every line that cannot be read is named."""
        found: dict[str, int] = {}
        wrong: list[str] = []
        for line in self.cleaned_data["sizes"].splitlines():
            if not line.strip():
                continue
            read = _LINE.match(line.strip())
            code = self.codes.get(read["code"].strip().lower()) if read else None
            if read is None or code is None:
                wrong.append(line.strip()[:40])
            else:
                found[code] = int(read["places"])
        if wrong:
            shown = ", ".join(wrong[:5])
            raise forms.ValidationError(
                _("These lines name no community of the network with a number of places: %(lines)s.") % {"lines": shown}
            )
        return found

    @property
    def declaration(self) -> Declaration:
        """What was declared, from valid input."""
        tables = tuple(
            Breakdown(dimensions, criteria=chosen == CRITERIA)
            for dimensions in TABLES
            if (chosen := self.cleaned_data.get("_".join(dimensions)))
        )
        return Declaration(tables, self.cleaned_data["bands"], self.cleaned_data["sizes"])


def filled(declaration: Declaration) -> dict[str, Any]:
    """A declaration as the form shows it."""
    chosen = {"_".join(t.dimensions): CRITERIA if t.criteria else SECTIONS for t in declaration.tables}
    return chosen | {
        "bands": ", ".join(map(str, declaration.bands)),
        "sizes": "\n".join(f"{code} {places}" for code, places in declaration.sizes.items()),
    }
