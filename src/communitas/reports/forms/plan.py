"""What people enter about an action plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.people.models import Account
from communitas.reports.rules.actionplan import PROGRESS, STEPS

LONG = 4_000


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ActionForm(forms.Form):
    """An action with who and when, or the reason why there is none."""

    text = forms.CharField(
        label=_("What we will do"), max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner_name = forms.CharField(label=_("Who sees to it"), max_length=120, required=False)
    owner = forms.TypedChoiceField(
        label=_("Their account here"),
        required=False,
        empty_value=None,
        help_text=_("Whoever you choose is reminded a week before the day. Otherwise the community lead is."),
    )
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

    def __init__(self, data: Any = None, *, people: Iterable[Account], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        known = {str(each.pk): each for each in people}
        owner = self.fields["owner"]
        owner.choices = [("", _("Nobody's"))] + [(pk, each.display_name) for pk, each in known.items()]  # type: ignore[attr-defined]
        owner.coerce = known.get  # type: ignore[attr-defined]  # the stub knows the field as a plain one


class MoveForm(forms.Form):
    """How an action goes on."""

    verb = forms.ChoiceField(choices=[(move.verb, move.label) for move in PROGRESS.moves])
    reason = forms.CharField(label=_("Your reason"), max_length=LONG, required=False)


class BackForm(forms.Form):
    """Which page one comes from and goes back to."""

    back = forms.ChoiceField(choices=[("board", "board")], required=False)


class NoteForm(forms.Form):
    """A note of progress."""

    percent = forms.TypedChoiceField(
        label=_("How far it has come"),
        choices=[("", _("As before")), *((str(each), words) for each, words in STEPS.items())],
        coerce=int,
        empty_value=None,
        required=False,
    )
    text = forms.CharField(
        label=_("What has happened"), max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProofForm(forms.Form):
    """A file or a link that shows how an action went."""

    file = forms.FileField(label=_("File"), required=False)
    link = forms.URLField(
        label=_("or a link"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("It begins with https://"),
    )
    name = forms.CharField(
        label=_("What it is"), required=False, max_length=120, help_text=_("Such as: minutes of the house meeting")
    )

    def clean_link(self) -> str:
        """Web addresses alone."""
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Only web addresses can be added."))
        return link

    def clean(self) -> dict[str, Any]:
        """Either of them."""
        values = super().clean() or {}
        given = [name for name in ("file", "link") if values.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(
                _("Add the file and the link one after the other.") if given else _("Choose a file, or paste a link.")
            )
        return values


class PracticeForm(forms.Form):
    """The words in which an achievement is offered to the library."""

    text = forms.CharField(
        label=_("Words for the library"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say what you do, so that others can try it. Name no person and no community."),
    )


class CarryForm(forms.Form):
    """A new day for an action of last time."""

    due_on = forms.DateField(label=_("New day"), widget=_day())


def initial_of(action: Any) -> dict[str, Any]:
    """What the form shows of an action."""
    nothing = action.state == "no_action"
    return {
        "text": action.text,
        "owner_name": action.owner_name,
        "owner": str(action.owner_id or ""),
        "due_on": action.due_on,
        "no_action_reason": action.reason if nothing else "",
        "improvement": action.improvement,
        "criterion_key": action.criterion_key,
    }
