"""What changes networks, communities, and who belongs to them."""

from communitas.members.actions.accesses import end_access, give_access
from communitas.members.actions.accounts import (
    create_account_without_email,
    make_new_code,
    restore_account,
    suspend_account,
)
from communitas.members.actions.changes import change_community
from communitas.members.actions.communities import add_community, edit_community, join
from communitas.members.actions.imports import abandon_import, begin_import, choose_columns, run_import, undo_import
from communitas.members.actions.invitations import (
    accept_invitation,
    invite,
    propose_invitation,
    resend_invitation,
    send_confirmed_invitation,
    withdraw_invitation,
)
from communitas.members.actions.memberships import change_membership, edit_membership
from communitas.members.actions.networks import (
    add_holiday,
    configure_network,
    create_network,
    remove_holiday,
    save_organisation,
    save_service_type,
)
from communitas.members.actions.roles import end_role, grant_role

__all__ = [
    "abandon_import",
    "accept_invitation",
    "add_community",
    "add_holiday",
    "begin_import",
    "change_community",
    "change_membership",
    "choose_columns",
    "configure_network",
    "create_account_without_email",
    "create_network",
    "edit_community",
    "edit_membership",
    "end_access",
    "end_role",
    "give_access",
    "grant_role",
    "invite",
    "join",
    "make_new_code",
    "propose_invitation",
    "remove_holiday",
    "resend_invitation",
    "restore_account",
    "run_import",
    "save_organisation",
    "save_service_type",
    "send_confirmed_invitation",
    "suspend_account",
    "undo_import",
    "withdraw_invitation",
]
