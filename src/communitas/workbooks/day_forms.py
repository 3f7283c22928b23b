"""Input on the day of a visit: a reviewer's own note, and the lead reviewer's sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.visits.rules.speaking import LONGEST, PROMPTS
from communitas.workbooks.queries import Book
from communitas.workbooks.rules.events import TEXT_LIMIT


class NoteForm(forms.Form):
    """A note that nobody else reads."""

    text = forms.CharField(label=_("My note"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 4}))
    criterion = forms.ChoiceField(label=_("Criterion it belongs to"), required=False)

    def __init__(self, data: Any, book: Book, **given: Any) -> None:
        super().__init__(data, **given)
        choices = [(key, f"{criterion.code} {criterion.statement}"[:90]) for key, criterion in book.criteria.items()]
        self.fields["criterion"].choices = [("", _("none of them")), *choices]  # type: ignore[attr-defined]


class SpeakingForm(forms.Form):
    """One field a prompt."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, (label, help_text) in PROMPTS.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=help_text,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
