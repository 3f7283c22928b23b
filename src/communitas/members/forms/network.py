"""The settings of a network, all of them data."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.members.forms.communities import day
from communitas.members.models import Holiday, Membership, Network, Organisation, ServiceType
from communitas.members.rules.thresholds import DEFAULTS, DOMINANCE_CEILING, FLOORS

WEEK = [
    *((0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday"))),
    *((4, _("Friday")), (5, _("Saturday")), (6, _("Sunday"))),
]
WINDOWS = {
    "self_review_opens": (_("Self-review opens, weeks before the visit"), 14),
    "self_review_closes": (_("Self-review closes, weeks before the visit"), 4),
    "draft": (_("Draft report, weeks after the visit"), 4),
    "fact_check_working_days": (_("Answer of the host, working days after the draft"), 10),
    "deciding_working_days": (_("Deciding the points, working days"), 5),
    "final": (_("Final report, weeks after the visit"), 8),
    "action_plan": (_("Action plan, weeks after the final report"), 6),
}
LIMITS = {
    "people": _("Fewest people in a figure"),
    "communities": _("Fewest communities in a figure"),
    "colluders": _("Communities that may share what they know"),
    "rounding": _("Percentages in small groups are rounded to"),
    "criterion": _("Fewest communities for one criterion"),
    "whole_numbers": _("Communities from which percentages are whole numbers"),
}


class SettingsForm(forms.ModelForm[Network]):
    """Words, calendar, windows, thresholds and wording on one page."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    weekend = forms.TypedMultipleChoiceField(
        label=_("Days off each week"), choices=WEEK, coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    regions = forms.CharField(
        label=_("Regions"), widget=forms.Textarea(attrs={"rows": 5}), required=False, help_text=_("One on each line.")
    )
    dominance = forms.IntegerField(
        label=_("Largest share of one community in a figure, percent"), min_value=1, max_value=DOMINANCE_CEILING
    )

    class Meta:
        model = Network
        fields = [
            *("name", "strapline", "welcome", "office_name", "office_email", "office_address", "listed"),
            "evidence_megabytes",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network = self.instance
        self.fields["time_zone"].choices = [(name, name) for name in sorted(available_timezones())]  # type: ignore[attr-defined]  # a choice field
        self.initial = {
            **self.initial,
            "time_zone": network.time_zone,
            "weekend": network.weekend,
            "regions": "\n".join(network.regions),
            "dominance": network.thresholds.get("dominance", DOMINANCE_CEILING),
        }
        for key, (label, usual) in WINDOWS.items():
            self._number(f"window_{key}", label, network.windows.get(key, usual), low=0, high=104)
        for key, words in LIMITS.items():
            self._number(f"limit_{key}", words, network.thresholds.get(key, DEFAULTS[key]), low=FLOORS[key], high=1000)
        for kind, words in Membership.Type.choices:
            self.fields[f"wording_{kind}"] = forms.CharField(
                label=_("Certificate of a member of type '%(type)s'") % {"type": words},
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Empty: the usual sentence. {community}, {network} and {cycle} are filled in."),
            )
            self.initial[f"wording_{kind}"] = network.wording.get(kind, "")

    def _number(self, name: str, label: Any, value: int, *, low: int, high: int) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=low, max_value=high)
        self.initial[name] = value

    def clean(self) -> dict[str, Any]:
        """The windows in their order."""
        values = super().clean() or {}
        if values.get("window_self_review_opens", 1) <= values.get("window_self_review_closes", 0):
            self.add_error("window_self_review_opens", _("The self-review opens before it closes."))
        if values.get("window_final", 1) < values.get("window_draft", 0):
            self.add_error("window_final", _("The final report comes after the draft."))
        return values

    def clean_regions(self) -> list[str]:
        """One region a line, each once."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["regions"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the page."""
        groups = [
            (_("Name and words"), ["name", "strapline", "welcome", "listed"]),
            (_("The office"), ["office_name", "office_email", "office_address"]),
            (_("Places and working days"), ["regions", "time_zone", "weekend"]),
            (_("How long each stage takes"), [f"window_{key}" for key in WINDOWS]),
            (_("What figures may show"), [*(f"limit_{key}" for key in LIMITS), "dominance"]),
            (_("Evidence"), ["evidence_megabytes"]),
            (_("Sentence on certificates"), [f"wording_{kind}" for kind, _words in Membership.Type.choices]),
        ]
        return [(title, [self[name] for name in names]) for title, names in groups]

    @property
    def settings(self) -> dict[str, Any]:
        """The values as the network keeps them."""
        values = self.cleaned_data
        plain = {name: values[name] for name in (*self.Meta.fields, "time_zone", "weekend", "regions")}
        limits = {key: values[f"limit_{key}"] for key in LIMITS} | {"dominance": values["dominance"]}
        wording = {kind: values[f"wording_{kind}"] for kind, _words in Membership.Type.choices}
        return plain | {
            "windows": {key: values[f"window_{key}"] for key in WINDOWS},
            "thresholds": limits,
            "wording": {kind: text for kind, text in wording.items() if text},
        }


class HolidayForm(forms.ModelForm[Holiday]):
    """A day off."""

    on = day(label=_("Day"))

    class Meta:
        model = Holiday
        fields = ["on", "name"]


class TypeForm(forms.ModelForm[ServiceType]):
    """A service type; its code stays once it is made."""

    class Meta:
        model = ServiceType
        fields = ["name", "plural", "code"]
        help_texts = {"code": _("Short and lasting: editions use it. It cannot be changed later.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]


class OrganisationForm(forms.ModelForm[Organisation]):
    """An organisation."""

    class Meta:
        model = Organisation
        fields = ["name"]
