"""Input of the screens of members."""

from communitas.members.forms.communities import AddForm, ChangeForm, EditMembershipForm, MembershipForm, ProfileForm
from communitas.members.forms.imports import ColumnsForm, ImportForm, UploadForm
from communitas.members.forms.network import HolidayForm, OrganisationForm, SettingsForm, TypeForm
from communitas.members.forms.people import (
    AcceptForm,
    AccountForm,
    GrantForm,
    InviteForm,
    NetworkInviteForm,
    ReasonForm,
)

__all__ = [
    "AcceptForm",
    "AccountForm",
    "AddForm",
    "ChangeForm",
    "ColumnsForm",
    "EditMembershipForm",
    "GrantForm",
    "HolidayForm",
    "ImportForm",
    "InviteForm",
    "MembershipForm",
    "NetworkInviteForm",
    "OrganisationForm",
    "ProfileForm",
    "ReasonForm",
    "SettingsForm",
    "TypeForm",
    "UploadForm",
]
