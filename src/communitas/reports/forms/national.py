"""Input about national reports."""

from django import forms
from django.utils.translation import gettext_lazy as _


class IntroductionForm(forms.Form):
    """The office's own words, printed before the figures."""

    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "A few words for everybody: who took part, what stands out, what became of last year's plans. "
            "Name no community, and write no number that the report does not show."
        ),
    )


class CorrectionForm(forms.Form):
    """What was not right in a released report."""

    correction = forms.CharField(
        label=_("What was not right"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In words, without figures. Name no community. Codes of standards may stand there."),
    )
