"""Forms: a field with its label, help and error; the summary of what needs another look."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.kit.ui.declare import Arg, Component, State, WrongUse, declare

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def _field(args: dict[str, Any]) -> dict[str, Any]:
    field: forms.BoundField = args["field"]
    widget = field.field.widget
    help_text = args["help"] or field.help_text
    help_id, error_id = f"{field.auto_id}_help", f"{field.auto_id}_error"
    described = [id_ for id_, there in ((help_id, help_text), (error_id, field.errors)) if there]
    attrs: dict[str, Any] = {}
    if described and not isinstance(widget, _CHOICES):
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    for name, value in (args["hx"] or {}).items():
        attrs[f"hx-{name}"] = value
    return {
        "field": field,
        "label": args["label"] or field.label,
        "widget": field.as_widget(attrs=attrs),
        "help": help_text,
        "help_id": help_id,
        "error_id": error_id,
        "described": " ".join(described),
        "hidden": field.is_hidden,
        "optional": not field.field.required and args["say_optional"],
        "group": isinstance(widget, _CHOICES) or widget.use_fieldset,
        "check": isinstance(widget, forms.CheckboxInput),
    }


class _Example(forms.Form):
    """The form of the style guide."""

    name = forms.CharField(label=_("Name of the community"), help_text=_("As it should stand on the certificate."))
    comment = forms.CharField(label=_("What shows this?"), required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label=_("Form of the visit"),
        widget=forms.RadioSelect,
        choices=[("site", _("On site")), ("virtual", _("Virtual"))],
    )
    agree = forms.BooleanField(label=_("We have talked this through together"))
    when = forms.DateField(label=_("Date of the visit"), widget=forms.DateInput(attrs={"type": "date"}))
    type = forms.ChoiceField(label=_("Service type"), choices=[("adult", _("Adult")), ("prison", _("Prison"))])


_empty = _Example(auto_id="guide_%s")
_wrong = _Example({"name": "", "kind": "x"}, auto_id="guide_wrong_%s")

FIELD = declare(
    Component(
        "field",
        "A field of a Django form with its label, help and error, tied together for screen readers.",
        {
            "field": Arg(forms.BoundField, "form['name']"),
            "label": Arg(str, "another label than the form's", None),
            "help": Arg(str, "another help than the form's", None),
            "say_optional": Arg(bool, "say '(optional)' when it may stay empty", True),
            "hx": Arg(dict, "htmx attributes of the input, without their 'hx-'", None),
        },
        [
            State("text with help", {"field": _empty["name"]}),
            State("in error", {"field": _wrong["name"]}),
            State("long, optional", {"field": _empty["comment"]}),
            State("choice of one", {"field": _empty["kind"]}),
            State("tick box", {"field": _empty["agree"]}),
            State("date", {"field": _empty["when"]}),
            State("list", {"field": _empty["type"]}),
        ],
        prepare=_field,
    )
)

FIELDS = declare(
    Component(
        "fields",
        "All fields of a form, one under the other, or those named.",
        {
            "form": Arg(forms.BaseForm, "the form"),
            "only": Arg(Sequence, "names of the fields to show", None),
        },
        [State("a form", {"form": _empty, "only": ["name", "when"]})],
        prepare=lambda args: {
            "fields": [args["form"][name] for name in args["only"]] if args["only"] else list(args["form"])
        },
    )
)


def _summary(args: dict[str, Any]) -> dict[str, Any]:
    if (args["form"] is None) == (args["errors"] is None):
        raise WrongUse("Component 'error_summary' takes either 'form' or 'errors'")
    if args["errors"] is not None:
        return args | {"items": list(args["errors"])}
    items: list[dict[str, Any]] = [{"text": text, "href": ""} for text in args["form"].non_field_errors()]
    for field in args["form"]:
        group = isinstance(field.field.widget, _CHOICES)
        href = f"#{field.auto_id}_0" if group else f"#{field.auto_id}"
        items += [{"text": text, "href": href, "label": field.label} for text in field.errors]
    return args | {"items": items}


ERROR_SUMMARY = declare(
    Component(
        "error_summary",
        "What needs another look, above the form; takes focus when the page opens. Draws nothing without errors.",
        {
            "form": Arg(forms.BaseForm, "a form that was checked", None),
            "errors": Arg(
                Sequence,
                "or plain errors: each with text and, if wanted, href and label",
                None,
                each=("text",),
            ),
            "title": Arg(str, "its heading", _("Please look at this again")),
            "kept": Arg(str, "what was kept", _("Everything you entered is still here.")),
        },
        [
            State("of a form", {"form": _wrong}),
            State("plain", {"errors": [{"text": _("The file is locked by a password.")}]}),
        ],
        prepare=_summary,
    )
)
