"""Input of questionnaires into clean values."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communitas.questionnaires.models import Item, Part, Questionnaire
from communitas.questionnaires.rules.exchange import sheet_from_yaml
from communitas.questionnaires.rules.opening import MOST_SLIPS
from communitas.questionnaires.rules.sheet import NUMBER, TEXT_LIMIT, Sheet
from communitas.standards.models import Criterion, Edition

MOST_BYTES = 1024 * 1024


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def answers_from(data: Mapping[str, str], keys: list[str]) -> dict[str, str]:
    """What was chosen or typed, by key of the item; items that were left out are left out."""
    given = {key: data.get(f"item-{key}", "").strip()[: TEXT_LIMIT + 1] for key in keys}
    return {key: answer for key, answer in given.items() if answer}


def sheet_number(data: Mapping[str, str]) -> UUID:
    """The random number of the form that came back; a new one where it has none or a spoilt one."""
    try:
        return UUID(data.get("sheet", ""))
    except ValueError:
        return uuid4()


class BeginForm(forms.Form):
    """A new questionnaire."""

    audience = forms.ChoiceField(label=_("Who is asked"), choices=Questionnaire.Audience.choices)
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("Such as 'Living here'."))
    introduction = forms.CharField(label=_("Introduction"), required=False, max_length=2000, widget=_words())

    def __init__(self, *args: Any, editions: QuerySet[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"] = forms.ModelChoiceField(label=_("Edition"), queryset=editions)
        self.order_fields(["edition", "audience", "title", "introduction"])


class CopyForm(forms.Form):
    """For which edition a copy is made."""

    def __init__(self, *args: Any, editions: QuerySet[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"] = forms.ModelChoiceField(
            label=_("Edition"),
            queryset=editions,
            help_text=_("Links to criteria that this edition does not have are left out."),
        )


class ImportForm(forms.Form):
    """A questionnaire in a file, and for which edition it is."""

    file = forms.FileField(label=_("File"), help_text=_("A YAML file of 1 MB at most."))

    def __init__(self, *args: Any, editions: QuerySet[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"] = forms.ModelChoiceField(label=_("Edition"), queryset=editions)
        self.order_fields(["edition", "file"])

    def clean_file(self) -> Any:
        """The file, unless it is too large to be a questionnaire."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 MB."))
        return file

    def sheet(self) -> Sheet:
        """What the file holds; NotAllowed names what is wrong with it."""
        file = self.cleaned_data["file"]
        return sheet_from_yaml(file.read(), file=file.name)


class SheetForm(forms.Form):
    """Title and introduction, of a questionnaire or of a part."""

    title = forms.CharField(label=_("Title"), max_length=160)
    introduction = forms.CharField(label=_("Introduction"), required=False, max_length=2000, widget=_words())


class ItemForm(forms.Form):
    """One item."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=Item.Kind.choices)
    text = forms.CharField(
        label=_("Words"),
        max_length=500,
        widget=_words(2),
        help_text=_("One thought, in easy words: 'I feel safe here.'"),
    )
    help = forms.CharField(label=_("Help"), required=False, max_length=500, widget=_words(2))
    codes = forms.CharField(
        label=_("Criteria it speaks to"),
        required=False,
        max_length=200,
        help_text=_("Their numbers, such as 1.4, 3.2. The figures are shown beside them."),
    )
    groups = forms.CharField(
        label=_("Groups in which numbers are counted"),
        required=False,
        max_length=60,
        help_text=_("Only for a number: the upper end of each group, such as 3, 6, 12."),
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = questionnaire.edition_id
        self.fields["part"] = forms.ModelChoiceField(
            label=_("Part"), queryset=Part.objects.filter(questionnaire=questionnaire)
        )
        self.order_fields(["part", "kind", "text", "help", "codes", "groups"])

    def clean_codes(self) -> list[str]:
        """The keys of the criteria that were named by their numbers."""
        wanted = [code.strip() for code in self.cleaned_data["codes"].replace(";", ",").split(",") if code.strip()]
        found = dict(Criterion.objects.filter(edition=self.edition, code__in=wanted).values_list("code", "key"))
        if missing := [code for code in wanted if code not in found]:
            raise forms.ValidationError(
                _("This edition has no criterion %(codes)s."), params={"codes": ", ".join(missing)}
            )
        return [found[code] for code in dict.fromkeys(wanted)]

    def clean_groups(self) -> list[int]:
        """The upper ends of the groups."""
        words = [word.strip() for word in self.cleaned_data["groups"].split(",") if word.strip()]
        if any(not (word.isascii() and word.isdecimal() and len(word) < 7) for word in words):
            raise forms.ValidationError(_("Write whole numbers with commas between them, such as 3, 6, 12."))
        return [int(word) for word in words]

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        bands = data["groups"] if data["kind"] == NUMBER else []
        chosen = {"criteria": data["codes"], "bands": bands}
        return {"part": data["part"], "kind": data["kind"], "text": data["text"], "help": data["help"], **chosen}


class WindowForm(forms.Form):
    """A window of days, and whether each person needs a slip."""

    opens_on = forms.DateField(label=_("First day"), widget=_day())
    closes_on = forms.DateField(label=_("Last day"), widget=_day())
    asks_code = forms.BooleanField(
        label=_("Each person needs a slip with a code"),
        required=False,
        initial=True,
        help_text=_("So one person answers once. Without it, whoever has the link can answer, and more than once."),
    )


class OpenForm(WindowForm):
    """Which questionnaires are opened in a cycle, and when."""

    def __init__(self, *args: Any, questionnaires: QuerySet[Questionnaire], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questionnaires"] = forms.ModelMultipleChoiceField(
            label=_("Questionnaires"), queryset=questionnaires, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["questionnaires", "opens_on", "closes_on", "asks_code"])


class SlipsForm(forms.Form):
    """How many slips."""

    wanted = forms.IntegerField(label=_("How many slips"), min_value=1, max_value=MOST_SLIPS, initial=20)


class ExpectedForm(forms.Form):
    """How many people are asked."""

    expected = forms.IntegerField(
        label=_("How many people are asked"), required=False, min_value=0, max_value=10_000,
        help_text=_("Only to count against. Leave it empty if you do not know."),
    )  # fmt: skip


class CodeForm(forms.Form):
    """A code from a slip or from the end of a questionnaire."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-field"}
        ),
    )


class RecordForm(forms.Form):
    """Which record is audited."""

    record = forms.CharField(
        label=_("Number of the record"),
        max_length=40,
        help_text=_("Your own running number, such as 7. Never a name, an NHS number or a prison number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CommentForm(forms.Form):
    """A comment as it may be shown."""

    text = forms.CharField(label=_("Words that may be shown"), max_length=TEXT_LIMIT, required=False, widget=_words(4))


class LanguageForm(forms.Form):
    """A language into which a questionnaire is put."""

    language = forms.SlugField(label=_("Code of the language"), max_length=12, help_text=_("Such as cy, pl or ur."))
    name = forms.CharField(label=_("Its own name"), max_length=40, help_text=_("Such as Cymraeg or Polski."))


class SettingsForm(forms.Form):
    """What the network sets for its questionnaires."""

    threshold = forms.IntegerField(
        label=_("Fewest answers that are shown"), min_value=5, max_value=100,
        help_text=_("Never below 5. Figures that were released stay as they are."),
    )  # fmt: skip
    together = forms.IntegerField(
        label=_("How many people may put together what they know"), min_value=1, max_value=5,
        help_text=_("1 guards against somebody who knows only their own answer. More hides more."),
    )  # fmt: skip
    leave_to = forms.URLField(
        label=_("Where 'Leave this page now' leads"), assume_scheme="https",
        help_text=_("A page on which nobody would look twice, such as the weather."),
    )  # fmt: skip
