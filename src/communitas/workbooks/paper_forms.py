"""Input of the pages about paper into clean values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.workbooks.queries.book import Book
from communitas.workbooks.rules.events import NOT_APPLICABLE, Score
from communitas.workbooks.rules.paper import LIMIT, Entry
from communitas.workbooks.rules.paper_form import Choices


class PrintForm(forms.Form):
    """What is printed, and how."""

    size = forms.ChoiceField(
        label=_("Size of the letters"),
        choices=[("normal", _("normal")), ("large", _("large print, 18 point"))],
        widget=forms.RadioSelect,
        initial="normal",
    )
    reviewer = forms.TypedChoiceField(
        label=_("Whose form it is"),
        help_text=_("A form without a name has a line for it. Then it can be photocopied."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    plain = forms.BooleanField(label=_("Print the plain words too"), required=False)
    guidance = forms.BooleanField(label=_("Print the guidance"), required=False)
    last_time = forms.BooleanField(label=_("Print last cycle’s marks beside each criterion"), required=False)
    own = forms.BooleanField(label=_("Print the community’s own marks beside each criterion"), required=False)
    filled = forms.BooleanField(
        label=_("Print today’s answers into the boxes"),
        help_text=_("Without this the form is blank."),
        required=False,
    )
    sections = forms.TypedMultipleChoiceField(
        label=_("Sections"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, book: Book, team: Sequence[tuple[int, str]] | None, me: int) -> None:
        numbers = [(number, section.title) for number, section in enumerate(book.sections, start=1)]
        super().__init__(data, initial={"sections": [number for number, _title in numbers], "size": "normal"})
        self.fields["sections"].choices = numbers  # type: ignore[attr-defined]
        if team is None:
            del self.fields["reviewer"], self.fields["own"]
        else:
            people = [("", _("nobody’s yet: a blank line for the name")), *team]
            self.fields["reviewer"].choices = people  # type: ignore[attr-defined]
            self.initial["reviewer"] = me if me in dict(team) else ""
            self.fields["filled"].help_text = _("Only on your own form. Without this the form is blank.")

    def choices(self) -> Choices:
        """The choices of a form that was checked."""
        given = self.cleaned_data
        wishes = {name: bool(given.get(name)) for name in ("plain", "guidance", "last_time", "own", "filled")}
        return Choices(large=given["size"] == "large", sections=tuple(given["sections"]), **wishes)


class KeyingForm(forms.Form):
    """A page of paper as it is keyed in: one score, reason and comment for each place."""

    hand = forms.CharField(required=False, max_length=120)
    reviewer = forms.IntegerField(required=False, min_value=1)
    send = forms.BooleanField(required=False)

    def __init__(self, data: Any, book: Book, places: Sequence[str]) -> None:
        super().__init__(data)
        self.book, self.places = book, places

    def clean(self) -> dict[str, Any]:
        """Each mark must be one of the scale, and no text longer than the workbook keeps."""
        cleaned = super().clean() or {}
        entries = {}
        for number, place in enumerate(self.places):
            words = {name: self._text(f"{name}-{number}") for name in ("reason", "comment")}
            if any(len(text) > LIMIT for text in words.values()):
                self.add_error(None, _("A text has at most 20,000 characters."))
            entries[place] = Entry(self._score(f"score-{number}"), **words)
        cleaned["entries"] = entries
        return cleaned

    def _text(self, name: str) -> str:
        text: str = self.data.get(name, "")
        return text.replace("\r\n", "\n").replace("\0", "").strip()

    def _score(self, name: str) -> Score:
        given: str = self.data.get(name, "")
        if given == NOT_APPLICABLE:
            return NOT_APPLICABLE
        if given.isascii() and given.isdecimal() and len(given) < 4 and self.book.edition.scale.holds(int(given)):
            return int(given)
        if given:
            self.add_error(None, _("A mark is not on the scale."))
        return None


class HandingForm(forms.Form):
    """What happened to some sheets of a print."""

    act = forms.ChoiceField(choices=[("hand", ""), ("lose", ""), ("find", "")])
    sheets = forms.TypedMultipleChoiceField(coerce=int)
    holder = forms.CharField(label=_("Who has them now"), required=False, max_length=120)
    reason = forms.CharField(label=_("What happened"), required=False, max_length=300)

    def __init__(self, data: Any, sheets: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["sheets"].choices = [(pk, "") for pk in sheets]  # type: ignore[attr-defined]
        self.fields["sheets"].error_messages["required"] = _("Please choose at least one page.")
