"""Input about certificates into clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """A code as somebody typed it."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=40,
        help_text=_("Nine letters and numbers, such as ABCD-EFGH-J. Small letters and missing hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class RevokeForm(forms.Form):
    """Why a certificate is revoked."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The office and the community read it. The public page only says that it was withdrawn."),
    )
