"""Invitations, accounts without an address, roles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Community, Network, RoleGrant
from communitas.members.rules.granting import MEMBER_ROLES, TWO_PERSON_ROLES
from communitas.members.rules.roles import COMMUNITY_ROLES, Duty

ROLES = RoleGrant.Role.choices
OF_A_LEAD = [pair for pair in ROLES if pair[0] in MEMBER_ROLES]
OF_THE_OFFICE = [pair for pair in ROLES if pair[0] not in TWO_PERSON_ROLES]
DUTIES = [(duty.value, duty.word) for duty in Duty]


class InviteForm(forms.Form):
    """An invitation into a community."""

    display_name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("A first name is enough. The person can change it.")
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]  # a choice field


class NetworkInviteForm(InviteForm):
    """An invitation into the network: reviewers, the office, the committee."""

    community = forms.ModelChoiceField(
        label=_("Community they come from"),
        queryset=Community.objects.none(),
        required=False,
        help_text=_("Needed for staff, client members and community leads."),
    )
    duties = forms.MultipleChoiceField(
        label=_("Duties in the office"), choices=DUTIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["display_name", "email", "role", "community", "duties"]

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, roles=ROLES, **kwargs)
        found = Community.objects.filter(network=network, status="active")
        self.fields["community"].queryset = found  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        """A community where the role needs one."""
        values = super().clean() or {}
        if values.get("role") in COMMUNITY_ROLES and not values.get("community"):
            self.add_error("community", _("Please choose the community."))
        return values


class AccountForm(forms.Form):
    """An account with a username and a printed code."""

    display_name = forms.CharField(label=_("Name"), max_length=60, help_text=_("A first name or nickname is enough."))
    username = forms.CharField(
        label=_("Username"),
        max_length=30,
        help_text=_("For signing in: small letters and digits, for example lark-mina."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=OF_A_LEAD, widget=forms.RadioSelect, initial="client_member")


class GrantForm(forms.Form):
    """One more role for a person."""

    role = forms.ChoiceField(label=_("Role"), choices=OF_THE_OFFICE)
    community = forms.ModelChoiceField(
        label=_("Community"),
        queryset=Community.objects.none(),
        required=False,
        help_text=_("For reviewers: the community they come from, if any."),
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Community.objects.filter(network=network, status="active")
        self.fields["community"].queryset = found  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        """A community where the role needs one."""
        values = super().clean() or {}
        if values.get("role") in COMMUNITY_ROLES and not values.get("community"):
            self.add_error("community", _("Please choose the community."))
        return values


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AcceptForm(forms.Form):
    """What somebody chooses who accepts an invitation."""

    display_name = forms.CharField(
        label=_("Your name, as others see it"), max_length=60, help_text=_("A first name or nickname is enough.")
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_("At least 10 characters. Three or four words together are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """The password as the installation's rules want it."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password
