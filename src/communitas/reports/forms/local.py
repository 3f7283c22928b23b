"""What people enter about a local report."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.standards.rules.edition import Criterion, Scale

LONG = 20_000


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def scores(scale: Scale, nothing: Any) -> list[tuple[str, Any]]:
    """The marks of the scale and 'not applicable', after a choice of nothing."""
    marks = [(str(mark.value), mark.word) for mark in scale.marks]
    return [("", nothing), *marks, ("NA", _("not applicable"))]


class SummaryForm(forms.Form):
    """The words that open the report."""

    text = forms.CharField(
        label=_("Summary"),
        max_length=LONG,
        required=False,
        widget=_lines(10),
        help_text=_("In plain words: what the team saw, what stood out. It stands on the first page."),
    )


class PointForm(forms.Form):
    """A point of the factual check, a comment, or a correction."""

    criterion_key = forms.ChoiceField(label=_("Which criterion"), required=False)
    text = forms.CharField(label=_("What is not right, and what is right"), max_length=LONG, widget=_lines(3))
    wanted_score = forms.ChoiceField(label=_("Which score would be right"), required=False)

    def __init__(
        self, *args: Any, criteria: Iterable[tuple[str, Criterion]], scale: Scale, with_score: bool = True, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        named = [(key, f"{each.code} {each.statement[:90]}") for key, each in criteria]
        self.fields["criterion_key"].choices = [("", _("None: it is about the words")), *named]  # type: ignore[attr-defined]
        self.fields["wanted_score"].choices = scores(scale, _("No other score"))  # type: ignore[attr-defined]
        if not with_score:
            del self.fields["wanted_score"]


class DecideForm(forms.Form):
    """The decision on one point."""

    verb = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONG, widget=_lines(3), help_text=_("The community reads it in the report.")
    )
    new_score = forms.ChoiceField(
        label=_("New agreed score"),
        required=False,
        help_text=_("Only with an accepted point. The old score stays on record."),
    )

    def __init__(self, *args: Any, scale: Scale, comment: bool, with_score: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices = [("accept", _("Accept the point")), ("decline", _("Do not accept it"))]
        if comment:
            choices.append(("note", _("Take note: nothing changes")))
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]
        self.fields["reason"].required = not comment
        self.fields["new_score"].choices = scores(scale, _("It stays as it is"))  # type: ignore[attr-defined]
        if not with_score:
            del self.fields["new_score"]

    def clean(self) -> dict[str, Any]:
        """A new score belongs to an accepted point."""
        data = super().clean() or {}
        if data.get("new_score") and data.get("verb") != "accept":
            self.add_error("new_score", _("Only an accepted point changes the score."))
        return data


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Your reason"), max_length=LONG, widget=_lines(3))
