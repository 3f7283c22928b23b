"""Input of the workbook's pages into clean values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.workbooks.queries.book import Book
from communitas.workbooks.rules.events import NOT_APPLICABLE, TEXT_LIMIT, Score


class AnswerForm(forms.Form):
    """One criterion as a page posts it. A score that is not sent stays as it is."""

    score = forms.CharField(required=False)
    reason = forms.CharField(required=False, max_length=TEXT_LIMIT)
    comment = forms.CharField(required=False, max_length=TEXT_LIMIT, strip=True)
    seen = forms.CharField(required=False)
    seen_comments = forms.CharField(required=False)

    def __init__(self, data: Any, book: Book) -> None:
        super().__init__(data)
        self.book = book

    def clean_score(self) -> Score:
        """The mark as a number, 'NA', or None."""
        given = self.cleaned_data["score"]
        if not given:
            return None
        if given == NOT_APPLICABLE:
            return NOT_APPLICABLE
        if given.isdecimal() and self.book.edition.scale.holds(int(given)):
            return int(given)
        raise forms.ValidationError(_("This mark is not on the scale."))

    def clean_comment(self) -> str | None:
        """The words, or None when the page has no field for them."""
        text: str = self.cleaned_data["comment"]
        return text.replace("\r\n", "\n") if "comment" in self.data else None

    def clean_seen(self) -> list[str]:
        """The ids of the answers that the page showed."""
        return _ids(self.cleaned_data["seen"])

    def clean_seen_comments(self) -> list[str]:
        """The ids of the comments that the page showed."""
        return _ids(self.cleaned_data["seen_comments"])


class SendForm(forms.Form):
    """Why a self-review is sent although answers are missing."""

    reason = forms.CharField(
        label=_("Why some criteria have no answer"),
        help_text=_("The office and the visit team read this."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """A reason that may not be left out."""

    reason = forms.CharField(label=_("Your reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class BeginForm(forms.Form):
    """Why the scoring starts although the self-review was not sent."""

    reason = forms.CharField(label=_("Why you start without it"), required=False, max_length=2000)


class ContributorForm(forms.Form):
    """Name a person, or take them off the list."""

    account = forms.IntegerField(min_value=1)
    end = forms.BooleanField(required=False)


class FindingForm(forms.Form):
    """An achievement, an area for improvement, or feedback."""

    text = forms.CharField(
        label=_("What the team found"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
    list = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            ("achievement", _("an achievement")),
            ("improvement", _("an area for improvement")),
            ("feedback", _("feedback to the whole community")),
        ],
    )
    criterion = forms.ChoiceField(label=_("Criterion it belongs to"), required=False)

    def __init__(self, data: Any, book: Book, **given: Any) -> None:
        super().__init__(data, **given)
        choices = [(key, f"{criterion.code} {criterion.statement}"[:90]) for key, criterion in book.criteria.items()]
        self.fields["criterion"].choices = [("", _("none of them")), *choices]  # type: ignore[attr-defined]


def _ids(text: str) -> list[str]:
    return [one for one in text.split(",") if one][:50]
