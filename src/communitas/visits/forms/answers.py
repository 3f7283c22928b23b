"""Input about objections and papers into clean values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.visits.models import Clearance


class DecisionForm(forms.Form):
    """What becomes of an objection."""

    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", _("Uphold it: the person leaves the team, and never reviews this community")),
            ("no", _("Do not uphold it: the team stays as it is")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Answer to the community"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The community reads it. It is needed when the team stays as it is."),
    )


class ClearanceForm(forms.Form):
    """How far somebody's papers are."""

    state = forms.ChoiceField(label=_("The papers are"), choices=Clearance.State.choices, widget=forms.RadioSelect)
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only when they are given: later visits to this site count on it until then."),
    )

    def clean(self) -> dict[str, Any]:
        """A day until which papers are valid belongs to papers that are given."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("valid_until") and found.get("state") != Clearance.State.GIVEN:
            self.add_error("valid_until", _("Only papers that are given are valid until a day."))
        return found


class SiteClearanceForm(forms.Form):
    """What a secure site asks of everybody who comes."""

    weeks = forms.IntegerField(
        label=_("Weeks before a visit"), min_value=0, max_value=52, help_text=_("0: no papers are asked for.")
    )
    words = forms.CharField(
        label=_("What to send, and to whom"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
