"""Input of the workbook's pages into clean values."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.kit.uploads import TableField
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.delegation import ROLES, Answerer
from communitas.workbooks.queries.shares import SectionShare
from communitas.workbooks.rules.events import NOT_APPLICABLE, TEXT_LIMIT, Score


class _Shared(forms.CharField):
    """A field that every form of its kind uses as it is: copying it takes longer than reading what it holds."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Shared":
        return self


class AnswerForm(forms.Form):
    """One criterion as a page posts it. A score that is not sent stays as it is."""

    score = _Shared(required=False)
    reason = _Shared(required=False, max_length=TEXT_LIMIT)
    comment = _Shared(required=False, max_length=TEXT_LIMIT, strip=True)
    seen = _Shared(required=False)
    seen_comments = _Shared(required=False)

    def __init__(self, data: Any, book: Book) -> None:
        super().__init__(data, label_suffix="")  # nobody draws it, so nothing needs translating
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


class GiveForm(forms.Form):
    """Who is given what, and by which day. Whole sections and single criteria are ticked, as many as one likes."""

    account = forms.TypedChoiceField(label=_("To whom"), coerce=int)
    due_on = forms.DateField(label=_("By which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    everything = forms.BooleanField(
        label=_("Also what is answered, or with somebody else"),
        help_text=_("Otherwise a whole section means what nobody has answered and nobody has yet."),
        required=False,
    )

    def __init__(self, data: Any, people: Iterable[Answerer], book: Book, *, due_on: date | None = None) -> None:
        super().__init__(data, initial={"due_on": due_on})
        self.book = book
        self._ticks: frozenset[str] = frozenset(data.getlist("give") if data is not None else ())
        choices = [(str(one.pk), f"{one.name} ({ROLES[one.role]})") for one in people]
        self.fields["account"].choices = [("", _("Choose a person")), *choices]  # type: ignore[attr-defined]

    def criteria(self, sections: Iterable[SectionShare]) -> set[str]:
        """What is given: the ticked criteria, and of ticked sections what is free, or everything."""
        kept, everything = self.kept(), self.cleaned_data["everything"]
        chosen = {key for key in self.book.criteria if f"c:{key}" in kept}
        for section in sections:
            if section.tick in kept:
                free = (line.key for line in section.lines if everything or (line.is_missing and line.holder is None))
                chosen |= set(free)
        return chosen

    def ticked(self, held: Collection[str]) -> set[str]:
        """What is taken back: of all that is ticked, what somebody has."""
        kept = self.kept()
        return {
            key
            for key, place in self.book.place_of.items()
            if key in held and (f"c:{key}" in kept or f"s:{place + 1}" in kept)
        }

    def kept(self) -> frozenset[str]:
        """The ticks as the page sends them: s:2 for a section, c:key for a criterion."""
        return self._ticks


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


class EvidenceForm(forms.Form):
    """A file or a link beside a criterion. `sha256` names a file that came piece by piece before."""

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
    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_link(self) -> str:
        """Web addresses alone."""
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Only web addresses can be added."))
        return link

    def clean(self) -> dict[str, Any]:
        """Either of them."""
        values = super().clean() or {}
        given = [name for name in ("file", "link", "sha256") if values.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(
                _("Add the file and the link one after the other.") if given else _("Choose a file, or paste a link.")
            )
        return values


class SpreadsheetForm(forms.Form):
    """A filled-in spreadsheet."""

    file = TableField(label=_("The filled-in spreadsheet"), help_text=_("XLSX, ODS or CSV, up to 25 MB."))


class WithdrawForm(forms.Form):
    """Why a file is taken from view."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class BeginUploadForm(forms.Form):
    """What a browser says of a file before it sends its pieces."""

    size = forms.IntegerField(min_value=1)
    name = forms.CharField(max_length=255)


def _ids(text: str) -> list[str]:
    return [one for one in text.split(",") if one][:50]


class DecisionForm(forms.Form):
    """What is decided about an answer that came out of place."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("place", "keep", "decline", "undo")])
    reason = forms.CharField(
        label=_("Your reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OutboxForm(forms.Form):
    """A sealed copy of answers."""

    file = forms.FileField(label=_("The copy from the device (a file that ends in .wbk)"))


class MineForm(forms.Form):
    """Whether answers that were brought back are the person's own."""

    mine = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])
