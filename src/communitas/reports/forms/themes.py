"""What the office enters about themes, and about words to quote."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.reports.rules.quotes import LONGEST
from communitas.reports.rules.stored import as_json
from communitas.reports.rules.themes import Code, Codes, in_order


class CodeForm(forms.Form):
    """One theme of the codebook."""

    name = forms.CharField(label=_("Name of the theme"), max_length=80)
    definition = forms.CharField(
        label=_("When it is used"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So that two people who have never met would use it for the same comments."),
    )
    examples = forms.CharField(
        label=_("Examples"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    parent = forms.ChoiceField(label=_("Belongs to"), required=False)
    retired = forms.BooleanField(label=_("No longer used"), required=False)

    def __init__(self, data: Any = None, *, codes: Codes, code: Code | None = None) -> None:
        super().__init__(data, initial=as_json(code) if code else None)
        self.key = code.key if code else ""
        tops = [each for each in in_order(codes) if not each.parent and each.key != self.key]
        choices = [("", _("No wider theme")), *((each.key, each.name) for each in tops)]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]  # the stub knows the field as a plain one
        if code is None:
            del self.fields["retired"]

    def code(self) -> Code:
        """The theme that a valid form describes."""
        data = self.cleaned_data
        name, definition, examples = (data[each].strip() for each in ("name", "definition", "examples"))
        return Code(self.key, name, definition, examples, data["parent"], data.get("retired", False))


class CodingForm(forms.Form):
    """Which themes a comment speaks of; none is an answer too."""

    codes = forms.MultipleChoiceField(
        label=_("What does this comment speak of?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose every theme that fits, or none."),
    )

    def __init__(self, data: Any = None, *, codes: Codes, chosen: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"codes": list(chosen)})
        names = {each.key: each.name for each in codes}
        self.fields["codes"].choices = [  # type: ignore[attr-defined]  # likewise
            (each.key, f"{names[each.parent]}: {each.name}" if each.parent else each.name)
            for each in in_order(codes)
            if not each.retired
        ]


class SettlingForm(CodingForm):
    """What was settled, and why."""

    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class QuoteForm(forms.Form):
    """Words to quote for a theme."""

    code = forms.ChoiceField(label=_("For which theme"))
    text = forms.CharField(
        label=_("Words to quote"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Take words away by […], or put others in their place: [the house]. Add nothing else."),
    )

    def __init__(self, data: Any = None, *, codes: Codes, text: str = "") -> None:
        super().__init__(data, initial={"text": text[:LONGEST]})
        self.fields["code"].choices = [(each.key, each.name) for each in in_order(codes) if not each.retired]  # type: ignore[attr-defined]


class QuoteVerbForm(forms.Form):
    """What somebody says about words to quote."""

    verb = forms.ChoiceField(choices=[(each, each) for each in ("consent", "refuse", "pass", "turn_down", "withdraw")])
    reason = forms.CharField(label=_("Your reason"), max_length=1000, required=False)
