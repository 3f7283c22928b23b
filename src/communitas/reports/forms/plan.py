"""What people enter about an action plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.reports.rules.actionplan import PROGRESS

LONG = 4_000


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ActionForm(forms.Form):
    """An action with who and when, or the reason why there is none."""

    text = forms.CharField(
        label=_("What we will do"), max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner_name = forms.CharField(label=_("Who sees to it"), max_length=120, required=False)
    due_on = forms.DateField(label=_("By when"), required=False, widget=_day())
    no_action_reason = forms.CharField(
        label=_("Or: why we plan no action"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Leave this empty when you plan an action."),
    )
    improvement = forms.CharField(required=False, widget=forms.HiddenInput)
    criterion_key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """How an action goes on."""

    verb = forms.ChoiceField(choices=[(move.verb, move.label) for move in PROGRESS.moves])
    reason = forms.CharField(label=_("Your reason"), max_length=LONG, required=False)


class NoteForm(forms.Form):
    """A note of progress."""

    text = forms.CharField(label=_("What has happened"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}))


class CarryForm(forms.Form):
    """A new day for an action of last time."""

    due_on = forms.DateField(label=_("New day"), widget=_day())


def initial_of(action: Any) -> dict[str, Any]:
    """What the form shows of an action."""
    nothing = action.state == "no_action"
    return {
        "text": action.text,
        "owner_name": action.owner_name,
        "due_on": action.due_on,
        "no_action_reason": action.reason if nothing else "",
        "improvement": action.improvement,
        "criterion_key": action.criterion_key,
    }
