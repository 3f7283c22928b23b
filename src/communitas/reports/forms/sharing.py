"""What is entered about a private link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.reports.rules.sharing import FEWEST_DAYS, MOST_DAYS


class ShareForm(forms.Form):
    """Who gets which edition of the report, why, and for how long."""

    recipient = forms.CharField(
        label=_("Who gets it"),
        max_length=160,
        help_text=_("The person or the body, such as 'Calder Vale commissioners'."),
    )
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    edition = forms.ChoiceField(
        label=_("What they may read"),
        choices=[("whole", _("The whole report")), ("reduced", _("A reduced edition"))],
        initial="whole",
        widget=forms.RadioSelect,
        help_text=_(
            "The reduced edition has the summary, the marks of each section, achievements, areas for improvement "
            "and the action plan, without the marks and comments of single criteria."
        ),
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        initial=30,
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("From 1 to 90. After that the link opens nothing."),
    )
