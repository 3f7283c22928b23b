"""Input about imports of past scores."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.benchmarking import queries
from communitas.benchmarking.queries.imports import PreparedScores
from communitas.benchmarking.rules.score_choices import FIELD_WORDS
from communitas.cycles.models import Cycle
from communitas.kit.uploads import TableField
from communitas.members.models import Network
from communitas.standards.models import Edition


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class UploadForm(forms.Form):
    """A file of scores, and the past cycle they are of."""

    cycle: forms.ModelChoiceField[Cycle] = forms.ModelChoiceField(
        Cycle.objects.none(),
        label=_("Which cycle"),
        required=False,
        empty_label=_("A cycle that is not in this list"),
        help_text=_("Only cycles that are closed."),
    )
    name = forms.CharField(
        label=_("Name of that cycle"), max_length=60, required=False, help_text=_("As people call it, such as 2024.")
    )
    opens_on = _day(_("It opened on"))
    closes_on = _day(_("It closed on"))
    edition: forms.ModelChoiceField[Edition] = forms.ModelChoiceField(
        Edition.objects.none(),
        label=_("Its edition of the standards"),
        required=False,
        help_text=_("The edition that the scores were given by. Import it first if it is not here."),
    )
    file = TableField(
        label=_("File"),
        help_text=_("XLSX, ODS or CSV: one row for each community and criterion, or one sheet for each community."),
    )

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("cycle", queries.past_cycles(network)), ("edition", queries.editions_of(network))):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows


class ColumnsForm(forms.Form):
    """Which sheet is read, and which header means which field; empty is what the file says itself."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def __init__(self, prepared: PreparedScores, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        preview = prepared.preview
        sheet = self.fields["sheet"]
        if isinstance(sheet, forms.ChoiceField):
            sheet.choices = [("", _("Every sheet that fits")), *((name, name) for name in preview.sheets)]
        for field, words in FIELD_WORDS.items():
            headers = list(dict.fromkeys((*preview.headers, *filter(None, [preview.taken.get(field)]))))
            self.fields[field] = forms.ChoiceField(
                label=words,
                required=False,
                choices=[("", _("As the file says")), *((name, name) for name in headers)],
            )

    @property
    def mapping(self) -> dict[str, str]:
        """The header of each field that the person named."""
        return {field: self.cleaned_data[field] for field in FIELD_WORDS if self.cleaned_data.get(field)}
