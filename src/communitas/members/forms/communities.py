"""A community, its profile, what happens to it, and its membership."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Community, Membership, Network, Organisation, ServiceType
from communitas.members.rules.changing import Change


def day(**kwargs: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _form_field(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The usual form field; an address without its beginning means https."""
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class ProfileForm(forms.ModelForm[Community]):
    """What a community says about itself; name and type change with a reason instead."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Community
        fields = [
            *("organisation", "about", "region", "town", "country", "address", "hidden_address"),
            *("phone", "latitude", "longitude"),
        ]
        formfield_callback = staticmethod(_form_field)
        help_texts = {
            "hidden_address": _("For prisons and children: place, address and telephone are shown to nobody outside."),
        }

    def __init__(self, *args: Any, network: Network, may_move: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["website"] = self.instance.website
        if may_move:
            self.fields["organisation"].queryset = Organisation.objects.filter(network=network)  # type: ignore[attr-defined]  # a choice of rows
        else:
            del self.fields["organisation"]
        if network.regions:
            choices = [("", _("none")), *((name, name) for name in _with(network.regions, self.instance.region))]
            self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=choices, required=False)


def _with(names: list[str], name: str) -> list[str]:
    return names if not name or name in names else [*names, name]


class AddForm(forms.Form):
    """A new community."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Short, for files and lists: letters, digits, dots and hyphens.")
    )
    service_type = forms.ModelChoiceField(label=_("Service type"), queryset=ServiceType.objects.none())
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), required=False)
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    town = forms.CharField(label=_("Town"), max_length=80, required=False)
    hidden_address = forms.BooleanField(label=_("Its address is never shown"), required=False)
    membership = forms.ChoiceField(label=_("Membership"), choices=Membership.Type.choices, initial="full")
    since = day(label=_("Member since"))

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service_type"].queryset = ServiceType.objects.filter(network=network)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["organisation"].queryset = Organisation.objects.filter(network=network)  # type: ignore[attr-defined]  # likewise


class ChangeForm(forms.Form):
    """What happens to a community; only the field that the kind of change needs is there."""

    name = forms.CharField(label=_("New name"), max_length=120)
    service_type = forms.ModelChoiceField(label=_("New type"), queryset=ServiceType.objects.none())
    into = forms.ModelChoiceField(label=_("The community that goes on"), queryset=Community.objects.none())
    effective_on = day(label=_("From which day"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the history."),
    )
    NEEDS = {"name": Change.RENAME, "service_type": Change.CHANGE_TYPE, "into": Change.MERGE}

    def __init__(self, *args: Any, community: Community, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, needed_by in self.NEEDS.items():
            if kind != needed_by:
                del self.fields[field]
        network = community.network_id
        if "service_type" in self.fields:
            types = ServiceType.objects.filter(network=network).exclude(pk=community.service_type_id)
            self.fields["service_type"].queryset = types  # type: ignore[attr-defined]  # a choice of rows
        if "into" in self.fields:
            others = Community.objects.filter(network=network, status="active").exclude(pk=community.pk)
            self.fields["into"].queryset = others  # type: ignore[attr-defined]  # a choice of rows


class MembershipForm(forms.Form):
    """Another membership from a day on."""

    type = forms.ChoiceField(label=_("Type"), choices=Membership.Type.choices)
    since = day(label=_("From which day"))
    fee = forms.DecimalField(label=_("Yearly fee"), max_digits=9, decimal_places=2, min_value=0, required=False)
    note = forms.CharField(label=_("Note of the office"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class EditMembershipForm(forms.Form):
    """Fee and end of a membership."""

    fee = forms.DecimalField(label=_("Yearly fee"), max_digits=9, decimal_places=2, min_value=0, required=False)
    fee_paid_on = day(label=_("Fee paid on"), required=False)
    until = day(label=_("Ends on"), required=False, help_text=_("The first day that is no longer covered."))
    note = forms.CharField(label=_("Note of the office"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
