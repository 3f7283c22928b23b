"""Input about cycles and enrolments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.cycles.queries.eligible import modules_of, pathways
from communitas.cycles.queries.enrolments import DueRow
from communitas.cycles.queries.rounds import editions_to_use, proposed
from communitas.cycles.rules.reminders import FARTHEST, LONGEST, Plan
from communitas.cycles.rules.rounds import as_settings, windows_of
from communitas.members.models import Community, Network, ServiceType
from communitas.standards.models import Edition

WINDOWS = {
    "self_review_opens": (_("Self-review opens"), _("weeks before the visit")),
    "self_review_closes": (_("Self-review is due"), _("weeks before the visit")),
    "draft": (_("Draft report"), _("weeks after the visit")),
    "fact_check_working_days": (_("Time to check facts"), _("working days after the draft was delivered")),
    "deciding_working_days": (_("Time to decide the points"), _("working days after the check of facts")),
    "final": (_("Final report"), _("weeks after the visit")),
    "action_plan": (_("Action plan"), _("weeks after the final report")),
}


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class CycleForm(forms.Form):
    """A cycle with its windows; `windows` in the cleaned data holds them together."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("As people call it, such as 2027."))
    opens_on = _day(_("Opens on"))
    closes_on = _day(_("Closes on"))
    edition: forms.ModelChoiceField[Edition] = forms.ModelChoiceField(
        Edition.objects.none(),
        label=_("Edition"),
        help_text=_("The standards that every community of this cycle is reviewed by. Only published editions."),
        empty_label=None,
    )

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["edition"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = editions_to_use(network)
        for name, (label, unit) in WINDOWS.items():
            self.fields[name] = forms.IntegerField(label=label, help_text=unit, min_value=0, max_value=104)

    @property
    def window_names(self) -> list[str]:
        """The fields of the windows, for the template."""
        return list(WINDOWS)

    def clean(self) -> dict[str, Any]:
        """Put the windows together."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["windows"] = {name: cleaned.pop(name) for name in WINDOWS if name in cleaned}
        return cleaned


def new_cycle(network: Network, today: Any, data: Any = None) -> CycleForm:
    """The form of a new cycle with what the network usually does."""
    found = proposed(network, today)
    initial = {"name": found.name, "opens_on": found.opens_on, "closes_on": found.closes_on, "edition": found.edition}
    return CycleForm(network, data, initial=initial | as_settings(windows_of(network.windows)))


class EnrolForm(forms.Form):
    """On which pathway, with which modules."""

    pathway = forms.ChoiceField(label=_("Pathway"), initial=Enrolment.Pathway.PEER_REVIEW)
    modules = forms.MultipleChoiceField(
        label=_("Optional modules"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, cycle: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["pathway"], pathways())
        chosen = modules_of(cycle)
        _choose(self.fields["modules"], chosen)
        if not chosen:
            del self.fields["modules"]


class ModulesForm(forms.Form):
    """Which optional modules a community takes."""

    modules = forms.MultipleChoiceField(
        label=_("Optional modules"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, enrolment: Enrolment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["modules"] = enrolment.modules
        _choose(self.fields["modules"], modules_of(enrolment.cycle))


class RemindForm(forms.Form):
    """What the reminder says."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    message = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("{community}, {cycle}, {stage}, {due} and {next} are filled in for each community."),
    )


class ExtendForm(forms.Form):
    """A later day for one due date."""

    stage = forms.ChoiceField(label=_("Which due date"))
    until = _day(_("New last day"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The community reads it.")
    )

    def __init__(self, dues: list[DueRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["stage"], [(due.stage, due.label) for due in dues if due.can_be_extended])


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class RenameForm(ReasonForm):
    """A new name for the community."""

    other = forms.CharField(label=_("New name"), max_length=120)
    field_order = ["other", "reason"]


class TypeForm(ReasonForm):
    """A new service type for the community."""

    other: forms.ModelChoiceField[ServiceType] = forms.ModelChoiceField(
        ServiceType.objects.none(), label=_("New service type")
    )
    field_order = ["other", "reason"]

    def __init__(self, enrolment: Enrolment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = enrolment.cycle.network.service_types.exclude(pk=enrolment.service_type_id)


class MergeForm(ReasonForm):
    """The community that it joins."""

    other: forms.ModelChoiceField[Community] = forms.ModelChoiceField(Community.objects.none(), label=_("It joins"))
    field_order = ["other", "reason"]

    def __init__(self, enrolment: Enrolment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            active = Community.objects.filter(network=enrolment.cycle.network_id, status=Community.Status.ACTIVE)
            field.queryset = active.exclude(pk=enrolment.community_id)


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class ReminderPlanForm(forms.Form):
    """On which days reminders of due dates leave by themselves."""

    on = forms.BooleanField(label=_("Reminders leave by themselves"), required=False)
    before = forms.CharField(
        label=_("Days before"),
        required=False,
        max_length=60,
        help_text=_("Numbers with commas between, such as 14, 3. Nothing means none."),
    )
    on_the_day = forms.BooleanField(label=_("On the day itself"), required=False)
    after = forms.CharField(
        label=_("Days after"),
        required=False,
        max_length=60,
        help_text=_("While it is not done. Once or twice is enough."),
    )

    @staticmethod
    def of(plan: Plan) -> dict[str, Any]:
        """The values of a plan, as the form shows them."""
        before, after = (", ".join(map(str, days)) for days in (plan.before, plan.after))
        return {"on": plan.on, "before": before, "on_the_day": plan.on_the_day, "after": after}

    def clean_before(self) -> tuple[int, ...]:
        """The days as numbers."""
        return self._days("before")

    def clean_after(self) -> tuple[int, ...]:
        """The days as numbers."""
        return self._days("after")

    def plan(self) -> Plan:
        """The plan that was filled in."""
        return Plan(**self.cleaned_data)

    def _days(self, name: str) -> tuple[int, ...]:
        parts = [part.strip() for part in str(self.cleaned_data[name]).split(",") if part.strip()]
        if any(not (part.isascii() and part.isdecimal()) for part in parts):
            raise forms.ValidationError(_("Please write whole numbers with commas between, such as 14, 3."))
        days = tuple(sorted({min(int(part), 9999) for part in parts}, reverse=name == "before"))
        if any(not 1 <= one <= FARTHEST for one in days):
            raise forms.ValidationError(_("Each number is from 1 to %(most)s.") % {"most": FARTHEST})
        return days
