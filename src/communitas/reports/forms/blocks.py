"""What the office enters into the blocks of a national report."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.reports.rules.blocks import LONGEST, MOST_UNMET, Block, BlockKind, PlanRow

FIGURES = [
    ("sections", _("Each section: how much is met")),
    ("marks", _("Each section: how the marks are spread")),
    ("spread", _("Each section: where the communities lie")),
    ("agreement", _("Each section: own marks and agreed marks")),
    ("types", _("All sections by type of service")),
    ("regions", _("All sections by region")),
    ("most_met", _("Criteria met most often")),
    ("least_met", _("Criteria met least often")),
    ("change", _("Change since the last cycle")),
    ("funnel", _("How far communities differ beyond chance")),
    ("one", _("One section or criterion, chosen below")),
]
TABLES = [
    ("took_part", _("Who took part, by type of service")),
    ("sections_by_type", _("Each section by type of service")),
    ("sections_by_region", _("Each section by region")),
    ("criteria", _("Every criterion, section by section")),
]
WHOM = [
    ("network", _("the whole network")),
    ("type", _("the network and each type of service")),
    ("region", _("the network and each region")),
    ("size", _("the network and each size band, where they are declared")),
]
STATES = [
    ("", _("Not said yet")),
    ("done", _("Done")),
    ("under_way", _("Under way")),
    ("not_begun", _("Not begun")),
    ("given_up", _("Given up")),
]
MORE_ROWS = 3
Choices = Sequence[tuple[str, Any]]


class BlockForm(forms.Form):
    """What every block has: a heading and words of the office. Under it stands what its kind adds."""

    kind: BlockKind = "text"
    heading = forms.CharField(label=_("Heading"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Plain words. An empty line begins a new paragraph. Write no number that the report does not show."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, block: Block | None = None, version: int | None = None) -> None:
        initial = {} if block is None else self.initial_of(block)
        super().__init__(data, initial=initial | {"version": version})

    def initial_of(self, block: Block) -> dict[str, Any]:
        """What the form shows of a block that is there."""
        return {
            "heading": block.heading,
            "text": block.text,
            "choice": block.choice,
            "subject": block.subject,
            "whom": block.whom,
        }

    def block(self, block_id: str = "") -> Block:
        """The block that a valid form describes."""
        data = self.cleaned_data
        named = {name: data[name] for name in ("choice", "subject", "whom") if data.get(name)}
        return Block(block_id, self.kind, data["heading"].strip(), data["text"].strip(), rows=self.rows(), **named)

    def rows(self) -> tuple[PlanRow, ...]:
        """The lines of a plan; none in other blocks."""
        return ()


class TextForm(BlockForm):
    """Words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class FigureForm(BlockForm):
    """A figure: chart, table and sentence of declared cells."""

    kind = "figure"
    choice = forms.ChoiceField(label=_("Figure"), choices=FIGURES)
    subject = forms.ChoiceField(label=_("Of one section or criterion: which"), required=False)
    whom = forms.ChoiceField(label=_("Of one section or criterion: for whom"), choices=WHOM, required=False)
    field_order = ("heading", "choice", "subject", "whom", "text")

    def __init__(self, *args: Any, subjects: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("Not needed for this figure")), *subjects]  # type: ignore[attr-defined]
        _words_after(self, _("Words under the heading"))


class TableForm(BlockForm):
    """A table."""

    kind = "table"
    choice = forms.ChoiceField(label=_("Table"), choices=TABLES)
    field_order = ("heading", "choice", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words_after(self, _("Words under the heading"))


class ThemeForm(BlockForm):
    """A theme of the comments, with its quotations."""

    kind = "theme"
    choice = forms.ChoiceField(label=_("Theme"))
    field_order = ("choice", "heading", "text")

    def __init__(self, *args: Any, themes: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = list(themes)  # type: ignore[attr-defined]
        self.fields["heading"].help_text = _("Empty: the name of the theme.")
        _words_after(self, _("What communities say about it, in your words"))


class UnmetForm(BlockForm):
    """What is met least often, and what helped others."""

    kind = "unmet"
    choice = forms.ChoiceField(
        label=_("How many criteria"), choices=[(str(n), str(n)) for n in range(1, MOST_UNMET + 1)]
    )
    field_order = ("heading", "choice", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words_after(self, _("Words under the heading"))


class PlansForm(BlockForm):
    """What the network will do until the next report: a line each."""

    kind = "plans"
    lines = forms.CharField(
        label=_("What the network will do"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line for each action. Next year's report asks what became of it."),
    )
    field_order = ("heading", "text", "lines")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words_after(self, _("Words under the heading"))

    def initial_of(self, block: Block) -> dict[str, Any]:
        return super().initial_of(block) | {"lines": "\n".join(row.text for row in block.rows)}

    def rows(self) -> tuple[PlanRow, ...]:
        return tuple(PlanRow(line.strip()) for line in self.cleaned_data["lines"].splitlines() if line.strip())


class OutcomesForm(BlockForm):
    """What became of last year's actions. A line whose action is emptied goes."""

    kind = "outcomes"

    def __init__(self, data: Any = None, *, block: Block | None = None, version: int | None = None) -> None:
        self.number = (len(block.rows) if block else 0) + MORE_ROWS
        super().__init__(data, block=block, version=version)
        _words_after(self, _("Words under the heading"))
        for place in range(self.number):
            for name, field in _row_fields(place + 1):
                self.fields[f"{name}_{place}"] = field

    def initial_of(self, block: Block) -> dict[str, Any]:
        rows = {
            f"{name}_{place}": value
            for place, row in enumerate(block.rows)
            for name, value in (("action", row.text), ("state", row.state), ("outcome", row.outcome))
        }
        return super().initial_of(block) | rows

    def rows(self) -> tuple[PlanRow, ...]:
        return tuple(self._filled())

    def _filled(self) -> Iterator[PlanRow]:
        data = self.cleaned_data
        for place in range(self.number):
            if text := data[f"action_{place}"].strip():
                yield PlanRow(text, data[f"state_{place}"], data[f"outcome_{place}"].strip())


def _row_fields(number: int) -> Iterable[tuple[str, forms.Field]]:
    said = {"n": number}
    words = forms.Textarea(attrs={"rows": 2})
    yield "action", forms.CharField(label=_("Action %(n)s") % said, max_length=1000, required=False)
    yield "state", forms.ChoiceField(label=_("Action %(n)s: how it stands") % said, choices=STATES, required=False)
    label = _("Action %(n)s: what became of it") % said
    yield "outcome", forms.CharField(label=label, max_length=2000, required=False, widget=words)


def _words_after(form: BlockForm, label: Any) -> None:
    form.fields["text"].label = label
    form.fields["text"].widget.attrs["rows"] = 4


FORMS: dict[BlockKind, type[BlockForm]] = {
    "text": TextForm,
    "figure": FigureForm,
    "table": TableForm,
    "theme": ThemeForm,
    "unmet": UnmetForm,
    "outcomes": OutcomesForm,
    "plans": PlansForm,
}
