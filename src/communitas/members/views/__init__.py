"""The screens of networks, communities, people, invitations and imports."""

from communitas.members.views.accounts import account_add, account_suspend, code_new
from communitas.members.views.communities import (
    communities,
    community,
    community_add,
    community_change,
    community_edit,
    directory,
)
from communitas.members.views.imports import import_check, import_run, import_start, import_undo
from communitas.members.views.invitations import (
    accept,
    community_invite,
    invitation_resend,
    invitation_withdraw,
    invite,
)
from communitas.members.views.memberships import membership_change, membership_edit
from communitas.members.views.network import holiday_remove, holidays, kinds, organisation_save, settings, type_save
from communitas.members.views.people import community_people, people, person, role_end

__all__ = [
    "accept",
    "account_add",
    "account_suspend",
    "code_new",
    "communities",
    "community",
    "community_add",
    "community_change",
    "community_edit",
    "community_invite",
    "community_people",
    "directory",
    "holiday_remove",
    "holidays",
    "import_check",
    "import_run",
    "import_start",
    "import_undo",
    "invitation_resend",
    "invitation_withdraw",
    "invite",
    "kinds",
    "membership_change",
    "membership_edit",
    "organisation_save",
    "people",
    "person",
    "role_end",
    "settings",
    "type_save",
]
