"""Input about standards, into clean values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.kit.uploads import TableField
from communitas.standards.models import Criterion, Layer, Lineage
from communitas.standards.rules.edition import Criterion as CriterionData
from communitas.standards.rules.edition import Level
from communitas.standards.rules.importing_choices import FIELD_WORDS
from communitas.standards.rules.importing_rows import REQUIRED

Choices = Sequence[tuple[Any, Any]]
_LONG = forms.Textarea(attrs={"rows": 3})


class SetForm(forms.Form):
    """A set of standards."""

    name = forms.CharField(label=_("Name of the set"), max_length=160)
    slug = forms.SlugField(
        label=_("Its address"), max_length=60, help_text=_("Small letters, digits and hyphens, as in 'standards'.")
    )


class EditionForm(forms.Form):
    """The beginning of an edition."""

    number = forms.IntegerField(label=_("Number of the edition"), min_value=1, max_value=9999)
    title = forms.CharField(label=_("Title"), max_length=200)
    copy_of = forms.ChoiceField(
        label=_("Begin with"), required=False, help_text=_("A copy is yours to change; the edition it came from stays.")
    )

    def __init__(self, *args: Any, editions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy_of"].choices = [("", _("Nothing: an empty edition")), *editions]  # type: ignore[attr-defined]


class FactsForm(forms.Form):
    """What an edition says about itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.IntegerField(label=_("Number of the edition"), min_value=1, max_value=9999)
    summary = forms.CharField(label=_("Summary"), required=False, widget=_LONG)
    level_1 = forms.CharField(label=_("Word for level 1"), max_length=40)
    level_2 = forms.CharField(label=_("Word for level 2"), max_length=40)
    level_3 = forms.CharField(label=_("Word for level 3"), max_length=40)

    def words(self) -> dict[int, str]:
        """The words of the levels."""
        return {level: self.cleaned_data[f"level_{level}"] for level in (1, 2, 3)}


class ScaleForm(forms.Form):
    """The marks of the scale, one a line."""

    words = forms.CharField(
        label=_("Marks, from the highest to the lowest"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One word or two on each line. The last one counts 0. 'Not applicable' is always there beside them."
        ),
    )

    def clean_words(self) -> tuple[str, ...]:
        """The words, without empty lines."""
        words = tuple(line.strip() for line in str(self.cleaned_data["words"]).splitlines() if line.strip())
        if not 2 <= len(words) <= 6:
            raise forms.ValidationError(_("A scale has two to six marks."))
        if any(len(word) > 40 for word in words):
            raise forms.ValidationError(_("The word of a mark has at most 40 characters."))
        return words


class SectionForm(forms.Form):
    """A section."""

    code = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(label=_("Introduction"), required=False, widget=_LONG)


class StandardForm(forms.Form):
    """The title of a standard."""

    title = forms.CharField(label=_("Title of the standard"), max_length=300)


class ValueForm(forms.Form):
    """A value."""

    title = forms.CharField(label=_("Value"), max_length=160)
    text = forms.CharField(label=_("What it means"), required=False, widget=_LONG)


class _WithTypes(forms.Form):
    """A form that names service types; those the network does not know any more stay."""

    applies_to = forms.MultipleChoiceField(
        label=_("Only for these service types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With none ticked it is for all of them."),
    )

    def __init__(self, *args: Any, types: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = self.initial.get("applies_to", ())
        unknown = [(name, _("%(name)s (not a type of this network)") % {"name": name}) for name in there]
        choices = [*types.items(), *(pair for pair in unknown if pair[0] not in types)]
        self.fields["applies_to"].choices = choices  # type: ignore[attr-defined]


class LayerForm(_WithTypes):
    """A layer."""

    title = forms.CharField(label=_("Title"), max_length=160)
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Layer.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_("The core is for everybody, a supplement for some types, a module is chosen at enrolment."),
    )
    field_order = ["title", "code", "kind", "applies_to"]


class CriterionForm(_WithTypes):
    """A criterion."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("What people say aloud, such as 3.4."))
    statement = forms.CharField(label=_("Statement"), widget=_LONG)
    level = forms.TypedChoiceField(label=_("Level"), choices=Criterion.Level.choices, coerce=int)
    section = forms.TypedChoiceField(label=_("Section"), coerce=int)
    standard = forms.CharField(
        label=_("Standard"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "standards"}),
        help_text=_("The heading under which it stands. A new one is made when no other has this title."),
    )
    plain_text = forms.CharField(label=_("In plain words"), required=False, widget=_LONG)
    guidance = forms.CharField(label=_("Guidance"), required=False, widget=_LONG)
    evidence = forms.CharField(label=_("Evidence expected"), required=False, widget=_LONG)
    references = forms.CharField(label=_("References"), required=False, widget=_LONG)
    layer = forms.ChoiceField(label=_("Layer"))
    key = forms.CharField(
        label=_("Stable key"),
        max_length=60,
        required=False,
        help_text=_("Names the criterion for good, even when its code changes. Left empty, it is made from the code."),
    )
    field_order = ["code", "statement", "level", "section", "standard", "plain_text", "guidance", "evidence"]

    def __init__(
        self, *args: Any, levels: Mapping[int, str], sections: Choices, layers: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = list(levels.items())  # type: ignore[attr-defined]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
        self.fields["layer"].choices = layers  # type: ignore[attr-defined]

    def data_of(self) -> CriterionData:
        """The criterion as the rules know it."""
        clean = {name: value for name, value in self.cleaned_data.items() if name != "section"}
        return CriterionData(**{**clean, "level": Level(clean["level"]), "applies_to": tuple(clean["applies_to"])})


class UploadForm(forms.Form):
    """A file with standards."""

    standard_set = forms.TypedChoiceField(label=_("Into which set"), coerce=int)
    file = TableField(
        label=_("File"),
        help_text=_("XLSX, CSV or YAML, as it is. Titles above the table and rows with section names may stay."),
    )

    def __init__(self, *args: Any, sets: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard_set"].choices = sets  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """What each column of a file means: a field for each column, beside title and number."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    title = forms.CharField(label=_("Title of the edition"), max_length=200, required=False)
    number = forms.IntegerField(label=_("Number of the edition"), min_value=1, max_value=9999, required=False)

    def __init__(self, *args: Any, columns: Sequence[Any], sheets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        for column in columns:
            self.fields[f"column_{column.place}"] = forms.ChoiceField(
                label=column.header,
                choices=[("", _("Not read")), *FIELD_WORDS.items()],
                required=False,
                initial=column.field,
            )

    def clean(self) -> dict[str, Any]:
        """No field is taken from two columns."""
        clean = super().clean() or {}
        chosen = [clean.get(f"column_{column.place}") for column in self.columns]
        for field, word in FIELD_WORDS.items():
            if chosen.count(field) > 1:
                self.add_error(None, _("Two columns are both taken for '%(word)s'.") % {"word": word})
        if self.columns and clean.get("sheet", "") in {"", self.initial.get("sheet", "")}:
            for field in REQUIRED:
                if field not in chosen:
                    self.add_error(None, _("Say which column holds '%(word)s'.") % {"word": FIELD_WORDS[field]})
        return clean

    def mapping(self) -> dict[str, str]:
        """The header for each field that is read."""
        pairs = ((self.cleaned_data[f"column_{column.place}"], column.header) for column in self.columns)
        return {field: header for field, header in pairs if field}


class LinkForm(forms.Form):
    """A link of lineage, said by codes."""

    older = forms.CharField(
        label=_("Criteria of the edition before"), required=False, help_text=_("Their codes, with commas between.")
    )
    newer = forms.CharField(
        label=_("Criteria of this edition"), required=False, help_text=_("Their codes, with commas between.")
    )
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=Lineage.Kind.choices,
        widget=forms.RadioSelect,
    )
    same_meaning = forms.TypedChoiceField(
        label=_("If it was reworded: is the meaning the same?"),
        choices=[("", _("Not asked")), ("yes", _("Yes, trends run on")), ("no", _("No, trends break here"))],
        coerce=lambda answer: {"yes": True, "no": False}.get(answer),
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, before: Mapping[str, str], after: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {"older": before, "newer": after}

    def clean_older(self) -> tuple[str, ...]:
        """Keys of the edition before."""
        return self._keys("older")

    def clean_newer(self) -> tuple[str, ...]:
        """Keys of this edition."""
        return self._keys("newer")

    def _keys(self, side: str) -> tuple[str, ...]:
        codes = [code.strip() for code in str(self.cleaned_data[side]).split(",") if code.strip()]
        unknown = [code for code in codes if code not in self.keys[side]]
        if unknown:
            raise forms.ValidationError(_("There is no criterion %(codes)s."), params={"codes": ", ".join(unknown)})
        return tuple(dict.fromkeys(self.keys[side][code] for code in codes))


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=_("Your reason"), max_length=500)
