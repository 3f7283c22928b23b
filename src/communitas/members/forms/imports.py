"""A file of communities, and which of its columns means what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.kit.uploads import TableField
from communitas.members.models import Membership
from communitas.members.rules.importing import FIELDS, REQUIRED

WORDS = {
    "code": _("Code"),
    "name": _("Name"),
    "type": _("Service type"),
    "organisation": _("Organisation"),
    "region": _("Region"),
    "town": _("Town"),
    "country": _("Country"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
}


class UploadForm(forms.Form):
    """The file."""

    file = TableField(label=_("File"), help_text=_("XLSX, ODS or CSV, up to 25 MB. Nothing is changed yet."))


class ColumnsForm(forms.Form):
    """For each field the header that holds it."""

    def __init__(self, *args: Any, sheets: Sequence[str], headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sheets) > 1:
            choices = [("", _("The first that fits")), *((name, name) for name in sheets)]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=choices, required=False)
        columns = [("", _("not in the file")), *((header, header) for header in dict.fromkeys(headers))]
        for field in FIELDS:
            label = WORDS[field]
            self.fields[field] = forms.ChoiceField(
                label=label, choices=columns, required=False, help_text=_("needed") if field in REQUIRED else ""
            )

    @property
    def mapping(self) -> dict[str, str]:
        """Field to header, without those that are not in the file."""
        return {field: self.cleaned_data[field] for field in FIELDS if self.cleaned_data.get(field)}


class ImportForm(forms.Form):
    """What new communities become."""

    membership = forms.ChoiceField(
        label=_("Membership of new communities"), choices=Membership.Type.choices, initial="full"
    )
