"""Input about the day of a visit: dates, participants, needs, feedback, concerns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.people.models import Account
from communitas.visits.rules.feedback import QUESTIONS, SCALE, WORDS


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DatesForm(forms.Form):
    """As many dates as the network asks for."""

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, count + 1):
            self.fields[f"on{number}"] = forms.DateField(
                label=_("Date %(number)d") % {"number": number},
                required=number == 1,  # fewer than asked for is said in one sentence, not once a field
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    def days(self) -> list[Any]:
        """The dates that were filled in."""
        return [day for day in self.cleaned_data.values() if day]


class ParticipantsForm(forms.Form):
    """Who meets the team and what the house can offer."""

    client_members = forms.IntegerField(
        label=_("How many client members meet the team"), required=False, min_value=0, max_value=500
    )
    staff = forms.IntegerField(label=_("How many staff"), required=False, min_value=0, max_value=500)
    others = forms.IntegerField(label=_("How many families and others"), required=False, min_value=0, max_value=500)
    names = forms.CharField(
        label=_("Names that the team may know"),
        required=False,
        max_length=1000,
        widget=_words(3),
        help_text=_("Only if people wish. Write the names they use in the house, never full names of client members."),
    )
    access_needs = forms.CharField(
        label=_("Getting around: stairs, lifts, quiet rooms, hearing loop"),
        required=False,
        max_length=1000,
        widget=_words(2),
    )
    diet = forms.CharField(label=_("Food on the day"), required=False, max_length=1000, widget=_words(2))
    clearance = forms.CharField(
        label=_("What a secure site asks of visitors"),
        required=False,
        max_length=1000,
        widget=_words(2),
        help_text=_("Papers to bring, forms to send and by when, what may not be brought in."),
    )

    def __init__(self, *args: Any, hidden: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hidden:
            del self.fields["names"]


class NeedsForm(forms.Form):
    """What somebody on the team needs."""

    access_needs = forms.CharField(
        label=_("What helps you on the day"), required=False, max_length=500, widget=_words(2)
    )
    diet = forms.CharField(label=_("What you eat, and what you do not"), required=False, max_length=500)
    clearance = forms.CharField(
        label=_("Clearance that you hold"),
        required=False,
        max_length=500,
        help_text=_("For secure sites. Numbers of papers do not belong here."),
    )


class FeedbackForm(forms.Form):
    """The questions of one side, each with four answers, and two free texts."""

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, question in QUESTIONS[side].items():
            self.fields[key] = forms.TypedChoiceField(
                label=question, choices=list(SCALE.items()), coerce=int, widget=forms.RadioSelect
            )
        for key, question in WORDS.items():
            self.fields[key] = forms.CharField(label=question, required=False, max_length=2000, widget=_words(3))

    def answers(self) -> dict[str, int]:
        """The answers to the questions."""
        return {key: value for key, value in self.cleaned_data.items() if key not in WORDS}


class ConcernForm(forms.Form):
    """A concern as it is raised."""

    seen = forms.CharField(
        label=_("What did you see or hear?"),
        max_length=5000,
        widget=_words(5),
        help_text=_("Write what happened in plain words, as far as you know it."),
    )
    at_risk = forms.CharField(
        label=_("Is somebody at risk now? Who?"), required=False, max_length=1000, widget=_words(2)
    )
    told = forms.CharField(label=_("Whom have you told already?"), required=False, max_length=1000, widget=_words(2))

    def __init__(self, *args: Any, visits: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if visits:
            self.fields["visit"] = forms.TypedChoiceField(
                label=_("Does it belong to a visit?"),
                choices=[("", _("No visit")), *visits],
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.order_fields(["visit", "seen", "at_risk", "told"])


class StepForm(forms.Form):
    """A step that was taken about a concern."""

    words = forms.CharField(label=_("What was done"), max_length=5000, widget=_words(3))


class SafeguardingForm(forms.Form):
    """Who answers concerns."""

    named = forms.ModelChoiceField(label=_("Who is told first"), queryset=Account.objects.none(), required=False)
    second = forms.ModelChoiceField(
        label=_("Who is told when nobody has answered by the end of the day"),
        queryset=Account.objects.none(),
        required=False,
    )
    acknowledge_hours = forms.IntegerField(label=_("Hours to say that it is in hand"), min_value=1, max_value=24)
    danger = forms.CharField(
        label=_("What stands on the form for somebody in danger now"),
        required=False,
        max_length=1000,
        widget=_words(3),
        help_text=_("Telephone numbers to ring at once, such as the emergency services and your own line."),
    )

    def __init__(self, *args: Any, people: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = Account.objects.filter(pk__in=[one.pk for one in people]).order_by("display_name")
        for name in ("named", "second"):
            field = self.fields[name]
            field.queryset = able  # type: ignore[attr-defined]  # both are choices of a model
            field.label_from_instance = lambda account: account.display_name  # type: ignore[attr-defined]  # likewise
